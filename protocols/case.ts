/** What planning needs to know of one case, and what a plan consists of. */
import type { Reference } from '../instruments/definition.ts'

/** One family as planning sees it. Dates are `YYYY-MM-DD`, moments ISO 8601 in UTC. */
export interface PlanCase {
  arm: string
  cohort: string
  /** Dates of the anchors that are known. */
  anchors: Record<string, string>
  participants: PlanParticipant[]
  /** What has been completed: nothing is sent about it any more. */
  completed: { participant: string; wave: string; instrument: string; at: string }[]
}

export interface PlanParticipant {
  id: string
  role: string
  /** When this participant declined or withdrew: nothing is asked of them from then on. */
  stoppedAt?: string
}

/** An assignment that should exist. `instrument` is the exact version. */
export interface PlannedAssignment {
  participant: string
  role: string
  wave: string
  instrument: Reference
  /** The day on which the wave falls: anchor plus offset. */
  target: string
  opensAt: string
  closesAt: string
}

/** A message that should go out at `at`, about all assignments of this participant in this wave. */
export interface PlannedMessage {
  participant: string
  role: string
  wave: string
  /** `invitation`, or the id of a reminder in the protocol. */
  kind: string
  at: string
}

export interface Plan {
  assignments: PlannedAssignment[]
  messages: PlannedMessage[]
}
