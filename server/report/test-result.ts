/** The tests of a table: what the definition asks for, worked out or refused with a code. */
import { placeOf } from '../../protocols/report-places.ts'
import type { Category, ReportTable, ReportTest } from '../../protocols/report-schema.ts'
import { categoriesOf, categoriesWith, isSeveral } from './categories.ts'
import type { ReportContext } from './context.ts'
import { measureOf, sidesOf } from './masking/tested.ts'
import { type Observation, observe } from './observe.ts'
import type { TestOutcome, TestResult } from './result.ts'
import { samePeople, unitOfPeople } from './same-people.ts'
import { bootstrapSeed, level } from './statistic-of.ts'
import { oneWay } from './statistics/analysis-of-variance.ts'
import { bootstrapMeans } from './statistics/bootstrap.ts'
import { chiSquareTest } from './statistics/chi-square-test.ts'
import { pairedD, twoGroupsD } from './statistics/effect-size.ts'
import { isRefused, type Refused } from './statistics/outcome.ts'
import { proportionDifference } from './statistics/proportions.ts'
import { repeatedMeasures } from './statistics/repeated-measures.ts'
import { pairedT, type TTest, twoGroupsT } from './statistics/t-test.ts'
import { groupTitle, titleOfMeasure, waveTitle } from './titles.ts'

export const testsOf = (context: ReportContext, table: ReportTable): TestResult[] =>
  table.tests.map((test) => {
    const places = sidesOf(test).map((one) => placeOf(table.of, test.of, one))
    const measure = measureOf(test)
    const own = titleOfMeasure(context, measure, places[0] ?? placeOf(table.of, test.of))
    const apart = test.title ?? (test.of?.wave === undefined ? undefined : waveTitle(context, test.of))
    const title = apart ? { nl: `${own.nl}, ${apart.nl}`, en: `${own.en}, ${apart.en}` } : own
    const between = sidesOf(test).map((one) => groupTitle(context, one) ?? waveTitle(context, one) ?? { nl: '', en: '' })
    return { kind: test.kind, title, between, sides: test.sides, outcome: outcomeOf(context, table, test) }
  })

function outcomeOf(context: ReportContext, table: ReportTable, test: ReportTest): TestOutcome | Refused {
  const measure = measureOf(test)
  const unknown = 'unknown' in test ? test.unknown : undefined
  const places = sidesOf(test).map((one) => placeOf(table.of, test.of, one))
  if (test.kind === 'paired-t' || test.kind === 'repeated-anova') {
    const unit = unitOfPeople(measure, table.unit)
    const people = places.map((place) => observe(context, { measure, place, unit, unknown }).values)
    return repeated(test, samePeople(table.unit, people), context.definition.alpha)
  }
  const samples = places.map((place) => observe(context, { measure, place, unit: table.unit, unknown }).values)
  // The same case in two groups would be counted as two.
  if (hasShared(samples)) return { refused: 'same-people' }
  if (test.kind === 'chi-square') {
    if (places.length === 0) return { refused: 'too-few', n: 0, needed: 2 }
    const categories = categoriesOf(context, measure, places, test.categories, test.unknown)
    if (places.some((place) => isSeveral(context, measure, place))) return { refused: 'same-people' }
    const counts = samples.map((sample) =>
      categories.map((one) => sample.filter(({ value }) => categoriesWith([one], value).length > 0).length),
    )
    const found = chiSquareTest('different-people', counts)
    if (isRefused(found)) return found
    const share = shareOf(categories, counts)
    const made = judged(context, { statistic: 'X2', value: found.chiSquare, df: [found.df], p: found.p, n: found.rows }, found.warnings, {
      name: 'cramers-v',
      value: found.cramersV,
      interval: null,
    })
    return share ? { ...made, share } : made
  }
  const numbers = samples.map(numbersIn)
  if (test.kind === 'anova') {
    const found = oneWay(numbers)
    if (isRefused(found)) return found
    const effect = { name: 'eta-squared' as const, value: found.etaSquared, interval: null }
    return judged(context, { statistic: 'F', value: found.f, df: found.df, p: found.p, n: found.n }, [], effect)
  }
  const [first = [], second = []] = numbers
  if (test.kind === 'bootstrap-difference') return difference(first, second)
  const found = twoGroupsT(test.variances === 'equal' ? 'student' : 'welch', first, second, { sides: test.sides, level })
  return isRefused(found) ? found : ofT(context.definition.alpha, found, found.n, 'd', twoGroupsD(first, second, level))
}

/** By its interval alone: of skewed numbers, such as costs, a t test asks too much of the means. */
function difference(first: readonly number[], second: readonly number[]): TestOutcome | Refused {
  const found = bootstrapMeans([first, second], { seed: bootstrapSeed, level })
  if (isRefused(found)) return found
  const { estimate: value, bca: interval, n, warnings } = found
  const significant = interval.from > 0 || interval.to < 0
  return { statistic: 'difference', value, df: [], p: null, significant, n, difference: { value, interval }, warnings }
}

/** Of two groups and two categories that somebody chose; of more there is no one difference. */
function shareOf(categories: readonly Category[], counts: readonly (readonly number[])[]): TestOutcome['share'] {
  const chosen = categories.flatMap(({ title }, at) => (counts.some((group) => (group[at] ?? 0) > 0) ? [{ title, at }] : []))
  const [first, second] = chosen
  if (counts.length !== 2 || chosen.length !== 2 || !first || !second) return undefined
  const [one, other] = counts.map((group) => ({ count: group[first.at] ?? 0, of: (group[first.at] ?? 0) + (group[second.at] ?? 0) }))
  const found = one && other && proportionDifference(one, other, level)
  if (!found || isRefused(found)) return undefined
  const { from, to } = found.interval
  return { category: first.title, value: 100 * found.estimate, interval: { level, from: 100 * from, to: 100 * to } }
}

const numbersIn = (sample: readonly Observation[]): number[] => sample.map(({ value }) => Number(value))

const hasShared = (samples: readonly (readonly Observation[])[]): boolean => {
  const ids = samples.flatMap((sample) => [...new Set(sample.map(({ of }) => of.id))])
  return new Set(ids).size < ids.length
}

/** Of the same people in several waves: only those with a value in each count. */
function repeated(
  test: ReportTest & { kind: 'paired-t' | 'repeated-anova' },
  people: readonly (Observation | null)[][],
  alpha: number,
): TestOutcome | Refused {
  const rows = people.map((row) => row.map((one) => (one === null ? null : Number(one.value))))
  const complete = rows.filter((row): row is number[] => row.every((value) => value !== null))
  const dropped = rows.length - complete.length
  if (test.kind === 'paired-t') {
    const [first, second] = [0, 1].map((wave) => complete.map((row) => row[wave] as number)) as [number[], number[]]
    const found = pairedT(first, second, { sides: test.sides, level })
    return isRefused(found)
      ? found
      : { ...ofT(alpha, found, [complete.length], 'dz', pairedD('sd-of-differences', first, second, level)), dropped }
  }
  const found = repeatedMeasures(rows)
  if (isRefused(found)) return found
  // Of two waves there is no sphericity to correct for, and both are the same.
  const { df, p } = found.corrected.greenhouseGeisser
  return {
    statistic: 'F',
    value: found.f,
    df,
    p,
    significant: p < alpha,
    n: [found.n],
    dropped,
    effect: { name: 'partial-eta-squared', value: found.partialEtaSquared, interval: null },
    warnings: [],
  }
}

function ofT(alpha: number, found: TTest, n: number[], name: 'd' | 'dz', size: ReturnType<typeof twoGroupsD>): TestOutcome {
  return {
    statistic: 't',
    value: found.t,
    df: [found.df],
    p: found.p,
    significant: found.p < alpha,
    n,
    difference: { value: found.estimate, interval: found.interval },
    ...(isRefused(size) ? {} : { effect: { name, value: size.d, interval: size.interval } }),
    warnings: isRefused(size) ? [] : size.warnings,
  }
}

const judged = (
  { definition }: ReportContext,
  found: Pick<TestOutcome, 'statistic' | 'value' | 'df' | 'n'> & { p: number },
  warnings: TestOutcome['warnings'],
  effect: NonNullable<TestOutcome['effect']>,
): TestOutcome => ({ ...found, significant: found.p < definition.alpha, effect, warnings })
