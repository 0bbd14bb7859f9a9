/** What became of something that was to be asked of a family, and how often. Pure. */
import type { Assignment } from '../queries/assignments.ts'

/**
 * - completed: it came in
 * - to come: it can still come in
 * - called off: it will not come, for a reason that staff recorded
 * - expired: nobody answered before the window closed
 * - stopped: it was planned, and called off because whoever was asked declined or withdrew, or the case changed
 * - not asked: it was never planned: nobody is there to ask, or they had stopped before; a condition is not met; its date is not known
 * - by design: the schedule does not ask it in this arm and cohort
 */
export type Outcome =
  | { is: 'completed' | 'to come' | 'expired' | 'stopped' | 'not asked' | 'by design' }
  | { is: 'called off'; reason: string }

/** How many had each outcome; `asked` is all of them but not asked and by design. */
export interface Outcomes {
  all: number
  byDesign: number
  notAsked: number
  asked: number
  completed: number
  toCome: number
  expired: number
  calledOff: number
  stopped: number
  /** Why they were called off, most frequent first. */
  reasons: { reason: string; count: number }[]
}

/** The best that became of these assignments, in the order above; of several reasons the one recorded last. */
export function outcomeOf(assignments: readonly Pick<Assignment, 'state' | 'reason' | 'endedAt'>[], isScheduled: boolean): Outcome {
  const has = (...states: Assignment['state'][]): boolean => assignments.some(({ state }) => states.includes(state))
  if (has('completed')) return { is: 'completed' }
  if (has('scheduled', 'open', 'in progress')) return { is: 'to come' }
  const reason = lastReason(assignments)
  if (reason !== undefined) return { is: 'called off', reason }
  if (has('expired')) return { is: 'expired' }
  if (!isScheduled) return { is: 'by design' }
  return { is: assignments.length > 0 ? 'stopped' : 'not asked' }
}

function lastReason(assignments: readonly Pick<Assignment, 'reason' | 'endedAt'>[]): string | undefined {
  const calledOff = assignments.flatMap(({ reason, endedAt }) => (reason === null ? [] : [{ reason, at: endedAt ?? '' }]))
  return calledOff.reduce<{ reason: string; at: string } | undefined>((last, one) => (last && last.at > one.at ? last : one), undefined)
    ?.reason
}

export function tally(outcomes: readonly Outcome[]): Outcomes {
  const count = (is: Outcome['is']): number => outcomes.filter((one) => one.is === is).length
  const [byDesign, notAsked] = [count('by design'), count('not asked')]
  const reasons = Map.groupBy(
    outcomes.flatMap((one) => (one.is === 'called off' ? [one.reason] : [])),
    (reason) => reason,
  )
  return {
    all: outcomes.length,
    byDesign,
    notAsked,
    asked: outcomes.length - byDesign - notAsked,
    completed: count('completed'),
    toCome: count('to come'),
    expired: count('expired'),
    calledOff: count('called off'),
    stopped: count('stopped'),
    reasons: [...reasons]
      .map(([reason, { length }]) => ({ reason, count: length }))
      .sort((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1)),
  }
}
