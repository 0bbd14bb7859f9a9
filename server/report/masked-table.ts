/** A table without its small numbers, and without what would give them away. */
import { type Amount, keyOf, relationsOf, wholeOf } from './amounts.ts'
import { hiddenAmounts } from './mask.ts'
import type { CellResult, RowResult, StatisticResult, TableResult, TestResult } from './result.ts'
import type { BuiltTable } from './table.ts'
import { amountsOfTest, isTested, type Tested } from './tested.ts'

/** `together`: groups that are made of others. */
export function maskedTable(
  { table, amounts: ofCells, tested }: BuiltTable,
  below: number,
  together: Readonly<Record<string, readonly string[]>>,
): TableResult {
  const ofTests = table.tests.map((test, at) => amountsOfTest(test, tested[at] as Tested))
  const amounts = [...ofCells, ...ofTests.flatMap(({ n, dropped }) => [...n, ...dropped])]
  const hidden = hiddenAmounts(amounts, relationsOf(amounts, together), below)
  const cells = placesOf(amounts.filter((_, index) => hidden.has(index)))
  const withoutWhole = placesOf(amounts.filter((amount) => hidden.has(wholeOf(amount) ?? -1)))
  // One group less its total, or asked less missing, would be found again: it is told of all or of none.
  const isAskedTold =
    cells.size === 0 && !table.rows.some((row) => row.kind === 'cells' && row.cells.some((cell) => isFewSilent(cell, below)))
  const rows = table.rows.map((row, at): RowResult => {
    if (row.kind === 'heading') return row
    const shown = row.cells.map((cell, column) => {
      if (cells.has(`${at} ${column}`)) return maskedCell(cell)
      return withoutWhole.has(`${at} ${column}`) ? besideHidden(cell) : cell
    })
    return { ...row, cells: isAskedTold ? shown : shown.map((cell) => ({ ...cell, asked: null })) }
  })
  const keys = new Set(amounts.filter((_, index) => hidden.has(index)).map(keyOf))
  const isHidden = (amount: Amount): boolean => keys.has(keyOf(amount))
  const tests = table.tests.map((test, at): TestResult => {
    const { n, dropped } = ofTests[at] as (typeof ofTests)[number]
    const behind = ofCells.filter((amount) => isTested(amount, tested[at] as Tested))
    // Its n would say what a star leaves out; counts that are hidden could be found from a chi-square.
    const tells = [...n, ...behind].some(isHidden) || (test.kind === 'chi-square' && cells.size > 0)
    if (tells) return { ...test, outcome: { refused: 'masked' } }
    return 'refused' in test.outcome || !dropped.some(isHidden) ? test : { ...test, outcome: { ...test.outcome, dropped: null } }
  })
  const warnings: TableResult['warnings'] = hidden.size === 0 ? table.warnings : [...table.warnings, { code: 'masked', below }]
  return { ...table, rows, tests, warnings }
}

const placesOf = (amounts: readonly Amount[]): Set<string> =>
  new Set(amounts.flatMap(({ cells }) => cells.map(([row, column]) => `${row} ${column}`)))

/** A number whose n is hidden does not say that n, nor per cent of it, from which n follows. */
export const besideHidden = (cell: CellResult): CellResult =>
  cell.kind === 'count' ? { ...cell, percent: null, n: null } : { ...cell, n: null }

/** How many were asked and did not answer is a small number as well. */
const isFewSilent = ({ asked, n }: CellResult, below: number): boolean => asked !== null && n !== null && asked - n > 0 && asked - n < below

const maskedCell = (cell: CellResult): CellResult => ({
  ...emptied(cell),
  n: null,
  asked: null,
  denominator: cell.denominator,
  cases: [],
  masked: true,
})

/** The same kind of number, without any. */
export function emptied(cell: StatisticResult): StatisticResult {
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
    case 'alpha':
    case 'omega':
      return { kind: cell.kind, value: null, level: cell.level, low: null, high: null }
    default:
      return { kind: cell.kind, value: null }
  }
}
