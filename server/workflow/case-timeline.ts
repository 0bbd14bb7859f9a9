/** One line of time through a case: what was recorded, and what will happen if nothing changes. Pure. */
import type { Assignment } from '../queries/assignments.ts'
import type { Event } from '../queries/events.ts'
import type { Message } from '../queries/messages.ts'

export interface TimelineEntry {
  at: string
  /** Whether it is still to come. */
  ahead: boolean
  /** Of what happened: the kind of event. Of what is to come: `message due`, `wave opens` or `wave closes`. */
  kind: string
  participant: string | null
  wave: string | null
  /** What the event kept; for what is to come: the kind of message, or the ids of the instruments. */
  detail: Record<string, unknown>
}

export interface CaseRecord {
  events: Event[]
  messages: Message[]
  assignments: Assignment[]
}

/** Everything about a case in order of time; of one moment, in the order in which it was recorded. */
export function caseTimeline({ events, messages, assignments }: CaseRecord, now: string): TimelineEntry[] {
  const happened = events.map(({ at, kind, participantId, wave, detail }) => ({
    at,
    ahead: false,
    kind,
    participant: participantId,
    wave,
    detail: detail ?? {},
  }))
  const mails = messages
    .filter(({ state }) => state === 'planned')
    .map(({ nextAt, kind, participantId, wave }) => ahead(nextAt, 'message due', participantId, wave, { message: kind }))
  const open = assignments.filter(({ state }) => state === 'scheduled' || state === 'open' || state === 'in progress')
  const opening = perPacket(
    open.filter(({ opensAt }) => opensAt > now),
    'wave opens',
    ({ opensAt }) => opensAt,
  )
  const closing = perPacket(
    open.filter(({ closesAt }) => closesAt > now),
    'wave closes',
    ({ closesAt }) => closesAt,
  )
  return [...happened, ...[...opening, ...mails, ...closing].sort((a, b) => compare(a.at, b.at))].sort((a, b) => compare(a.at, b.at))
}

/** One entry for all that a participant is asked in a wave, not one for each list. */
function perPacket(assignments: Assignment[], kind: string, momentOf: (assignment: Assignment) => string): TimelineEntry[] {
  const packets = Map.groupBy(assignments, (assignment) =>
    JSON.stringify([assignment.participantId, assignment.wave, momentOf(assignment)]),
  )
  return [...packets.values()].flatMap((lists) => {
    const [first] = lists
    return first
      ? [ahead(momentOf(first), kind, first.participantId, first.wave, { instruments: lists.map(({ instrumentId }) => instrumentId) })]
      : []
  })
}

const ahead = (at: string, kind: string, participant: string, wave: string, detail: Record<string, unknown>): TimelineEntry => ({
  at,
  ahead: true,
  kind,
  participant,
  wave,
  detail,
})

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b))
