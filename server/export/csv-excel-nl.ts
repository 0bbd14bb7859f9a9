/**
 * CSV in the profile `excel-nl`, for Excel and LibreOffice set to Dutch: semicolon, decimal comma, UTF-8 with BOM, CRLF.
 *
 * Text that a spreadsheet would take for a formula gets an apostrophe before it; a number never does, also when it is negative.
 * Moments are written as a spreadsheet reads them, to the second.
 */
import { stringify } from 'csv-stringify/sync'
import type { Cell, ColumnType } from './column.ts'
import type { Format } from './format.ts'

const profile = {
  delimiter: ';',
  record_delimiter: '\r\n',
  quote_record_delimiter: true,
  escape_formulas: true,
  cast: { number: (value: number) => String(value).replace('.', ',') },
}

/** What stands before the first line: without it Excel does not know that the file is UTF-8. */
export const byteOrderMark = '\uFEFF'

/** Rows as text, each with its line end. `types`: of each column, where there are moments among them. */
export function excelNlText(rows: Cell[][], types: ColumnType[] = []): string {
  const moments = [...types.keys()].filter((index) => types[index] === 'moment')
  return stringify(moments.length === 0 ? rows : rows.map((row) => withMoments(row, moments)), profile)
}

function withMoments(row: Cell[], moments: number[]): Cell[] {
  const written = [...row]
  for (const index of moments) written[index] = forSpreadsheet(row[index] ?? null)
  return written
}

/** `2026-03-02T09:00:00.123Z` becomes `2026-03-02 09:00:00`. */
const forSpreadsheet = (moment: Cell): Cell =>
  typeof moment === 'string' ? moment.replace(/^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})(?:\.\d+)?Z$/, '$1 $2') : moment

export const csvExcelNl: Format = {
  extension: 'excel-nl.csv',
  async open(file, { columns }) {
    const types = columns.map(({ type }) => type)
    await file.write(byteOrderMark + excelNlText([columns.map(({ name }) => name)]))
    return {
      async write(rows) {
        if (rows.length > 0) await file.write(excelNlText(rows, types))
      },
    }
  },
}
