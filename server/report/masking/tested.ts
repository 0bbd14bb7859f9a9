/** Of whom the tests of a table tell, so that masking knows what an n of a test gives away. */
import { type Place, placeOf } from '../../../protocols/report-places.ts'
import type { Measure, ReportTable, ReportTest } from '../../../protocols/report-schema.ts'
import { whatOf } from '../making.ts'
import type { TestResult } from '../result.ts'
import type { Amount } from './amounts.ts'
import type { CountedAs } from './in-rows.ts'
import type { Spread } from './spread.ts'

export interface Tested {
  measure: Measure
  unit: ReportTable['unit']
  /** What is compared: a place per group, or per wave. */
  places: Place[]
  /** Of whose values its means are; only where small numbers are left out. */
  spreads?: Spread[]
  /** Of a chi-square what its counts are; only where small numbers are left out. */
  counts?: CountedAs[]
}

/** One for each test, in their order. */
export const testedIn = (table: ReportTable): Tested[] =>
  table.tests.map((test) => ({
    measure: measureOf(test),
    unit: table.unit,
    places: sidesOf(test).map((one) => placeOf(table.of, test.of, one)),
  }))

export const measureOf = (test: ReportTest): Measure => ('count' in test ? test.count : test.describe)

/** What is compared: groups, or waves. */
export const sidesOf = (test: ReportTest): { group?: string; wave?: string }[] =>
  'groups' in test && test.groups
    ? test.groups.map((group) => ({ group }))
    : 'waves' in test && test.waves
      ? test.waves.map((wave) => ({ wave }))
      : []

/** How many people a test tells of: of each n that it prints, and of those who were left out. Tests of groups that add up add up, too. */
export function amountsOfTest({ kind, outcome }: TestResult, { measure, unit, places }: Tested): { n: Amount[]; dropped: Amount[] } {
  const what = (part: string, where: unknown): string => JSON.stringify([part, kind === 'chi-square', measure, unit, where])
  const amount = (part: string, count: number, where: unknown, groups: readonly string[]): Amount => ({
    what: what(part, where),
    groups,
    count,
    cells: [],
  })
  // Too few of one group: how few is a number as any.
  if ('refused' in outcome) return { n: 'n' in outcome ? [amount('too few', outcome.n, places, [])] : [], dropped: [] }
  const [first] = places
  const waves = places.map(withoutGroups)
  const own = first?.groups ?? []
  const n = outcome.n.map((count, at) => {
    const place = places[at]
    // An n per group; or one n of the same people in all waves; or groups of which an empty one was left out.
    if (place && outcome.n.length === places.length) {
      const made = amount('n', count, withoutGroups(place), place.groups)
      // That of a mean stands above it.
      return kind === 'chi-square' ? made : { ...made, what: whatOf(measure, place, unit, 'n') }
    }
    return outcome.n.length === 1 ? amount('n', count, waves, own) : amount(`n of ${at}`, count, places, [])
  })
  return { n, dropped: outcome.dropped ? [amount('dropped', outcome.dropped, waves, own)] : [] }
}

const withoutGroups = ({ groups: _, ...place }: Place): Omit<Place, 'groups'> => place

/**
 * Whether an amount is of people whom a test tells of: the same list or question, the same cases, and no other wave, role
 * or instrument. In which shape it is shown (as a score, a band, a change) makes no difference to who they are.
 */
export const isTested = (
  of: NonNullable<Amount['of']>,
  { measure, places }: Pick<Tested, 'measure' | 'places'>,
  areSame: AreSame,
): boolean => subjectOf(of.measure) === subjectOf(measure) && places.some((place) => isAlike(of.place, place, areSame))

/** Whether groups are the same cases. */
type AreSame = (one: readonly string[], other: readonly string[]) => boolean

const subjectOf = (measure: Measure): string =>
  'scale' in measure
    ? `scale ${measure.scale}`
    : 'item' in measure
      ? `item ${measure.within ?? ''} ${measure.item}`
      : JSON.stringify(measure)

const isAlike = (one: Place, other: Place, areSame: AreSame): boolean =>
  areSame(one.groups, other.groups) &&
  (['wave', 'role', 'instruments'] as const).every((key) => {
    const [mine, its] = [one[key], other[key]]
    return mine === undefined || its === undefined || String(mine) === String(its)
  })
