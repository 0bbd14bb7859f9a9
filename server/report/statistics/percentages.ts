import type { Refused } from './outcome.ts'
import { sum } from './sums.ts'

/**
 * How percentages are rounded. `plain`: each by itself, halves up; together they may come to 99 or 101. `adds-to-100`: each down,
 * and what is missing then goes to those that lost most (the method of the largest remainder, Hamilton's), to the first of
 * equal ones; no percentage is a whole unit or more off.
 */
export type Rounding = 'plain' | 'adds-to-100'

/**
 * The percentages of counts of which each is at least 0, with so many decimals. Refused when there is nothing to take a
 * percentage of.
 */
export function percentages(counts: readonly number[], rounding: Rounding = 'plain', decimals = 0): number[] | Refused {
  for (const count of counts) if (!(count >= 0 && count < Infinity)) throw new RangeError(`A count is not ${count}`)
  const n = sum(counts)
  if (n === 0) return { refused: 'too-few', n, needed: 1 }
  const units = 10 ** decimals
  const whole = rounding === 'plain' ? roundEach(counts, n, 100 * units) : shareOut(counts, n, 100 * units)
  return whole.map((one) => one / units)
}

/** In whole numbers, so that 1 of 8 with no decimals is 12.5 and not something just beside it. */
const roundEach = (counts: readonly number[], n: number, units: number): number[] =>
  counts.map((count) => Math.floor((2 * units * count + n) / (2 * n)))

function shareOut(counts: readonly number[], n: number, units: number): number[] {
  const shares = counts.map((count) => Math.floor((units * count) / n))
  const lost = counts.map((count, index) => units * count - (shares[index] as number) * n)
  const missing = units - sum(shares)
  const most = [...counts.keys()].sort((one, other) => (lost[other] as number) - (lost[one] as number) || one - other)
  for (const index of most.slice(0, missing)) shares[index] = (shares[index] as number) + 1
  return shares
}
