/** The values behind a cell: of whom, how many lack one, and how many were asked. Pure. */
import { ownValue } from '../../instruments/own-value.ts'
import { inRecord, isRecords } from '../../instruments/records.ts'
import type { Answer, Answers } from '../../instruments/schema.ts'
import type { Place } from '../../protocols/report-places.ts'
import type { ItemMeasure, Measure, ReportTable, ScaleMeasure } from '../../protocols/report-schema.ts'
import { comparableVersions } from './comparable.ts'
import { instrumentsOf, type ReportContext } from './context.ts'
import { eachAt, isIn } from './lists-at.ts'
import type { ReportCase, ReportList } from './report-case.ts'
import { isComplete, samePeople } from './same-people.ts'
import { reliabilityOf } from './scale-items.ts'
import { describe } from './statistics/describe.ts'
import { isRefused } from './statistics/outcome.ts'
import { cutoffOfNorm, reliableChange } from './statistics/reliable-change.ts'

/** A number, a band or fact, or what was ticked. */
export type Value = number | string | readonly number[]

export interface Observation {
  of: ReportCase
  /** The same for the same person (or case, where cases are counted) in another wave. */
  who: string
  value: Value
  /** The list or record that it is in; of a fact, or whether a list came, nothing but the case. */
  from?: object
  /** How much it counts; 1 unless lists are weighted. */
  weight: number
  /** Of a list that came: how many days after its window opened. */
  days?: number
  /** Of a list, or of any list of a case: whether there was time left to answer, whoever did. */
  isOpen?: boolean
}

export interface Observed {
  values: Observation[]
  /** Who filled in the list and has no valid value. */
  missing: Omit<Observation, 'value'>[]
  /** Of how many lists (or cases) there could be a value; null for records and for changes. */
  asked: number | null
  /** Versions that were left out, as `id@version`. */
  left: string[]
}

export interface Asked {
  measure: Measure
  place: Place
  unit: ReportTable['unit']
  /** Answers that count as missing. */
  unknown?: readonly number[] | undefined
}

/** Everything that a cell is made from. Worked out once for equal questions. */
export function observe(context: ReportContext, asked: Asked): Observed {
  const { measure, place, unit, unknown = [] } = asked
  const key = JSON.stringify([measure, place, unit, unknown])
  const known = context.known.get(key)
  if (known) return known
  const found = allWaves(context, asked)
  context.known.set(key, found)
  return found
}

/** Who has values in other waves, too, where the place or the measure wants that. */
function allWaves(context: ReportContext, asked: Asked): Observed {
  const { measure, place, unit } = asked
  if ('fact' in measure) return observeFacts(context, measure.fact, place)
  if ('list' in measure) return observeCame(context, asked)
  const { since, ...all } = measure
  const { reliable: _, ...now } = { reliable: undefined, ...all }
  const { answeredIn = [], ...here } = place
  const own = { ...asked, measure: now as ListsAsked['measure'], place: here }
  const found = observeLists(context, own)
  if (since === undefined && place.answeredIn === undefined) return found
  const others = [...answeredIn, ...(since === undefined ? [] : [since])].map((wave) => ({ ...here, wave }))
  const rows = samePeople(
    unit,
    [here, ...others].map((at) => observe(context, { ...own, place: at, unit: 'list' }).values),
  ).filter(isComplete)
  const counted = { ...found, missing: [], asked: null }
  if (since === undefined) return { ...counted, values: valuesOf(rows, found.values, unit) }
  // The wave since which it changed is the last of the others.
  const pairs = rows.map((row): Pair => ({ before: row.at(-1) as Observation, after: named(row[0] as Observation, unit) }))
  if ('scale' in measure && measure.reliable) return { ...counted, ...reliably(context, asked, since, pairs) }
  return { ...counted, values: pairs.map(({ before, after }) => ({ ...after, value: Number(after.value) - Number(before.value) })) }
}

/** Of the same person, or of one person of a case. */
interface Pair {
  before: Observation
  after: Observation
}

/** Of a list all values count of whom there is something in each wave, such as all records; of a case that of the one person. */
function valuesOf(rows: readonly Observation[][], values: Observation[], unit: Asked['unit']): Observation[] {
  if (unit === 'case') return rows.flatMap(([one]) => (one ? [named(one, unit)] : []))
  const people = new Set(rows.flatMap(([one]) => one?.who ?? []))
  return values.filter(({ who }) => people.has(who))
}

const named = (one: Observation, unit: Asked['unit']): Observation => (unit === 'case' ? { ...one, who: one.of.id } : one)

function observeFacts({ cases }: ReportContext, fact: 'arm' | 'cohort' | 'region', place: Place): Observed {
  const observed: Observed = { values: [], missing: [], asked: 0, left: [] }
  for (const of of cases.filter((one) => isIn(one, place))) {
    const value = of[fact]
    if (value === null) observed.missing.push({ of, who: of.id, weight: 1 })
    else observed.values.push({ of, who: of.id, value, weight: 1 })
  }
  observed.asked = observed.values.length + observed.missing.length
  return observed
}

/** Of each list that was asked whether it came; of a case, whether one of its people sent it. */
function observeCame(context: ReportContext, { place, unit }: Asked): Observed {
  const observed: Observed = { values: [], missing: [], asked: 0, left: [] }
  eachAt(context, place, (of, lists) => {
    const found = lists.map((list): Observation => {
      const value = list.completed ? 'came' : 'not'
      const { days, isOpen } = list
      return { of, who: whoOf(of, list, unit), value, weight: 1, ...(days !== undefined && { days }), ...(isOpen && { isOpen }) }
    })
    if (unit === 'list') observed.values.push(...found)
    else {
      const came = found.filter(({ value }) => value === 'came').sort((a, b) => (a.days ?? 0) - (b.days ?? 0))
      const isOpen = found.some((one) => one.isOpen)
      observed.values.push({ ...(came[0] ?? (found[0] as Observation)), ...(isOpen && { isOpen }) })
    }
  })
  return { ...observed, asked: observed.values.length }
}

/** Who changed by more than chance. The standard error is of everybody who answered at the start, in whatever group. */
function reliably(
  context: ReportContext,
  { measure, place, unit }: Asked,
  since: string,
  pairs: readonly Pair[],
): Pick<Observed, 'values' | 'missing'> {
  const start = { ...place, wave: since, groups: [] }
  const { scale, part } = measure as ScaleMeasure
  const plain: ScaleMeasure = { scale, part }
  const all = observe(context, { measure: plain, place: start, unit }).values.map(({ value }) => Number(value))
  const { sd } = withoutRefusal(describe(all))
  const { value: reliability } = reliabilityOf(context, 'alpha', { measure, place: start, unit })
  const worse = instrumentsOf(context, place.instruments)[0]?.latest.scales.find(({ id }) => id === scale)?.worse
  if (sd === null || reliability === null || !worse) return { values: [], missing: pairs.map(({ after }) => after) }
  // Of a raw score nobody knows from where on it belongs to those with problems.
  const cutoff = part === 'z' ? cutoffOfNorm({ mean: 0, sd: 1 }, worse) : null
  const scores = pairs.map(({ before, after }) => ({ before: Number(before.value), after: Number(after.value) }))
  const found = reliableChange(scores, { sd, reliability, worse, cutoff })
  if (isRefused(found)) return { values: [], missing: pairs.map(({ after }) => after) }
  return { values: pairs.map(({ after }, index) => ({ ...after, value: found[index]?.change as string })), missing: [] }
}

const withoutRefusal = (described: ReturnType<typeof describe>): { sd: number | null } => (isRefused(described) ? { sd: null } : described)

interface ListsAsked extends Asked {
  measure: ScaleMeasure | ItemMeasure
}

function observeLists(context: ReportContext, { measure, place, unit, unknown = [] }: ListsAsked): Observed {
  const comparable = new Map(instrumentsOf(context, place.instruments).map((one) => [one.id, comparableVersions(one, measure)]))
  const observed: Observed = { values: [], missing: [], asked: 0, left: [] }
  const left = new Set<string>()
  let asked = 0
  eachAt(context, { ...place, instruments: [...comparable.keys()] }, (of, lists) => {
    asked += unit === 'list' ? lists.length : 1
    const found: (Omit<Observation, 'value'> & { value: Value | null })[] = []
    for (const list of lists) {
      if (!list.completed) continue
      if (!comparable.get(list.instrument)?.has(list.version)) {
        left.add(`${list.instrument}@${list.version}`)
        continue
      }
      const weight = place.weight === undefined ? 1 : (list.weights.get(place.weight) ?? 0)
      if (place.weight !== undefined && weight === 0) continue
      for (const { value, from } of valuesIn(list, measure, unknown)) found.push({ of, who: whoOf(of, list, unit), value, from, weight })
    }
    // Of a case that counts once, the first valid value; missing only if nobody has one.
    const counted = unit === 'list' ? found : [found.find(({ value }) => value !== null) ?? found[0] ?? []].flat()
    for (const { value, ...one } of counted)
      if (value === null) observed.missing.push(one)
      else observed.values.push({ ...one, value })
  })
  const counts = 'item' in measure && measure.within !== undefined ? null : asked
  return { ...observed, asked: counts, left: [...left].sort() }
}

const whoOf = (of: ReportCase, { person, instrument }: ReportList, unit: Asked['unit']): string =>
  unit === 'case' ? of.id : `${of.id}/${instrument}/${person}`

interface Found {
  value: Value | null
  from: object
}

/** The values of a list, null for each that is missing; none for what was not asked of it. */
function valuesIn(list: ReportList, measure: ScaleMeasure | ItemMeasure, unknown: readonly number[]): Found[] {
  if ('scale' in measure) {
    const score = list.scores.get(measure.scale)
    return score?.reason === 'not-asked' ? [] : [{ value: score?.[measure.part] ?? null, from: list }]
  }
  const { item, within } = measure
  if (within === undefined) return answerTo(list.answers, item, item, list, list, unknown)
  const records = ownValue(list.answers, within)
  return isRecords(records)
    ? records.flatMap((record, index) => answerTo(record, item, inRecord(within, index, item), list, record, unknown))
    : []
}

function answerTo(
  answers: Answers,
  item: string,
  called: string,
  { notApplicable }: ReportList,
  from: object,
  unknown: readonly number[],
): Found[] {
  return notApplicable.has(called) ? [] : [{ value: asValue(ownValue(answers, item), unknown), from }]
}

function asValue(answer: Answer | undefined, unknown: readonly number[]): Value | null {
  if (typeof answer === 'number') return unknown.includes(answer) ? null : answer
  if (!Array.isArray(answer) || isRecords(answer)) return null
  const ticked = (answer as number[]).filter((value) => !unknown.includes(value))
  return ticked.length === 0 ? null : ticked
}
