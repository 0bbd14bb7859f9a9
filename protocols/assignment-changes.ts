/** What has to change in the assignments of a case. */
import type { Cancellation } from './cancellation.ts'
import type { Plan, PlannedAssignment, RecordedAssignment } from './case.ts'

export interface AssignmentMove {
  id: string
  from: AssignmentPlace
  /** An assignment that moves has not ended, also when it had before. */
  to: AssignmentPlace & { endedAt: null }
}

export type AssignmentPlace = Pick<RecordedAssignment, 'state' | 'instrumentVersion' | 'target' | 'opensAt' | 'closesAt'>

/**
 * An assignment that the plan has and the records lack is added, also when its window is over already: that nobody
 * could answer it any more is non-response, and non-response is data.
 */
export function assignmentChanges(
  plan: Plan,
  recorded: RecordedAssignment[],
  now: string,
): { add: PlannedAssignment[]; move: AssignmentMove[]; cancel: Cancellation[] } {
  const planned = new Map(plan.assignments.map((assignment) => [keyOf(assignment, assignment.instrument.id), assignment]))
  const known = new Set(recorded.map((assignment) => keyOf(assignment, assignment.instrumentId)))
  const pairs = recorded.map((was) => ({ was, wanted: planned.get(keyOf(was, was.instrumentId)) }))
  return {
    add: plan.assignments.filter((assignment) => !known.has(keyOf(assignment, assignment.instrument.id))),
    move: pairs.flatMap(({ was, wanted }) => (wanted ? moveOf(was, wanted, now) : [])),
    cancel: pairs
      .filter(({ was, wanted }) => !wanted && isPending(was))
      .map(({ was }) => ({ id: was.id, reason: hasStopped(was, plan) ? 'stopped' : 'not planned' })),
  }
}

function moveOf(was: RecordedAssignment, wanted: PlannedAssignment, now: string): AssignmentMove[] {
  if (was.state === 'completed' || was.reason) return []
  if (was.state === 'expired' && wanted.closesAt <= now) return []
  const from = placeOf(was)
  const { target, opensAt, closesAt } = wanted
  // Answers belong to the version they were given to, and drafts are answers.
  const begun = was.state === 'in progress' || Boolean(was.startedAt)
  const instrumentVersion = begun ? was.instrumentVersion : wanted.instrument.version
  const to = { state: stateInWindow(was, opensAt, now), instrumentVersion, target, opensAt, closesAt }
  const same = (Object.keys(to) as (keyof AssignmentPlace)[]).every((column) => from[column] === to[column])
  return same ? [] : [{ id: was.id, from, to: { ...to, endedAt: null } }]
}

/** The state after a move. Opening and expiring are the ticker's work: it finds what is scheduled. */
function stateInWindow({ state }: RecordedAssignment, opensAt: string, now: string): RecordedAssignment['state'] {
  if (state === 'in progress') return state
  return state === 'open' && opensAt <= now ? state : 'scheduled'
}

const hasStopped = ({ participant, about }: RecordedAssignment, { stopped }: Plan): boolean =>
  stopped.includes(participant) || (about != null && stopped.includes(about))

const isPending = ({ state }: RecordedAssignment): boolean => state === 'scheduled' || state === 'open' || state === 'in progress'

const placeOf = ({ state, instrumentVersion, target, opensAt, closesAt }: RecordedAssignment): AssignmentPlace => ({
  state,
  instrumentVersion,
  target,
  opensAt,
  closesAt,
})

type Key = { participant: string; wave: string; about?: string | null }

const keyOf = ({ participant, wave, about }: Key, instrument: string): string =>
  JSON.stringify([participant, wave, instrument, about ?? null])
