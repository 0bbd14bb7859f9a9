/** What every statistic of a report has in common: it is either an object with all that a reader needs, or a reason why there is none. */

/**
 * Why something cannot be computed from these data. Codes, not sentences: the report has the words, in each language. (What is
 * wrong with a call, such as a NaN among the values, is a RangeError instead.)
 */
export type Refused =
  /** Fewer observations than it takes; `group` is the place of the group that is too small, from 0. */
  | { refused: 'too-few'; n: number; needed: number; group?: number }
  /** All values (differences, totals) are the same, so that nothing can be divided by their spread. */
  | { refused: 'no-variance'; items?: number[] }
  /** Values so large, or so near each other, that their squares are no numbers of a computer any more. */
  | { refused: 'beyond-numbers' }
  /** Rows of a chi-square are the same people, and the test takes independent ones: look at transitions or a paired test. */
  | { refused: 'same-people' }
  /** Everybody is in one row or one column: there is nothing to compare. */
  | { refused: 'one-category'; rows: number; columns: number }
  /** The weights add up to nothing. */
  | { refused: 'no-weight' }
  /** A reliability outside [0, 1): reliable change divides by what is left of it. */
  | { refused: 'reliability'; reliability: number }

/** What a reader should know before believing a result. */
export type Warning =
  /** Cells of a chi-square in which fewer than 5 are expected: `cells` of `of`; the smallest expectation. */
  | { code: 'expected-below-5'; cells: number; of: number; smallest: number }
  /** Rows or columns without anybody, left out of a chi-square; by their places, from 0. */
  | { code: 'empty-left-out'; rows: number[]; columns: number[] }
  /** An effect (or a disagreement) so large that there is no interval to be computed. */
  | { code: 'no-interval' }
  /** Items whose uniqueness came out at its bound (a Heywood case): one factor does not fit them. */
  | { code: 'improper-solution'; items: number[] }
  /** Items that go against the others: reversed in the definition or not? By their places, from 0. */
  | { code: 'reversed-items'; items: number[] }
  /** So few observations that a bootstrap interval is too narrow. */
  | { code: 'few-for-bootstrap'; n: number }

export const isRefused = <T extends object>(result: T | Refused): result is Refused => 'refused' in result

/** A two-sided interval, also where the test is one-sided. */
export interface Interval {
  /** Its confidence, such as 0.95. */
  level: number
  from: number
  to: number
}

/** The alternative that was set beforehand: `greater` means that the first is greater than the second, or than 0. */
export type Sides = 'two' | 'greater' | 'less'

/** Throws a RangeError when `level` is not a confidence between 0 and 1; returns what is left in each tail. */
export function tailOf(level: number): number {
  if (!(level > 0 && level < 1)) throw new RangeError(`A confidence level lies between 0 and 1, not ${level}`)
  return (1 - level) / 2
}
