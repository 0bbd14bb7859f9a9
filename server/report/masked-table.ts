/** A table without its small numbers, and without what would give them away. */
import { type Amount, relationsOf } from './amounts.ts'
import { hiddenAmounts } from './mask.ts'
import type { CellResult, RowResult, StatisticResult, TableResult, TestResult } from './result.ts'

/** `together`: groups that are made of others. */
export function maskedTable(
  { table, amounts }: { table: TableResult; amounts: readonly Amount[] },
  below: number,
  together: Readonly<Record<string, readonly string[]>>,
): TableResult {
  const hidden = hiddenAmounts(amounts, relationsOf(amounts, together), below)
  const cells = new Set([...hidden].flatMap((index) => amounts[index]?.cells.map(([row, column]) => `${row} ${column}`) ?? []))
  const rows = table.rows.map(
    (row, at): RowResult =>
      row.kind === 'heading'
        ? row
        : {
            ...row,
            cells: row.cells.map((cell, column) => (cells.has(`${at} ${column}`) ? maskedCell(cell) : withoutSmallParts(cell, below))),
          },
  )
  if (cells.size === 0 && table.tests.every((test) => !isOfFew(test, below))) return { ...table, rows }
  return {
    ...table,
    rows,
    tests: table.tests.map((test) =>
      isOfFew(test, below) || test.kind === 'chi-square' ? { ...test, outcome: { refused: 'masked' } } : test,
    ),
    warnings: [...table.warnings, { code: 'masked', below }],
  }
}

/** Groups of few have no test; counts that are hidden could be found from a chi-square. */
const isOfFew = ({ outcome }: TestResult, below: number): boolean => !('refused' in outcome) && outcome.n.some((n) => n < below)

/** How many were asked and did not answer is a small number as well. */
const withoutSmallParts = (cell: CellResult, below: number): CellResult => {
  const silent = cell.asked === null || cell.n === null ? 0 : cell.asked - cell.n
  return silent > 0 && silent < below ? { ...cell, asked: null } : cell
}

const maskedCell = (cell: CellResult): CellResult => ({
  ...emptied(cell),
  n: null,
  asked: null,
  denominator: cell.denominator,
  cases: [],
  masked: true,
})

function emptied(cell: StatisticResult): StatisticResult {
  switch (cell.kind) {
    case 'count':
      return { kind: 'count', value: null, weight: null, percent: null }
    case 'mean-sd':
      return { kind: 'mean-sd', mean: null, sd: null }
    case 'range':
      return { kind: 'range', low: null, high: null }
    case 'interval':
    case 'bootstrap-interval':
      return { kind: cell.kind, level: cell.level, low: null, high: null }
    default:
      return { kind: cell.kind, value: null }
  }
}
