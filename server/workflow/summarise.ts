/** Makes the summary of one case from its records. Pure; docs/decisions/0031-summaries-of-cases.md. */
import { isFor } from '../../protocols/applies.ts'
import { earlier, later, localDay } from '../../protocols/local-time.ts'
import type { Protocol } from '../../protocols/schema.ts'
import { anyList, type CaseState, type ListOutcome } from '../db/study-schema/summaries.ts'
import type { Assignment } from '../queries/assignments.ts'
import type { Case } from '../queries/cases.ts'
import type { Message } from '../queries/messages.ts'
import type { Participant } from '../queries/participants.ts'
import type { CaseList, CaseSummary } from '../queries/summaries.ts'
import { saidBy } from './family-flow.ts'

/** What is recorded of a case. */
export interface CaseRecords {
  found: Case
  anchors: Record<string, string>
  participants: Participant[]
  assignments: Assignment[]
  messages: Pick<Message, 'participantId' | 'wave' | 'state'>[]
  /** When somebody opened a link. */
  openings: { participantId: string | null; at: string }[]
  /** When something happened last. */
  lastAt: string
}

/** Later than everything that is to come: what has no date sorts last by it. */
export const endOfTime = '9999-12-31T00:00:00.000Z'

/** The line of a case, and one of each list in each wave of each role, with one for all lists of the role in the wave. */
export function summarise(protocol: Protocol, records: CaseRecords): { summary: CaseSummary; lists: CaseList[] } {
  const { found, participants, assignments, lastAt } = records
  const [speaker = ''] = Object.keys(protocol.roles)
  const said = saidBy({ participants }, speaker)
  const { id, studyId, code, arm, cohort, region, registeredAt } = found
  if (found.mistakenAt !== null) return { summary: mistaken(records, found.mistakenAt), lists: [] }
  const undated = missingAnchor(protocol, records)
  // What cannot be dated yet is still to come.
  const ended = stateOf(assignments) === 'ended'
  return {
    summary: {
      caseId: id,
      studyId,
      code,
      arm,
      cohort,
      region,
      registeredAt,
      state: undated !== null && ended ? 'waiting' : stateOf(assignments),
      nextAt: assignments.map(turnOf).reduce(earlier, endOfTime),
      lastAt,
      missingAnchor: undated,
      family: said.state,
      familyReason: said.reason,
      endedAt: undated === null && ended ? lastEnd(found, assignments) : null,
      ...keptOf(records),
    },
    lists: listsOf(protocol, records),
  }
}

/** One that does not belong in the study: nothing is to come, and no list of it is counted. */
const mistaken = (records: CaseRecords, since: string): CaseSummary => {
  const { id, studyId, code, arm, cohort, region, registeredAt, mistakeReason } = records.found
  return {
    ...{ caseId: id, studyId, code, arm, cohort, region, registeredAt, state: 'ended', nextAt: endOfTime, lastAt: records.lastAt },
    missingAnchor: null,
    family: 'mistake',
    familyReason: mistakeReason,
    endedAt: since,
    ...keptOf(records),
  }
}

const keptOf = ({ participants, messages }: CaseRecords) => ({
  mailToGo: messages.some(({ state }) => state === 'planned' || state === 'claimed'),
  contacts: participants.filter(({ contactRemovedAt }) => contactRemovedAt === null).length,
  contactsRemoved: participants.filter(({ contactRemovedAt }) => contactRemovedAt !== null).length,
})

export function stateOf(lists: readonly Pick<Assignment, 'state'>[]): CaseState {
  if (lists.some(({ state }) => state === 'open' || state === 'in progress')) return 'answering'
  return lists.some(({ state }) => state === 'scheduled') ? 'waiting' : 'ended'
}

/** When the last list came in, was called off or closed; of a case that was never asked anything when it came in. */
const lastEnd = ({ registeredAt }: Case, lists: readonly Assignment[]): string =>
  lists.map(({ endedAt, closesAt }) => endedAt ?? closesAt).reduce(later, lists.length > 0 ? '' : registeredAt)

/** When an assignment opens or closes next. */
function turnOf({ state, opensAt, closesAt }: Assignment): string {
  if (state === 'scheduled') return opensAt
  return state === 'open' || state === 'in progress' ? closesAt : endOfTime
}

function missingAnchor({ schedule, waves }: Protocol, { found, anchors, participants }: CaseRecords): string | null {
  const roles = new Set(participants.flatMap(({ role, state }) => (state === 'active' ? [role] : [])))
  const asked = schedule.filter((row) => roles.has(row.role) && isFor(row, found.arm, found.cohort)).flatMap((row) => row.waves)
  const undated = waves.find((wave) => asked.includes(wave.id) && !wave.anchors.some((name) => Object.hasOwn(anchors, name)))
  return undated?.anchors.join(' ') ?? null
}

function listsOf(protocol: Protocol, records: CaseRecords): CaseList[] {
  const people = new Map(records.participants.map((one) => [one.id, one]))
  const lists = records.assignments.map((one) => listOf(protocol, one, people.get(one.participantId), records))
  const together = lists.map((list) => ({ ...list, instrument: anyList }))
  const byPlace = Map.groupBy([...lists, ...together], ({ wave, role, instrument }) => JSON.stringify([wave, role, instrument]))
  return [...byPlace.values()].map((same) => same.reduce(combined))
}

const outcomes: Record<Assignment['state'], ListOutcome> = {
  completed: 'completed',
  open: 'open',
  'in progress': 'open',
  scheduled: 'ahead',
  cancelled: 'dropped',
  expired: 'expired',
}

function listOf(
  protocol: Protocol,
  one: Assignment,
  person: Participant | undefined,
  { found, messages, openings }: CaseRecords,
): CaseList {
  const { participantId, wave, state, reason, opensAt, closesAt, startedAt, endedAt } = one
  const asked = state === 'cancelled' ? startedAt !== null || (endedAt ?? '') > opensAt : state !== 'scheduled'
  const isTheirs = (other: { participantId: string | null }): boolean => other.participantId === participantId
  const sent = asked && messages.some((mail) => isTheirs(mail) && mail.wave === wave && mail.state === 'sent')
  const weekOf = (moment: string | null): string | null => (moment === null ? null : mondayOf(moment, protocol.timeZone))
  return {
    caseId: found.id,
    studyId: found.studyId,
    wave,
    role: person?.role ?? '',
    instrument: one.instrumentId,
    outcome: state === 'cancelled' && reason !== null ? 'called off' : outcomes[state],
    reason: state === 'cancelled' ? reason : null,
    asked,
    sent,
    opened: asked && openings.some((opening) => isTheirs(opening) && opening.at >= opensAt && opening.at < closesAt),
    started: asked && startedAt !== null,
    byHand: asked && !sent && (person?.withoutMailAt ?? null) !== null,
    askedWeek: asked ? weekOf(opensAt) : null,
    completedWeek: state === 'completed' ? weekOf(endedAt) : null,
  }
}

const precedence: readonly ListOutcome[] = ['completed', 'open', 'ahead', 'called off', 'expired', 'dropped']

/** Of two people the one who came furthest speaks for the family; they came as far as either did. */
function combined(a: CaseList, b: CaseList): CaseList {
  const best = precedence.indexOf(b.outcome) < precedence.indexOf(a.outcome) ? b : a
  return {
    ...best,
    asked: a.asked || b.asked,
    sent: a.sent || b.sent,
    opened: a.opened || b.opened,
    started: a.started || b.started,
    // With one mail that can go out, the family hears of it.
    byHand: a.byHand && b.byHand,
    askedWeek: first(a.askedWeek, b.askedWeek),
    completedWeek: first(a.completedWeek, b.completedWeek),
  }
}

const first = (a: string | null, b: string | null): string | null => (a === null || (b !== null && b < a) ? b : a)

function mondayOf(moment: string, timeZone: string): string {
  const day = localDay(moment, timeZone)
  return day.subtract({ days: day.dayOfWeek - 1 }).toString()
}
