/** Staff record that somebody refused or withdrew, and why, as far as that is known. */
import type { Changes } from '../../protocols/changes.ts'
import { dayOf } from '../../protocols/local-time.ts'
import type { Protocol } from '../../protocols/schema.ts'
import type { Context } from '../context.ts'
import { Failure } from '../failure.ts'
import { recordEvent } from '../queries/events.ts'
import { participantsOfCase, setParticipantState } from '../queries/participants.ts'
import type { CaseKey } from './add-participant.ts'
import { needCase } from './need-case.ts'
import { nameOf, type ParticipantKey, pickParticipant } from './pick-participant.ts'
import { stopParticipant } from './stop-participant.ts'
import type { Told } from './told.ts'

export interface StopEntry {
  state: 'declined' | 'withdrawn'
  /** A reason that the protocol codes; the words of a person have no place here. */
  reason?: string | undefined
}

export interface Stopped {
  role: string
  number: number
  /** What stopping called off; null when they had stopped before, and only the reason is new. */
  changes: Changes | null
}

/**
 * Stops a participant. Of one who stopped in the same way before, on the page perhaps, a reason that was not known yet is
 * recorded. Throws a Failure, and changes nothing, for an unknown participant or reason, or one who stopped otherwise.
 */
export async function recordStop(
  context: Context,
  { study: studyId, code }: CaseKey,
  who: ParticipantKey,
  { state, reason }: StopEntry,
  told?: Told,
): Promise<Stopped> {
  const { found, study, protocol } = await needCase(context, studyId, code, { evenMistaken: true })
  needReason(protocol, reason)
  return await context.stores.study.withTx(async (tx) => {
    const participant = pickParticipant(await participantsOfCase(tx, found.id), code, who)
    const { id, role, number } = participant
    if (participant.state === 'active')
      return { role, number, changes: await stopParticipant(tx, context, { study, participant, state, reason: reason ?? null, told }) }
    const isNew = participant.state === state && reason !== undefined && participant.stateReason === null
    if (!isNew)
      throw new Failure(
        `${nameOf(participant)} of ${code} has ${participant.state}${participant.stateReason ? ` (${participant.stateReason})` : ''} on ${dayOf(participant.stateAt, protocol.timeZone)}. Nothing was changed.`,
        'stopped',
      )
    await setParticipantState(tx, id, { state, reason, now: participant.stateAt })
    const at = context.clock.now()
    await recordEvent(tx, {
      at,
      studyId: study.id,
      caseId: found.id,
      participantId: id,
      kind: 'reason recorded',
      detail: { reason, ...told },
    })
    return { role, number, changes: null }
  })
}

function needReason({ nonResponse }: Protocol, reason: string | undefined): void {
  if (reason === undefined) return
  const known = Object.entries(nonResponse).flatMap(([id, { of }]) => (of === 'participant' ? [id] : []))
  if (!known.includes(reason))
    throw new Failure(
      `"${reason}" is not a reason for which a participant stops; the protocol has: ${known.join(', ') || 'none'}. Nothing was changed.`,
      'no-reason',
    )
}
