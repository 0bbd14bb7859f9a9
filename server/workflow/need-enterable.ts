import { dayOf } from '../../protocols/local-time.ts'
import type { Protocol } from '../../protocols/schema.ts'
import type { Context } from '../context.ts'
import type { Assignment } from '../queries/assignments.ts'
import type { Participant } from '../queries/participants.ts'
import { Refusal } from '../refusal.ts'
import { closesOn } from './packet.ts'

/** Whether a list may be typed in at some moment, apart from the day on which it was answered. */
export const mayBeEntered = ({ state, opensAt }: Pick<Assignment, 'state' | 'opensAt'>, now: string): boolean =>
  state !== 'completed' && state !== 'cancelled' && opensAt <= now

/** The days on which a list can have been answered: those of its window, as far as they have come. */
export const answerableDays = (
  { opensAt, closesAt }: Pick<Assignment, 'opensAt' | 'closesAt'>,
  { timeZone }: Pick<Protocol, 'timeZone'>,
  now: string,
): { from: string; to: string } => ({
  from: dayOf(opensAt, timeZone),
  to: closesAt <= now ? closesOn({ closesAt }, timeZone) : dayOf(now, timeZone),
})

/**
 * Refuses when staff may not type a list in. The window holds for the day on which it was answered, not for the day on which
 * somebody gets round to typing it (docs/decisions/0033-entered-after-the-window.md).
 */
export function needEnterable(
  { clock }: Pick<Context, 'clock'>,
  protocol: Protocol,
  participant: Pick<Participant, 'state'>,
  assignment: Assignment,
  answeredOn: string,
): void {
  if (participant.state !== 'active') throw new Refusal('participant-stopped')
  const now = clock.now()
  if (!mayBeEntered(assignment, now)) throw new Refusal('assignment-closed', { state: assignment.state })
  const days = answerableDays(assignment, protocol, now)
  if (answeredOn < days.from || answeredOn > days.to) throw new Refusal('answered-outside', days)
}
