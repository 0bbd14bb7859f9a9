/** What a report keeps of a case: the answers and scores that its tables look at, and in which groups it is. */
import { type Condition, readCondition } from '../../instruments/condition.ts'
import type { Answers } from '../../instruments/schema.ts'
import type { ReportDefinition, ReportGroup } from '../../protocols/report-schema.ts'
import { seatsOf } from '../../protocols/weights.ts'
import type { ExportAssignment, ExportCase } from '../queries/export-rows.ts'
import type { Score } from '../queries/responses.ts'
import type { Needed } from './needed.ts'
import type { CaseOfCell } from './result.ts'

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
  /** Whose it is: the one whom it is about, or else who answers; the same for two of whom one took the place of the other. */
  person: string
  completed: boolean
  answers: Answers
  notApplicable: ReadonlySet<string>
  scores: ReadonlyMap<string, Pick<Score, 'raw' | 'z' | 'band' | 'reason'>>
  weights: ReadonlyMap<string, number>
}

/** Makes report cases; conditions of groups are read once. `now` is the moment of the report. */
export function reportCases({ groups }: ReportDefinition, needed: Needed, now: string): (whole: ExportCase) => ReportCase {
  const conditions = new Map(
    Object.entries(groups).flatMap(([name, { answers }]) => (answers ? [[name, readCondition(answers.condition)] as const] : [])),
  )
  return (whole) => {
    const { id, code, arm, cohort, region, participants } = whole
    const seats = seatsOf(participants)
    const lists = whole.assignments.filter((one) => wasAsked(one, now)).toSorted(inOrder)
    return {
      id,
      code,
      arm,
      cohort,
      region,
      groups: groupsOf(whole, groups, conditions, now),
      lists: lists.flatMap((one) => {
        const wanted = needed.get(one.instrumentId)
        if (!wanted) return []
        const person = one.about ?? one.participant
        return [
          {
            instrument: one.instrumentId,
            version: one.instrumentVersion,
            wave: one.wave,
            role: one.participant.role,
            person: seats.get(person.id) ?? person.id,
            completed: one.response !== undefined,
            answers: only(one.response?.answers ?? {}, wanted.items),
            notApplicable: one.response?.notApplicable ?? new Set(),
            scores: new Map([...(one.response?.scores ?? [])].filter(([scale]) => wanted.scales.has(scale))),
            weights: one.weights ?? new Map(),
          },
        ]
      }),
    }
  }
}

/** What is still to come has not been asked, nor what was planned and taken back when facts of the case changed. */
const wasAsked = ({ state, reason, response, opensAt }: ExportAssignment, now: string): boolean =>
  response !== undefined || (opensAt <= now && !(state === 'cancelled' && reason === null))

const inOrder = (a: ExportAssignment, b: ExportAssignment): number =>
  compare(a.participant.role, b.participant.role) ||
  a.participant.number - b.participant.number ||
  compare(a.about?.role ?? '', b.about?.role ?? '') ||
  (a.about?.number ?? 0) - (b.about?.number ?? 0) ||
  compare(a.id, b.id)

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b))

const only = (answers: Answers, names: ReadonlySet<string>): Answers =>
  Object.fromEntries(Object.entries(answers).filter(([name]) => names.has(name)))

function groupsOf(
  whole: ExportCase,
  groups: ReportDefinition['groups'],
  conditions: ReadonlyMap<string, Condition>,
  now: string,
): Set<string> {
  const alone = Object.entries(groups).filter(([name, group]) => !group.together && isIn(whole, group, conditions.get(name), now))
  const names = new Set(alone.map(([name]) => name))
  const made = Object.entries(groups).filter(([, { together }]) => together?.some((name) => names.has(name)))
  return new Set([...names, ...made.map(([name]) => name)])
}

const isIn = (whole: ExportCase, { arms, cohorts, answers, list }: ReportGroup, condition: Condition | undefined, now: string): boolean =>
  (arms?.includes(whole.arm) ?? true) &&
  (cohorts?.includes(whole.cohort) ?? true) &&
  (list === undefined || hasCome(whole, list, now) === list.came) &&
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
