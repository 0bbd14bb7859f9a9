import { tQuantile, tUpper } from './distributions.ts'
import { type Interval, type Refused, type Sides, tailOf } from './outcome.ts'
import { assertFinite, largest, mean, spreadRefusal, squaresAround, sum, variance } from './sums.ts'

export interface TTest {
  /** `student` takes the variances of the two groups to be equal, `welch` does not; `paired` is about the same people twice. */
  test: 'student' | 'welch' | 'paired'
  t: number
  df: number
  p: number
  sides: Sides
  /** Of the two groups; of a paired test the pairs, twice. */
  n: [number, number]
  means: [number, number]
  sds: [number, number]
  /** The difference of the means, first - second. */
  estimate: number
  standardError: number
  /** Of the difference; two-sided, also where the test is not. */
  interval: Interval
}

export interface TOptions {
  /** As set beforehand. `greater`: the first mean is the greater one. */
  sides: Sides
  level?: number
}

/**
 * The t test of two groups of different people (Student, 1908; Welch, Biometrika 34 (1947), 28-35).
 *
 *     student: se^2 = (ss1 + ss2) / (n1 + n2 - 2) * (1/n1 + 1/n2),  df = n1 + n2 - 2
 *     welch:   se^2 = v1/n1 + v2/n2,  df = se^4 / ((v1/n1)^2 / (n1 - 1) + (v2/n2)^2 / (n2 - 1))
 *
 * Refused when a group has fewer than two, or when nobody differs within the groups.
 */
export function twoGroupsT(
  kind: 'student' | 'welch',
  first: readonly number[],
  second: readonly number[],
  { sides, level = 0.95 }: TOptions,
): TTest | Refused {
  assertFinite(first, second)
  for (const [group, { length: n }] of [first, second].entries()) if (n < 2) return { refused: 'too-few', n, needed: 2, group }
  const [n1, n2] = [first.length, second.length]
  const [v1, v2] = [variance(first), variance(second)]
  const within = kind === 'student' ? (squaresAround(first) + squaresAround(second)) / (n1 + n2 - 2) : 0
  const [share1, share2] = kind === 'student' ? [within / n1, within / n2] : [v1 / n1, v2 / n2]
  const standardError = Math.sqrt(share1 + share2)
  const refused = spreadRefusal(standardError, largest(first, second))
  if (refused) return refused
  const df = kind === 'student' ? n1 + n2 - 2 : (share1 + share2) ** 2 / (share1 ** 2 / (n1 - 1) + share2 ** 2 / (n2 - 1))
  const means: [number, number] = [mean(first), mean(second)]
  const about = { n: [n1, n2] as [number, number], means, sds: [Math.sqrt(v1), Math.sqrt(v2)] as [number, number] }
  return { test: kind, ...about, ...judged(means[0] - means[1], standardError, df, sides, level) }
}

/**
 * The t test of the same people twice, on their differences: `first[i]` and `second[i]` are of one person (one case). Refused
 * when there are fewer than two pairs or all differences are the same.
 */
export function pairedT(first: readonly number[], second: readonly number[], { sides, level = 0.95 }: TOptions): TTest | Refused {
  const differences = differencesOf(first, second)
  const n = differences.length
  if (n < 2) return { refused: 'too-few', n, needed: 2 }
  const standardError = Math.sqrt(variance(differences) / n)
  const refused = spreadRefusal(standardError, largest(first, second))
  if (refused) return refused
  const sds: [number, number] = [Math.sqrt(variance(first)), Math.sqrt(variance(second))]
  const about = { n: [n, n] as [number, number], means: [mean(first), mean(second)] as [number, number], sds }
  return { test: 'paired', ...about, ...judged(sum(differences) / n, standardError, n - 1, sides, level) }
}

/** first - second of each pair. Throws a RangeError when they are no pairs. */
export function differencesOf(first: readonly number[], second: readonly number[]): number[] {
  assertFinite(first, second)
  if (first.length !== second.length)
    throw new RangeError(`Pairs are of two equally long rows, not of ${first.length} and ${second.length}`)
  return first.map((value, index) => value - (second[index] as number))
}

function judged(estimate: number, standardError: number, df: number, sides: Sides, level: number) {
  const t = estimate / standardError
  const p = sides === 'two' ? 2 * tUpper(Math.abs(t), df) : tUpper(sides === 'greater' ? t : -t, df)
  const half = tQuantile(tailOf(level), df) * standardError
  return { t, df, p, sides, estimate, standardError, interval: { level, from: estimate - half, to: estimate + half } }
}
