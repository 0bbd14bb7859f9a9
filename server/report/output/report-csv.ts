/** A table as CSV: one row per cell, with exact numbers, so that it opens anywhere and can be calculated with. */
import { textIn } from '../../../instruments/definition.ts'
import type { Cell } from '../../export/column.ts'
import { csvText } from '../../export/csv.ts'
import type { CellResult, TableResult } from '../result.ts'
import type { ReportLanguage } from '../words.ts'

/** The columns; docs/report.md says what each holds. Numbers that a statistic does not have are empty. */
const names = [
  'table',
  'block',
  'row',
  'column',
  'statistic',
  'n',
  'asked',
  'value',
  'percent',
  'weight',
  'sd',
  'low',
  'high',
  'masked',
  'denominator',
] as const

export const tableCsv = (table: TableResult, language: ReportLanguage): string => csvText([[...names], ...rowsOf(table, language)])

function rowsOf({ id, rows, columns, denominators }: TableResult, language: ReportLanguage): Cell[][] {
  return rows.flatMap((row) =>
    row.kind === 'heading'
      ? []
      : row.cells.map((cell, index) => [
          id,
          row.within ? textIn(row.within, language) : null,
          textIn(row.title, language),
          columns[index] ? textIn(columns[index].title, language) : null,
          cell.kind,
          cell.n,
          cell.asked,
          ...numbersOf(cell),
          cell.masked ? 1 : 0,
          denominators[cell.denominator] ? textIn(denominators[cell.denominator] ?? { nl: '', en: '' }, language) : null,
        ]),
  )
}

/** value, percent, weight, sd, low, high. */
function numbersOf(cell: CellResult): Cell[] {
  const value = 'value' in cell ? cell.value : 'mean' in cell ? cell.mean : null
  const [percent, weight] = cell.kind === 'count' ? [cell.percent, cell.weight] : [null, null]
  const sd = cell.kind === 'mean-sd' ? cell.sd : null
  const [low, high] = 'low' in cell ? [cell.low, cell.high] : [null, null]
  return [value, percent, weight, sd, low, high]
}
