import type { Refused } from './outcome.ts'
import { assertFinite, mean, squaresAround, sum } from './sums.ts'

export interface Description {
  n: number
  mean: number
  /** Standard deviation with n - 1; null for a single value, which has none, and for values so large that its square is no double. */
  sd: number | null
  min: number
  max: number
  median: number
  /** Lower and upper quartile, see `quantile`. */
  q1: number
  q3: number
}

/** n, mean, sd (n - 1), range, median and quartiles. Refused when there is no value. Throws a RangeError for what is no finite number. */
export function describe(values: readonly number[]): Description | Refused {
  assertFinite(values)
  const n = values.length
  if (n === 0) return { refused: 'too-few', n, needed: 1 }
  const sorted = values.toSorted((one, other) => one - other)
  const min = sorted[0] as number
  const max = sorted[n - 1] as number
  const same = min === max
  const sd = n === 1 ? null : same ? 0 : Math.sqrt(squaresAround(values) / (n - 1))
  const [q1, median, q3] = [0.25, 0.5, 0.75].map((share) => quantile(sorted, share)) as [number, number, number]
  return { n, mean: same ? min : mean(values), sd: Number.isFinite(sd) ? sd : null, min, max, median, q1, q3 }
}

/**
 * The value below which a share of the sorted values lies, by linear interpolation between order statistics: definition 7 of
 * Hyndman and Fan, The American Statistician 50 (1996), 361-365, the default of R's `quantile`.
 */
export function quantile(sorted: readonly number[], share: number): number {
  const place = share * (sorted.length - 1)
  const below = Math.floor(place)
  const lower = sorted[below] as number
  const upper = sorted[Math.min(below + 1, sorted.length - 1)] as number
  return lower + (place - below) * (upper - lower)
}

/**
 * The mean of values that count by their weights (protocols/weights.ts): sum(w x) / sum(w). Refused when the weights add up to
 * nothing; throws a RangeError for a negative weight.
 */
export function weightedMean(values: readonly number[], weights: readonly number[]): { n: number; weight: number; mean: number } | Refused {
  assertFinite(values, weights)
  if (weights.length !== values.length) throw new RangeError(`${values.length} values have ${weights.length} weights`)
  if (weights.some((weight) => weight < 0)) throw new RangeError('A weight is not below 0')
  const weight = sum(weights)
  if (weight === 0) return { refused: 'no-weight' }
  return { n: values.length, weight, mean: sum(values.map((value, index) => value * (weights[index] as number))) / weight }
}
