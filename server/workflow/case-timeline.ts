/** One line of time through a case: what was recorded, and what will happen if nothing changes. Pure. */
import { compare } from '../../protocols/local-time.ts'
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
  /** What it is about, in the order of the record. */
  lists: TimelineList[]
  /** `invitation`, or the id of a reminder in the protocol. */
  message: string | null
  /** What else the event kept. */
  detail: Record<string, unknown>
}

interface TimelineList {
  /** Id of the instrument. */
  instrument: string
  /** The participant whom it is about, if it is about one. */
  about: string | null
}

export interface CaseRecord {
  events: Event[]
  messages: Message[]
  assignments: Assignment[]
}

/** Everything about a case in order of time; of one moment, in the order in which it was recorded. */
export function caseTimeline(record: CaseRecord, now: string): TimelineEntry[] {
  return [...happened(record.events), ...toCome(record, now)].sort((a, b) => compare(a.at, b.at))
}

/** One entry an event; what one person did or got at the same moment with several lists is one entry. */
function happened(events: Event[]): TimelineEntry[] {
  const alike = Map.groupBy(events, ({ id, at, kind, participantId, wave, detail }) =>
    JSON.stringify(detail?.instrument === undefined ? [id] : [at, kind, participantId, wave]),
  )
  return [...alike.values()].flatMap((same) => {
    const [first] = same
    if (!first) return []
    const { instrument: _, about: __, message, ...detail } = first.detail ?? {}
    return [
      {
        at: first.at,
        ahead: false,
        kind: first.kind,
        participant: first.participantId,
        wave: first.wave,
        lists: same.flatMap(({ detail }) => listOf(detail)),
        message: typeof message === 'string' ? message : null,
        detail,
      },
    ]
  })
}

function listOf(detail: Event['detail']): TimelineList[] {
  const { instrument, about } = detail ?? {}
  return typeof instrument === 'string' ? [{ instrument, about: typeof about === 'string' ? about : null }] : []
}

function toCome({ messages, assignments }: CaseRecord, now: string): TimelineEntry[] {
  const unfinished = assignments.filter(({ state }) => state === 'scheduled' || state === 'open' || state === 'in progress')
  return [
    ...perPacket(unfinished, 'wave opens', 'opensAt', now),
    ...messages
      .filter(({ state }) => state === 'planned')
      .map(({ nextAt, kind, participantId, wave }) => ({ ...ahead(nextAt, 'message due', participantId, wave), message: kind })),
    ...perPacket(unfinished, 'wave closes', 'closesAt', now),
  ]
}

/** One entry for all that a participant is asked in a wave, not one for each list. */
function perPacket(assignments: Assignment[], kind: string, moment: 'opensAt' | 'closesAt', now: string): TimelineEntry[] {
  const packets = Map.groupBy(
    assignments.filter((assignment) => assignment[moment] > now),
    (assignment) => JSON.stringify([assignment.participantId, assignment.wave, assignment[moment]]),
  )
  return [...packets.values()].flatMap((lists) => {
    const [first] = lists
    if (!first) return []
    const ofPacket = lists.map(({ instrumentId, aboutId }) => ({ instrument: instrumentId, about: aboutId }))
    return [{ ...ahead(first[moment], kind, first.participantId, first.wave), lists: ofPacket }]
  })
}

const ahead = (at: string, kind: string, participant: string, wave: string): TimelineEntry => ({
  at,
  ahead: true,
  kind,
  participant,
  wave,
  lists: [],
  message: null,
  detail: {},
})
