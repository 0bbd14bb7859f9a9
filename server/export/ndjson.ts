/** NDJSON: one JSON object per row, with every variable by its name; an empty cell is null. */
import type { Cell } from './column.ts'
import type { Format } from './format.ts'

export const ndjson: Format = {
  extension: 'ndjson',
  async open(file, { columns }) {
    const keys = columns.map(({ name }) => `${JSON.stringify(name)}:`)
    return {
      async write(rows) {
        if (rows.length > 0) await file.write(rows.map((row) => line(keys, row)).join(''))
      },
    }
  },
}

function line(keys: string[], row: Cell[]): string {
  let text = '{'
  for (const [index, key] of keys.entries()) text += `${index === 0 ? '' : ','}${key}${JSON.stringify(row[index] ?? null)}`
  return `${text}}\n`
}
