/** Somebody who stopped, and did not mean to, takes part again. */
import type { Changes } from '../../protocols/changes.ts'
import type { Protocol } from '../../protocols/schema.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/tx.ts'
import { Failure } from '../failure.ts'
import { confirmationKinds, noWave } from '../mail/confirmations.ts'
import { consentsOf } from '../queries/consents.ts'
import { recordEvent } from '../queries/events.ts'
import { cancelMessage, findMessageOf } from '../queries/messages.ts'
import { type Participant, participantsOfCase, setParticipantState } from '../queries/participants.ts'
import type { CaseKey } from './add-participant.ts'
import { consentsFor } from './give-consent.ts'
import { needCase } from './need-case.ts'
import { nameOf, type ParticipantKey, pickParticipant } from './pick-participant.ts'
import { replanCase } from './replan-case.ts'
import type { Told } from './told.ts'

export interface BroughtBack {
  role: string
  number: number
  changes: Changes
}

/**
 * Lets somebody who declined or withdrew take part again. What the protocol still asks is asked again, with what they had typed; a
 * confirmation of their stopping that has not gone yet is called off.
 *
 * Throws a Failure, and changes nothing, for somebody who takes part or handed over, who refused what is required (their consent comes
 * first), or of whom answers or contact data were removed.
 */
export async function bringBack(
  context: Context,
  { study: studyId, code }: CaseKey,
  who: ParticipantKey,
  told: Told | { why: string },
): Promise<BroughtBack> {
  const { found, study, protocol } = await needCase(context, studyId, code)
  return await context.stores.study.withTx(async (tx) => {
    const participant = pickParticipant(await participantsOfCase(tx, found.id), code, who)
    await assertCanReturn(tx, protocol, participant)
    const now = context.clock.now()
    const { id, role, number, state } = participant
    await setParticipantState(tx, id, { state: 'active', now })
    for (const kind of confirmationKinds) {
      const message = await findMessageOf(tx, { participantId: id, wave: noWave }, kind)
      if (message) await cancelMessage(tx, message.id, 'brought back', now)
    }
    const detail = { from: state, ...told }
    await recordEvent(tx, { at: now, studyId: study.id, caseId: found.id, participantId: id, kind: 'brought back', detail })
    return { role, number, changes: await replanCase(tx, context, found.id) }
  })
}

async function assertCanReturn(tx: Db, protocol: Protocol, participant: Participant): Promise<void> {
  const { id, role, state, answersErasedAt, contactRemovedAt } = participant
  const refuse = (why: string, code: string): never => {
    throw new Failure(`${nameOf(participant)} ${why}. Nothing was changed.`, code)
  }
  if (state === 'active') refuse('takes part already', 'active')
  if (state === 'handed over') refuse('handed over: whoever took their place is asked now', 'handed-over')
  if (answersErasedAt !== null) refuse('had everything erased; if they want to take part again, add them as somebody new', 'erased')
  if (contactRemovedAt !== null && protocol.roles[role]?.mail) refuse('has no contact data any more', 'no-contact')
  const said = await consentsOf(tx, id)
  const refused = consentsFor(protocol, role).find(({ purpose, required }) => required && said.get(purpose)?.given === false)
  if (refused) refuse(`refused consent to ${refused.purpose}: record first that they agree now`, 'consent')
}
