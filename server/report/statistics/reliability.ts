import { fQuantile } from './distributions.ts'
import { type OmegaOptions, omegaInterval, omegaOf } from './omega-interval.ts'
import { loadingsOf } from './one-factor.ts'
import { type Interval, type Refused, tailOf, type Warning } from './outcome.ts'
import { assertFinite, covariance, covariances, isConstant, largest, spreadRefusal, sum, variance } from './sums.ts'

export interface Reliability {
  coefficient: 'alpha' | 'omega'
  estimate: number
  /** Of alpha that of Feldt, of omega by bootstrap. */
  interval: Interval | null
  items: number
  /** Cases with a value for every item: only these count. */
  n: number
  /** Cases of which a value is missing. */
  leftOut: number
  warnings: Warning[]
}

/** A row is a case with its value for each item, or null. Reversed items are given as they are scored. */
export type ItemRows = readonly (readonly (number | null)[])[]

/**
 * Cronbach's alpha of the sum of the items, from their covariances ("raw" alpha): k / (k - 1) (1 - sum of variances / variance of the
 * sum) (Psychometrika 16 (1951), 297-334). Its interval is Feldt's, Psychometrika 30 (1965), 357-370:
 * 1 - (1 - alpha) F, F exceeded by a tail each way at n - 1 and (n - 1)(k - 1) df.
 *
 * May come out below 0, when items go against each other; items that go against the sum of the others are warned about. Refused for
 * fewer than two items or complete cases, and when all sums are the same.
 */
export function cronbachsAlpha(rows: ItemRows, level = 0.95): Reliability | Refused {
  const complete = completeOf(rows)
  if ('refused' in complete) return complete
  const { columns, n, leftOut } = complete
  const k = columns.length
  const totals = totalsOf(columns)
  const total = variance(totals)
  const refused = spreadRefusal(Math.sqrt(total), largest(...columns))
  if (refused) return refused
  const estimate = (k / (k - 1)) * (1 - sum(columns.map(variance)) / total)
  const tail = tailOf(level)
  const limit = (p: number): number => 1 - (1 - estimate) * fQuantile(p, n - 1, (n - 1) * (k - 1))
  const interval = { level, from: limit(tail), to: limit(1 - tail) }
  return { coefficient: 'alpha', estimate, interval, items: k, n, leftOut, warnings: reversedIn(columns, totals) }
}

/**
 * McDonald's omega (total) of the sum of the standardised items: 1 - sum of uniquenesses / sum of the correlations, with the
 * uniquenesses of one factor by minimum residuals (McDonald, Test Theory, 1999, 6.21). What R's `psych::omega(nfactors = 1)` calls
 * omega total. With a `seed` it has an interval (`omegaInterval`). Refused as alpha is, of which the items are standardised here, and for
 * fewer than three items (two do not settle one factor) or an item that everybody answered alike.
 */
export function mcdonaldsOmega(rows: ItemRows, bootstrap?: OmegaOptions): Reliability | Refused {
  const complete = completeOf(rows)
  if ('refused' in complete) return complete
  const { columns, n, leftOut } = complete
  if (columns.length < 3) return { refused: 'too-few', n: columns.length, needed: 3 }
  const all = covariances(columns)
  const sds = all.map((row, index) => Math.sqrt(row[index] as number))
  const same = [...sds.keys()].filter((index) => isConstant(sds[index] as number, largest(columns[index] as number[])))
  if (same.length > 0) return { refused: 'no-variance', items: same }
  if (sds.some((sd) => spreadRefusal(sd, 0))) return { refused: 'beyond-numbers' }
  const correlations = all.map((row, i) =>
    Float64Array.from(row, (value, j) => (i === j ? 1 : value / ((sds[i] as number) * (sds[j] as number)))),
  )
  const { loadings, atBound } = loadingsOf(correlations)
  const warnings = reversedIn(columns, totalsOf(columns))
  if (atBound.length > 0) warnings.push({ code: 'improper-solution', items: atBound })
  const estimate = omegaOf(correlations, loadings)
  if (estimate === null) return { refused: 'no-variance' }
  const interval = bootstrap ? omegaInterval(columns, loadings, bootstrap) : null
  return { coefficient: 'omega', estimate, interval, items: columns.length, n, leftOut, warnings }
}

function completeOf(rows: ItemRows): { columns: number[][]; n: number; leftOut: number } | Refused {
  const k = rows[0]?.length ?? 0
  if (rows.some(({ length }) => length !== k)) throw new RangeError('Every case has as many items')
  const complete = rows.filter((row): row is readonly number[] => row.every((value) => value !== null))
  assertFinite(...complete)
  const n = complete.length
  if (k < 2) return { refused: 'too-few', n: k, needed: 2 }
  if (n < 2) return { refused: 'too-few', n, needed: 2 }
  return { columns: Array.from({ length: k }, (_, item) => complete.map((row) => row[item] as number)), n, leftOut: rows.length - n }
}

const totalsOf = (columns: readonly (readonly number[])[]): number[] =>
  (columns[0] ?? []).map((_, index) => sum(columns.map((column) => column[index] as number)))

/** Items that correlate below 0 with the sum of the others. */
function reversedIn(columns: readonly (readonly number[])[], totals: readonly number[]): Warning[] {
  const items = [...columns.keys()].filter((item) => {
    const column = columns[item] as number[]
    return covariance(column, totals) - variance(column) < -1e-12 * largest(...columns) ** 2
  })
  return items.length > 0 ? [{ code: 'reversed-items', items }] : []
}
