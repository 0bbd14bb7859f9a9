import { fQuantile, normalQuantile, tQuantile } from './distributions.ts'
import { type Interval, type Refused, tailOf, type Warning } from './outcome.ts'
import { largest, mean, spreadRefusal, squaresAround, sum, variance } from './sums.ts'
import { differencesOf } from './t-test.ts'
import { placeOf, transitions } from './transitions.ts'

export interface Agreement {
  /** Pairs: cases that both sources said something about. */
  n: number
  estimate: number
  interval: Interval
}

/** What a disagreement weighs: all the same, by its distance in categories, or by the square of that. */
export type KappaWeights = 'none' | 'linear' | 'quadratic'

export interface Kappa extends Agreement {
  weights: KappaWeights
  /** Pairs of which one is missing. */
  leftOut: number
  /** Share of pairs in the same category, unweighted, from 0 to 1. */
  same: number
  /** counts[i][j]: the first source said category i, the second category j. */
  counts: number[][]
}

/**
 * Cohen's kappa of two sources about the same cases, for categories in their order: 1 - sum(v o) / sum(v e), with v the weight of a
 * disagreement, o the observed and e the expected share of a cell (Psychological Bulletin 70 (1968), 213-220). Its interval is the
 * normal one with the large-sample variance of Fleiss, Cohen and Everitt, Psychological Bulletin 72 (1969), 323-327.
 *
 * Refused when there are fewer than two pairs, or both sources have one and the same category throughout.
 */
export function kappa<Category extends string>(
  categories: readonly Category[],
  pairs: readonly (readonly [Category | null, Category | null])[],
  weights: KappaWeights,
  level = 0.95,
): Kappa | Refused {
  const { counts, n, leftOut, same } = transitions(categories, pairs)
  if (n < 2) return { refused: 'too-few', n, needed: 2 }
  const places = [...categories.keys()]
  const last = Math.max(1, categories.length - 1)
  // 1 for the same category, 0 for the farthest.
  const agreed = (i: number, j: number): number =>
    weights === 'none' ? Number(i === j) : 1 - (Math.abs(i - j) / last) ** (weights === 'linear' ? 1 : 2)
  const share = (i: number, j: number): number => (counts[i]?.[j] as number) / n
  const rows = places.map((i) => sum(places.map((j) => share(i, j))))
  const columns = places.map((j) => sum(places.map((i) => share(i, j))))
  const over = (of: (i: number, j: number, row: number, column: number) => number): number =>
    sum(places.flatMap((i) => places.map((j) => of(i, j, rows[i] as number, columns[j] as number))))
  const observed = over((i, j) => agreed(i, j) * share(i, j))
  const expected = over((i, j, row, column) => agreed(i, j) * row * column)
  if (1 - expected < 1e-12) return { refused: 'no-variance' }
  const estimate = (observed - expected) / (1 - expected)
  // The mean weight that a row or column has by chance.
  const ofRow = places.map((i) => sum(places.map((j) => agreed(i, j) * (columns[j] as number))))
  const ofColumn = places.map((j) => sum(places.map((i) => agreed(i, j) * (rows[i] as number))))
  const squares = over((i, j) => share(i, j) * (agreed(i, j) - ((ofRow[i] as number) + (ofColumn[j] as number)) * (1 - estimate)) ** 2)
  const spread = Math.max(0, squares - (estimate - expected * (1 - estimate)) ** 2)
  const half = (normalQuantile(tailOf(level)) * Math.sqrt(spread / n)) / (1 - expected)
  return { weights, n, leftOut, same: same / n, counts, estimate, interval: { level, from: estimate - half, to: estimate + half } }
}

/** Share of pairs with the same category, from 0 to 1, with how many there are; for a Wilson interval see `proportion`. */
export function sameCategory<Category extends string>(
  categories: readonly Category[],
  pairs: readonly (readonly [Category | null, Category | null])[],
): { count: number; of: number; leftOut: number } {
  for (const category of pairs.flat()) if (category !== null) placeOf(categories, category)
  const { same, n, leftOut } = transitions(categories, pairs)
  return { count: same, of: n, leftOut }
}

export interface Intraclass extends Omit<Agreement, 'interval'> {
  /** Null where its df cannot be approximated; a warning says so. */
  interval: Interval | null
  warnings: Warning[]
}

/**
 * The intraclass correlation of two sources about the same cases, for absolute agreement of a single source: ICC(A,1) of McGraw and
 * Wong, Psychological Methods 1 (1996), 30-46, which is ICC(2,1) of Shrout and Fleiss (1979). With the mean squares of cases, sources
 * and error:
 *
 *     (cases - error) / (cases + error + 2 (sources - error) / n)
 *
 * Its interval is McGraw and Wong's (their table 7, with Satterthwaite's df); there is none for a correlation so far below 0 that
 * these df are below 1. Refused for fewer than three pairs or when no value differs.
 */
export function intraclass(first: readonly number[], second: readonly number[], level = 0.95): Intraclass | Refused {
  const differences = differencesOf(first, second)
  const n = differences.length
  if (n < 3) return { refused: 'too-few', n, needed: 3 }
  const all = [...first, ...second]
  const refused = spreadRefusal(Math.sqrt(variance(all)), largest(all))
  if (refused) return refused
  const cases = squaresAround(first.map((value, index) => (value + (second[index] as number)) / 2)) * (2 / (n - 1))
  const sources = (n * mean(differences) ** 2) / 2
  const error = squaresAround(differences) / 2 / (n - 1)
  const estimate = (cases - error) / (cases + error + (2 * (sources - error)) / n)
  const limits = limitsOfIntraclass(cases, sources, error, estimate, n, tailOf(level))
  return { n, estimate, interval: limits && { level, ...limits }, warnings: limits ? [] : [{ code: 'no-interval' }] }
}

function limitsOfIntraclass(cases: number, sources: number, error: number, estimate: number, n: number, tail: number) {
  // Two sources in exact agreement: nothing is left to be uncertain about.
  if (1 - estimate < 1e-14) return { from: 1, to: 1 }
  const a = (2 * estimate) / (n * (1 - estimate))
  const b = 1 + (2 * estimate * (n - 1)) / (n * (1 - estimate))
  const df = (a * sources + b * error) ** 2 / ((a * sources) ** 2 + (b * error) ** 2 / (n - 1))
  // Of two shares of which one is negative. NaN when both are nothing.
  if (!(df >= 1)) return null
  const below = fQuantile(tail, n - 1, df)
  const above = fQuantile(tail, df, n - 1)
  return {
    from: (n * (cases - below * error)) / (below * (2 * sources + (n - 2) * error) + n * cases),
    to: (n * (above * cases - error)) / (2 * sources + (n - 2) * error + n * above * cases),
  }
}

export interface Limits {
  n: number
  /** Mean of the differences, first - second, and its t interval. */
  bias: Agreement
  sd: number
  /** bias -+ 1.96 sd, each with its interval. */
  lower: Agreement
  upper: Agreement
}

/**
 * The limits of agreement of Bland and Altman between which 95% of the differences of two sources are expected: the mean difference
 * -+ 1.96 sd; each limit with the interval of Statistical Methods in Medical Research 8 (1999), 135-160: t times
 * sd sqrt(1/n + 1.96^2 / (2 (n - 1))). Refused for fewer than two pairs; an sd of 0 is an answer here.
 */
export function limitsOfAgreement(first: readonly number[], second: readonly number[], level = 0.95): Limits | Refused {
  const differences = differencesOf(first, second)
  const n = differences.length
  if (n < 2) return { refused: 'too-few', n, needed: 2 }
  const sd = Math.sqrt(variance(differences))
  if (!(sd < 1e75)) return { refused: 'beyond-numbers' }
  const t = tQuantile(tailOf(level), n - 1)
  const around = (estimate: number, standardError: number): Agreement => {
    const half = t * standardError
    return { n, estimate, interval: { level, from: estimate - half, to: estimate + half } }
  }
  const middle = mean(differences)
  const ofLimit = sd * Math.sqrt(1 / n + limit ** 2 / (2 * (n - 1)))
  const [lower, upper] = [around(middle - limit * sd, ofLimit), around(middle + limit * sd, ofLimit)]
  return { n, bias: around(middle, sd / Math.sqrt(n)), sd, lower, upper }
}

/** As they wrote it in 1999; 1.959964 would be no better a choice. */
const limit = 1.96
