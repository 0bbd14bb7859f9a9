/** What planning needs to know of one case, what a plan consists of, and what is recorded of it so far. */
import type { Reference } from '../instruments/definition.ts'
import type { Answers } from '../instruments/schema.ts'

/** One family as planning sees it. Dates are `YYYY-MM-DD`, moments ISO 8601 in UTC with milliseconds. */
export interface PlanCase {
  arm: string
  cohort: string
  /** When the case came in: no message is due before it. */
  registeredAt: string
  /** Dates of the anchors that are known. */
  anchors: Record<string, string>
  participants: PlanParticipant[]
  /** What has been completed: nothing is sent about it any more. */
  completed: Done[]
  /** What staff called off for a coded reason: it stays so, and nothing is sent about it. */
  calledOff?: Done[]
  /** Windows that staff keep open longer than the protocol does. */
  extensions?: { participant: string; wave: string; closesAt: string }[]
  /** Names of the samples into which the case was drawn. */
  samples?: string[]
  /** Answers on which rows of the schedule depend, by instrument id and wave. */
  answered?: { instrument: string; wave: string; answers: Answers }[]
  /** A case of which only arm, cohort and dates are given: every other condition is taken to hold. For calendars. */
  hypothetical?: true
}

/** An assignment that has been dealt with. `instrument` is the id without version. */
export interface Done {
  participant: string
  wave: string
  instrument: string
  /** The participant whom it was about, if it was about one. */
  about?: string | null
  at: string
}

export interface PlanParticipant {
  id: string
  role: string
  /** When this participant declined, withdrew or handed the case over: nothing is asked of them from then on. */
  stoppedAt?: string
  /** Whether that was by handing over: others may then still be asked about them. */
  handedOver?: true
  /** When this participant came in, if later than the case: waves that were over by then are not asked of them. */
  joinedAt?: string
  /** Whose place this participant took: what that one completed is not asked again. */
  succeeds?: string
  /** Wants no reminders; invitations still go out. */
  withoutReminders?: true
  /** Has no mail address: nothing is sent, and the same is asked, by hand. */
  withoutMail?: true
  /** The latest word on each purpose. */
  consents?: Record<string, boolean>
}

/** An assignment that should exist. `instrument` is the exact version. */
export interface PlannedAssignment {
  participant: string
  role: string
  /** The participant whom it is about, for an interview with them; null when it is about the case. */
  about: string | null
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
  /** Days between the invitation and this message; 0 for the invitation itself. */
  days: number
  at: string
  /** From this moment it must not go out any more: the window closed, all is completed, or the participant stopped. */
  until: string
}

export interface Plan {
  assignments: PlannedAssignment[]
  messages: PlannedMessage[]
  /** Participants who declined, withdrew or handed over. */
  stopped: string[]
  /** Participants who want no reminders. */
  withoutReminders: string[]
  /** Participants who have no mail address. */
  withoutMail: string[]
  /** The local time of day at which messages go out. */
  mailTime: { hour: string; timeZone: string }
}

/** An assignment as it is recorded, in the words of the table `assignments`. */
export interface RecordedAssignment {
  id: string
  participant: string
  wave: string
  instrumentId: string
  instrumentVersion: string
  state: 'scheduled' | 'open' | 'in progress' | 'completed' | 'expired' | 'cancelled'
  target: string
  opensAt: string
  closesAt: string
  /** When its first answer came in. From then on the version stays, also after it expired. */
  startedAt?: string | null
  about?: string | null
  /** The coded reason for which staff called it off. It then stays cancelled. */
  reason?: string | null
}

/** A message as it is recorded, in the words of the table `messages`. */
export interface RecordedMessage {
  id: string
  participant: string
  wave: string
  kind: string
  state: 'planned' | 'claimed' | 'sent' | 'cancelled' | 'refused' | 'unknown'
  dueAt: string
  /** When its fate was known, as far as it is: a sent message went out then. */
  settledAt?: string | null
}

export interface Recorded {
  assignments: RecordedAssignment[]
  messages: RecordedMessage[]
}
