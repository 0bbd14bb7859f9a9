import { chiSquareUpper } from './distributions.ts'
import type { Refused, Warning } from './outcome.ts'
import { sum } from './sums.ts'

/**
 * What the rows of a table are. Only groups of different people can be compared by a chi-square, which takes every count to be
 * independent of every other. Waves of the same people are not: whoever answered twice is counted twice.
 */
export type Rows = 'different-people' | 'same-people'

export interface ChiSquareTest {
  test: 'chi-square'
  chiSquare: number
  df: number
  p: number
  /** All counts together. */
  n: number
  /** How many there are in each row, and in each column. */
  rows: number[]
  columns: number[]
  /** In each cell if rows and columns had nothing to do with each other: row total x column total / n. */
  expected: number[][]
  /** Cramer's V: sqrt(chi-square / (n (min(rows, columns) - 1))), from 0 to 1. */
  cramersV: number
  warnings: Warning[]
}

/**
 * Pearson's chi-square of a table of counts, without continuity correction (Pearson, 1900). Rows and columns in which there is
 * nobody are left out, as SPSS does; a warning says which. A warning tells in how many cells fewer than 5 are expected.
 *
 * Refused, with the reason: when the rows are waves of the same people, and when there is nothing to compare.
 */
export function chiSquareTest(rowsAre: Rows, counts: readonly (readonly number[])[]): ChiSquareTest | Refused {
  const width = counts[0]?.length ?? 0
  for (const row of counts) {
    if (row.length !== width) throw new RangeError('Every row of a table has as many columns')
    for (const count of row) if (!(Number.isInteger(count) && count >= 0)) throw new RangeError(`A count is not ${count}`)
  }
  if (rowsAre === 'same-people') return { refused: 'same-people' }
  const rows = counts.map(sum)
  const columns = Array.from({ length: width }, (_, column) => sum(counts.map((row) => row[column] as number)))
  const n = sum(rows)
  const [height, across] = [rows, columns].map((totals) => totals.filter((total) => total > 0).length) as [number, number]
  if (height < 2 || across < 2) return { refused: 'one-category', rows: height, columns: across }
  const expected = rows.map((row) => columns.map((column) => (row * column) / n))
  const cells = expected.flatMap((row, i) => row.map((expectation, j) => ({ expectation, count: counts[i]?.[j] as number })))
  const filled = cells.filter(({ expectation }) => expectation > 0)
  const chiSquare = sum(filled.map(({ expectation, count }) => (count - expectation) ** 2 / expectation))
  const df = (height - 1) * (across - 1)
  const few = filled.filter(({ expectation }) => expectation < 5).length
  const smallest = Math.min(...filled.map(({ expectation }) => expectation))
  const empty = { rows: emptyOf(rows), columns: emptyOf(columns) }
  const warnings: Warning[] = []
  if (few > 0) warnings.push({ code: 'expected-below-5', cells: few, of: filled.length, smallest })
  if (empty.rows.length + empty.columns.length > 0) warnings.push({ code: 'empty-left-out', ...empty })
  const cramersV = Math.sqrt(chiSquare / n / (Math.min(height, across) - 1))
  return { test: 'chi-square', chiSquare, df, p: chiSquareUpper(chiSquare, df), n, rows, columns, expected, cramersV, warnings }
}

const emptyOf = (totals: readonly number[]): number[] => [...totals.keys()].filter((index) => totals[index] === 0)
