/** Sums that lose no digits, and what is made of them. */
import type { Refused } from './outcome.ts'

/** The sum with the error of each step carried along: Neumaier, Zeitschrift fur angewandte Mathematik und Mechanik 54 (1974), 39-51. */
export function sum(values: ArrayLike<number>): number {
  let total = 0
  let lost = 0
  for (let at = 0; at < values.length; at++) {
    const value = values[at] as number
    const next = total + value
    lost += Math.abs(total) >= Math.abs(value) ? total - next + value : value - next + total
    total = next
  }
  return total + lost
}

/** The mean of at least one value. */
export const mean = (values: ArrayLike<number>): number => sum(values) / values.length

/** The sum of squared distances to the mean, in two passes (Chan, Golub and LeVeque, The American Statistician 37 (1983), 242-247). */
export function squaresAround(values: readonly number[]): number {
  const centre = mean(values)
  const squares = sum(values.map((value) => (value - centre) ** 2))
  const rest = sum(values.map((value) => value - centre))
  return squares - rest ** 2 / values.length
}

/** The variance with n - 1 of at least two values. */
export const variance = (values: readonly number[]): number => squaresAround(values) / (values.length - 1)

/** The covariance with n - 1 of pairs: two rows of the same length, at least two long. */
export function covariance(first: readonly number[], second: readonly number[]): number {
  const [one, other] = [mean(first), mean(second)]
  return sum(first.map((value, index) => (value - one) * ((second[index] as number) - other))) / (first.length - 1)
}

/** The covariance matrix (n - 1) of columns of the same length. */
export function covariances(columns: readonly (readonly number[])[]): number[][] {
  const around = columns.map((column) => {
    const centre = mean(column)
    return Float64Array.from(column, (value) => value - centre)
  })
  const products = new Float64Array(columns[0]?.length ?? 0)
  const made = columns.map(() => new Array<number>(columns.length).fill(0))
  for (const [i, first] of around.entries())
    for (let j = 0; j <= i; j++) {
      const second = around[j] as Float64Array
      for (let at = 0; at < products.length; at++) products[at] = (first[at] as number) * (second[at] as number)
      const found = sum(products) / (products.length - 1)
      ;(made[i] as number[])[j] = found
      ;(made[j] as number[])[i] = found
    }
  return made
}

/**
 * Whether values with this standard deviation are all the same but for the rounding of doubles. `size`: the largest value that
 * they were computed from.
 */
export const isConstant = (sd: number, size: number): boolean => sd <= 1e-12 * size

/**
 * Why nothing can be divided by this standard deviation (or error); null when it can. Besides `isConstant`: its fourth power, which degrees of
 * freedom and sphericity are made of, has to be a double that is neither 0 nor infinite.
 */
export function spreadRefusal(sd: number, size: number): Refused | null {
  if (isConstant(sd, size)) return { refused: 'no-variance' }
  return sd > 1e-75 && sd < 1e75 ? null : { refused: 'beyond-numbers' }
}

/** The largest distance to 0. */
export const largest = (...rows: readonly (readonly number[])[]): number =>
  rows.reduce((most, values) => values.reduce((found, value) => Math.max(found, Math.abs(value)), most), 0)

/** Throws a RangeError when a value is not a finite number: missing values are left out by whoever knows what is missing. */
export function assertFinite(...rows: readonly (readonly number[])[]): void {
  for (const values of rows)
    for (const value of values) if (!Number.isFinite(value)) throw new RangeError(`Statistics take finite numbers, not ${value}`)
}
