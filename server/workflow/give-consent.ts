/** A participant's word on what their answers may be used for. */
import type { Protocol } from '../../protocols/schema.ts'
import type { Context } from '../context.ts'
import { insertConsent } from '../queries/consents.ts'
import { recordEvent } from '../queries/events.ts'
import type { Participant } from '../queries/participants.ts'
import { Refusal } from '../refusal.ts'
import { needLanguage } from './need-language.ts'
import { replanCase } from './replan-case.ts'
import { stopParticipant } from './stop-participant.ts'
import { studyOfParticipant } from './study-of-participant.ts'

/** What a role is asked to consent to. */
export const consentsFor = (protocol: Protocol, role: string) => protocol.consents.filter(({ roles }) => roles.includes(role))

/** Whether what is asked of a case depends on what somebody consented to. */
export const asksForConsent = ({ schedule }: Protocol): boolean => schedule.some(({ when }) => when?.consent !== undefined)

/**
 * Records an answer to every purpose asked of this role. Refusing a required one ends the participation: the rest is
 * called off, nothing more is sent.
 */
export async function giveConsent(
  context: Context,
  { id }: Pick<Participant, 'id'>,
  given: Record<string, boolean>,
  language: string,
): Promise<void> {
  // All in one transaction: what is said in two windows at once counts in one order, and nothing after a no.
  await context.stores.study.withTx(async (tx) => {
    const { participant, study, protocol } = await studyOfParticipant(tx, context, { id })
    if (participant.state !== 'active') throw new Refusal('participant-stopped')
    needLanguage(protocol, language)
    const asked = consentsFor(protocol, participant.role)
    const purposes = asked.map(({ purpose }) => purpose)
    if (purposes.some((purpose) => !Object.hasOwn(given, purpose)) || Object.keys(given).some((purpose) => !purposes.includes(purpose)))
      throw new Refusal('consent-unknown', { purposes })

    const now = context.clock.now()
    for (const { purpose, version } of asked)
      await insertConsent(tx, {
        participantId: id,
        purpose,
        version,
        given: given[purpose] === true,
        language,
        at: now,
        recordedBy: 'participant',
      })
    await recordEvent(tx, {
      at: now,
      studyId: study.id,
      caseId: participant.caseId,
      participantId: id,
      kind: 'consent',
      detail: given,
    })
    const refused = asked.some(({ purpose, required }) => required && !given[purpose])
    if (refused) await stopParticipant(tx, context, { study, participant, state: 'declined' })
    else if (asksForConsent(protocol)) await replanCase(tx, context, participant.caseId)
  })
}
