/** What stopping and erasing take away from somebody, and what stays: shown before either is done. */
import type { Reach } from '../access/roles.ts'
import { reaches } from '../access/roles.ts'
import type { Context } from '../context.ts'
import { hasAnswers, keptOf } from '../queries/erasure.ts'
import { exportsWithCase } from '../queries/exports.ts'
import type { Participant } from '../queries/participants.ts'
import { Refusal } from '../refusal.ts'
import { everySeatOf } from './caseload.ts'
import { withdrawAndErase } from './stop-participant.ts'
import { studyOfParticipant } from './study-of-participant.ts'
import type { Told } from './told.ts'

/** What is kept of somebody now, and in which exports their cases are. Counts are over all cases in which they have this role. */
export async function leavingOf(context: Context, { id }: Pick<Participant, 'id'>, within: Reach) {
  const db = context.stores.study.read
  const placed = await studyOfParticipant(db, context, { id })
  const { participant, study, found } = placed
  const seats = await everySeatOf(db, placed)
  const kept = await Promise.all(seats.map((seat) => keptOf(db, seat.participant.id)))
  const sum = (of: 'responses' | 'drafts' | 'open' | 'messages'): number => kept.reduce((all, one) => all + one[of], 0)
  const { state, stateAt, answersErasedAt, contactRemovedAt } = participant
  return {
    state,
    stateAt,
    answersErasedAt,
    contactRemovedAt,
    hasAnswers: (await Promise.all(seats.map((seat) => hasAnswers(db, seat.participant.id)))).includes(true),
    responses: sum('responses'),
    drafts: sum('drafts'),
    open: sum('open'),
    messages: sum('messages'),
    /** Other cases of the same professional, which erasing is about, too; null where some are out of reach. */
    otherCases: seats.every((seat) => reaches(within, seat.found.region))
      ? [...new Set(seats.map((seat) => seat.found.code))].filter((code) => code !== found.code)
      : null,
    exports: await exportsWithCase(db, study.id, found.id),
  }
}

/**
 * Stops somebody in all their cases and erases what they answered, on their behalf. When this resolves it is gone.
 * Refuses with `not-possible` where some of their cases are out of reach of whoever does it.
 */
export async function eraseFor(context: Context, { id }: Pick<Participant, 'id'>, within: Reach, told: Told): Promise<void> {
  const db = context.stores.study.read
  const seats = await everySeatOf(db, await studyOfParticipant(db, context, { id }))
  if (seats.some((seat) => !reaches(within, seat.found.region))) throw new Refusal('not-possible', { fault: 'other-region' })
  await withdrawAndErase(context, { id }, told)
}
