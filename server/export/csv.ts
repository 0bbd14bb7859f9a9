/**
 * CSV in the profile `research`: comma, decimal point, UTF-8 without BOM, LF, quoted as in RFC 4180 where needed.
 *
 * Text is written as it was typed, also where a spreadsheet would take it for a formula: this profile is for statistics.
 */
import { stringify } from 'csv-stringify/sync'
import type { Cell } from './column.ts'
import type { Format } from './format.ts'

const profile = { delimiter: ',', record_delimiter: '\n', quote_record_delimiter: true, escape_formulas: false, bom: false }

/** Rows as text, each with its line end. */
export const csvText = (rows: Cell[][]): string => stringify(rows, profile)

export const csv: Format = {
  extension: 'csv',
  async open(file, { columns }) {
    await file.write(csvText([columns.map(({ name }) => name)]))
    return {
      async write(rows) {
        if (rows.length > 0) await file.write(csvText(rows))
      },
    }
  },
}
