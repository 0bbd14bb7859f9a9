/** The difference between what a plan says should exist and what is recorded. */
import { type AssignmentMove, assignmentChanges } from './assignment-changes.ts'
import type { Cancellation } from './cancellation.ts'
import type { Plan, PlannedAssignment, PlannedMessage, Recorded } from './case.ts'
import { type MessageMove, messageChanges } from './message-changes.ts'

/** What to do so that a case is as planned. `move` and `cancel` are in order of id, `add` in order of time. */
export interface Changes {
  add: { assignments: PlannedAssignment[]; messages: PlannedMessage[] }
  /** `from` is what is recorded, `to` what takes its place: columns and values. */
  move: { assignments: AssignmentMove[]; messages: MessageMove[] }
  cancel: { assignments: Cancellation[]; messages: Cancellation[] }
}

/**
 * What has to change at `now`. What happened stays: completed assignments, expired ones whose time does not come again,
 * and every message that is out of our hands are never touched, nor is their like added.
 *
 * Applied once, the same call gives nothing.
 */
export function changes(plan: Plan, recorded: Recorded, now: string): Changes {
  const assignments = assignmentChanges(plan, recorded.assignments, now)
  const messages = messageChanges(plan, recorded, now)
  return {
    add: { assignments: assignments.add, messages: messages.add },
    move: { assignments: assignments.move.sort(byId), messages: messages.move.sort(byId) },
    cancel: { assignments: assignments.cancel.sort(byId), messages: messages.cancel.sort(byId) },
  }
}

const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : Number(a.id > b.id))
