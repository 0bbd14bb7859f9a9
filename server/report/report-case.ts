/** What a report keeps of a case: the answers and scores that its tables look at, and in which groups it is. */
import { type Condition, readCondition } from '../../instruments/condition.ts'
import { ownValue } from '../../instruments/own-value.ts'
import type { Answers } from '../../instruments/schema.ts'
import { dayOf } from '../../protocols/local-time.ts'
import type { ReportDefinition, ReportGroup } from '../../protocols/report-schema.ts'
import type { Protocol } from '../../protocols/schema.ts'
import { familyConsents, type Words } from '../export/consent.ts'
import type { ScoreNumbers } from '../queries/counting-scores.ts'
import type { ExportAssignment, ExportCase, ExportResponse } from '../queries/export-rows.ts'
import type { Needed } from './needed.ts'
import type { CaseOfCell } from './result.ts'
import { asOnePerson } from './same-people.ts'

export interface ReportCase extends CaseOfCell {
  arm: string
  cohort: string
  region: string | null
  /** Groups of the report that it is in. */
  groups: ReadonlySet<string>
  /** Lists that were asked, in the order of who fills them in: the first parent before the second. */
  lists: ReportList[]
}

export interface ReportList {
  instrument: string
  version: string
  wave: string
  role: string
  /** Whose it is: the one whom it is about, or else who answers; of a file the same for whoever took it over. */
  person: string
  completed: boolean
  /** How many days after its window opened it came, where a figure looks at that. */
  days?: number
  /** Whether it could still be answered at the moment of the report, had it not been; where a figure looks at that. */
  isOpen?: boolean
  answers: Answers
  notApplicable: ReadonlySet<string>
  scores: ReadonlyMap<string, ScoreNumbers>
  weights: ReadonlyMap<string, number>
}

/** What a report case is made with. */
interface Making {
  /** The moment of the report. */
  now: string
  protocol: Protocol
}

/** Of each response (id) its scores, by scale. */
export type Scored = ReadonlyMap<string, ReadonlyMap<string, ScoreNumbers>>

/** Makes report cases; conditions of groups are read once. `words`: what people said when they were asked for consent. */
export function reportCases(
  { groups, sections }: ReportDefinition,
  needed: Needed,
  { now, protocol }: Making,
): (whole: ExportCase, words: Words, scored: Scored) => ReportCase {
  const conditions = new Map(
    Object.entries(groups).flatMap(([name, { answers }]) => (answers ? [[name, readCondition(answers.condition)] as const] : [])),
  )
  const asksDays = sections.some(({ figures }) => figures.some(({ kind }) => kind === 'response'))
  const { timeZone, familyRoles = [] } = protocol
  const inOrder = orderOf(familyRoles)
  const once = eachOnce()
  return (whole, words, scored) => {
    const { id, code, arm, cohort, region, participants } = whole
    const people = asOnePerson(participants, protocol)
    const lists = whole.assignments.filter((one) => wasAsked(one, now)).toSorted(inOrder)
    return {
      id,
      code,
      arm,
      cohort,
      region,
      groups: groupsOf({ whole, words, now, protocol }, groups, conditions),
      lists: lists.flatMap((one) => {
        const wanted = needed.get(one.instrumentId)
        if (!wanted) return []
        const person = one.about ?? one.participant
        return [
          {
            instrument: once(one.instrumentId),
            version: once(one.instrumentVersion),
            wave: once(one.wave),
            role: once(one.participant.role),
            person: people.get(person.id) ?? person.id,
            completed: one.response !== undefined,
            ...(asksDays && one.closesAt > now && { isOpen: true }),
            ...(asksDays && one.response && { days: daysUntil(one.opensAt, one.response, timeZone) }),
            answers: only(one.response?.answers ?? {}, wanted.items),
            notApplicable: one.response?.notApplicable.size ? one.response.notApplicable : none.set,
            scores: scoresOf(scored.get(one.response?.id ?? ''), wanted.scales, once),
            weights: one.weights?.size ? one.weights : none.map,
          },
        ]
      }),
    }
  }
}

/** Days of the calendar. What staff typed in came on the day on which it was answered; one that was answered before it opened on the first. */
function daysUntil(
  opensAt: string,
  { answeredOn, submittedAt }: Pick<ExportResponse, 'answeredOn' | 'submittedAt'>,
  timeZone: string,
): number {
  const came = answeredOn ?? dayOf(submittedAt, timeZone)
  return Math.max(0, Math.round((Date.parse(came) - Date.parse(dayOf(opensAt, timeZone))) / 86_400_000))
}

/** What is still to come has not been asked, nor what was planned and taken back when facts of the case changed. */
const wasAsked = ({ state, reason, response, opensAt }: ExportAssignment, now: string): boolean =>
  response !== undefined || (opensAt <= now && !(state === 'cancelled' && reason === null))

/** Who speaks for the family comes first. */
const orderOf =
  (familyRoles: readonly string[]) =>
  (a: ExportAssignment, b: ExportAssignment): number =>
    Number(familyRoles.includes(b.participant.role)) - Number(familyRoles.includes(a.participant.role)) ||
    compare(a.participant.role, b.participant.role) ||
    a.participant.number - b.participant.number ||
    compare(a.about?.role ?? '', b.about?.role ?? '') ||
    (a.about?.number ?? 0) - (b.about?.number ?? 0) ||
    compare(a.id, b.id)

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b))

/** Of a hundred thousand cases much is the same: it is kept once. */
const none = { set: new Set<never>(), map: new Map<never, never>(), answers: {} as Answers }

/** Texts that are read again for every row, each once. */
function eachOnce(): (text: string) => string {
  const known = new Map<string, string>()
  return (text) => {
    const found = known.get(text)
    if (found !== undefined) return found
    known.set(text, text)
    return text
  }
}

function only(answers: Answers, names: ReadonlySet<string>): Answers {
  const kept: Answers = {}
  let some = false
  for (const name of names) {
    const answer = ownValue(answers, name)
    if (answer === undefined) continue
    kept[name] = answer
    some = true
  }
  return some ? kept : none.answers
}

/** Those that the report looks at. */
function scoresOf(
  scored: ReadonlyMap<string, ScoreNumbers> | undefined,
  wanted: ReadonlySet<string>,
  once: (text: string) => string,
): ReportList['scores'] {
  const kept = new Map<string, ScoreNumbers>()
  for (const [scale, { raw, z, band, reason }] of scored ?? [])
    if (wanted.has(scale)) kept.set(once(scale), { raw, z, band: band === null ? null : once(band), reason })
  return kept.size === 0 ? none.map : kept
}

interface Placing extends Making {
  whole: ExportCase
  words: Words
}

function groupsOf(placing: Placing, groups: ReportDefinition['groups'], conditions: ReadonlyMap<string, Condition>): Set<string> {
  const alone = Object.entries(groups).filter(([name, group]) => !group.together && isIn(placing, group, conditions.get(name)))
  const names = new Set(alone.map(([name]) => name))
  const made = Object.entries(groups).filter(([, { together }]) => together?.some((name) => names.has(name)))
  return new Set([...names, ...made.map(([name]) => name)])
}

const isIn = (
  { whole, words, now, protocol }: Placing,
  { arms, cohorts, answers, list, consent }: ReportGroup,
  condition: Condition | undefined,
): boolean =>
  (arms?.includes(whole.arm) ?? true) &&
  (cohorts?.includes(whole.cohort) ?? true) &&
  (list === undefined || hasCome(whole, list, now) === list.came) &&
  (consent === undefined || familyConsents(whole, protocol, consent, words)) &&
  (answers === undefined ||
    whole.assignments.some(
      ({ instrumentId, wave, response }) =>
        response !== undefined &&
        instrumentId === answers.instrument &&
        (answers.wave === undefined || answers.wave === wave) &&
        condition?.(response.answers),
    ))

/** Whether a list came of those that were asked; undefined where none was. */
function hasCome(
  { assignments }: ExportCase,
  { instrument, wave, role }: NonNullable<ReportGroup['list']>,
  now: string,
): boolean | undefined {
  const asked = assignments.filter(
    (one) =>
      one.instrumentId === instrument && one.wave === wave && (role === undefined || one.participant.role === role) && wasAsked(one, now),
  )
  return asked.length === 0 ? undefined : asked.some(({ response }) => response !== undefined)
}
