/** A participant's word on what their answers may be used for. */
import { formatReference } from '../../instruments/definition.ts'
import type { Protocol } from '../../protocols/schema.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/tx.ts'
import { translationChecksum } from '../definitions/translation-checksum.ts'
import { consentsOf, insertConsent } from '../queries/consents.ts'
import { recordEvent } from '../queries/events.ts'
import type { Participant } from '../queries/participants.ts'
import { Refusal } from '../refusal.ts'
import { caseloadOf } from './caseload.ts'
import { needLanguage } from './need-language.ts'
import { replanCase } from './replan-case.ts'
import { stopParticipant } from './stop-participant.ts'
import { type Placed, studyOfParticipant } from './study-of-participant.ts'

/** What a role is asked to consent to. */
export const consentsFor = (protocol: Protocol, role: string) => protocol.consents.filter(({ roles }) => roles.includes(role))

/** Whether what is asked of a case depends on what somebody consented to. */
export const asksForConsent = ({ schedule }: Protocol): boolean => schedule.some(({ when }) => when?.consent !== undefined)

/**
 * Records an answer to every purpose asked of this role. Refusing a required one ends the participation: the rest is
 * called off, nothing more is sent. Of somebody with several cases it is their word in all those in which they were still to be asked.
 */
export async function giveConsent(
  context: Context,
  { id }: Pick<Participant, 'id'>,
  given: Record<string, boolean>,
  language: string,
): Promise<void> {
  // All in one transaction: what is said in two windows at once counts in one order, and nothing after a no.
  await context.stores.study.withTx(async (tx) => {
    const placed = await studyOfParticipant(tx, context, { id })
    const { study, protocol } = placed
    const active = (await caseloadOf(tx, placed)).map((seat) => seat.participant).filter(({ state }) => state === 'active')
    if (active.length === 0) throw new Refusal('participant-stopped')
    await needLanguage(tx, context, { studyId: study.id, protocol }, language)
    const asked = consentsFor(protocol, placed.participant.role)
    const purposes = asked.map(({ purpose }) => purpose)
    if (purposes.some((purpose) => !Object.hasOwn(given, purpose)) || Object.keys(given).some((purpose) => !purposes.includes(purpose)))
      throw new Refusal('consent-unknown', { purposes })

    const unasked: Participant[] = []
    for (const one of active) if (await lacksAnswer(tx, one, asked)) unasked.push(one)
    for (const participant of unasked.length > 0 ? unasked : active)
      await record(tx, context, { participant, study, protocol }, given, language)
  })
}

type Asked = ReturnType<typeof consentsFor>

/** Whether a statement was not answered yet as it is worded now. */
async function lacksAnswer(tx: Db, { id }: Participant, asked: Asked): Promise<boolean> {
  const said = await consentsOf(tx, id)
  return asked.some(({ purpose, version }) => said.get(purpose)?.version !== version)
}

type Who = Pick<Placed, 'participant' | 'study' | 'protocol'>

async function record(
  tx: Db,
  context: Context,
  { participant, study, protocol }: Who,
  given: Record<string, boolean>,
  language: string,
): Promise<void> {
  const { id, caseId } = participant
  const at = context.clock.now()
  const asked = consentsFor(protocol, participant.role)
  const translation = translationChecksum(context.definitions.translated.protocols.of(formatReference(protocol), language))
  for (const { purpose, version } of asked)
    await insertConsent(tx, {
      participantId: id,
      purpose,
      version,
      given: given[purpose] === true,
      language,
      translation,
      at,
      recordedBy: 'participant',
    })
  await recordEvent(tx, { at, studyId: study.id, caseId, participantId: id, kind: 'consent', detail: given })
  const refused = asked.some(({ purpose, required }) => required && !given[purpose])
  if (refused) await stopParticipant(tx, context, { study, participant, state: 'declined' })
  else if (asksForConsent(protocol)) await replanCase(tx, context, caseId)
}
