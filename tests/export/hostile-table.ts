/** A table with whatever people type and whatever trips up a spreadsheet, and a door to write it in a format. */
import { join } from 'node:path'
import { missingCodes } from '../../instruments/missing-codes.ts'
import { codebookEntries } from '../../server/export/codebook.ts'
import type { Cell, ColumnHead } from '../../server/export/column.ts'
import { inNewFolder } from '../../server/export/folder.ts'
import { type Format, formats } from '../../server/export/format.ts'

export interface HostileTable {
  name: string
  columns: ColumnHead[]
  filled: Cell[][]
}

const head = (name: string, rest: Pick<ColumnHead, 'type'> & Partial<ColumnHead>): ColumnHead => ({
  name,
  label: { nl: `Vraag ${name}: "één" & <twee>`, en: `Question ${name}` },
  values: [],
  missing: [],
  ...rest,
})

export const hostileTexts = [
  '=1+1',
  '+1+1',
  '-1+1',
  '-0.98',
  '0.98',
  '-9',
  '@SUM(1;1)',
  '\t=1+1',
  "=cmd|' /C calc'!A0",
  '＝1+1',
  "'=1+1",
  ' =1+1',
  'TRUE',
  '007',
  '1-2',
  '1E5',
  '1.234.567',
  '2026-03-01',
  'een;twee,drie\tvier',
  'zij zei "nee"',
  '"',
  "'",
  'regel een\nregel twee',
  'regel een\r\nregel twee\r',
  '\n',
  ' spaties ',
  'é ĳ € ñ',
  'أهلا وسهلا',
  '‏مرحبا (hello) 123',
  '👪🏽 🇳🇱 𝒳',
  '<script>alert("x")</script> &amp; ]]>',
  '_x0041_ en _x000D_ en _xD83D_',
  'NULL',
  'NA',
  '#N/A',
  '#REF!',
  '\u2028\u2029\u00a0\u200b\ufeff',
  'x'.repeat(32_767),
]

const numbers = [0, 1, -1, -0.98, 0.1, 1 / 3, 1e-7, 1e21, 1e308, -1e308, 2 ** 53, 123_456_789.123_456_78, 2.2250738585072014e-308, -9]
const days = ['2026-03-01', '1900-03-01', '1970-01-01', '1969-12-31', '2000-02-29', '9999-12-31', '1999-12-31']
const moments = ['2026-03-02T09:00:00.123Z', '2026-03-29T01:30:00.000Z', '1969-12-31T23:59:59.999Z', '2026-10-25T00:30:00.001Z']

/** In every row something of each kind; the last column is empty in all of them. */
export const hostileTable: HostileTable = {
  name: 'hostile',
  columns: [
    head('words', { type: 'text', missing: missingCodes }),
    head('amount', { type: 'decimal', missing: missingCodes }),
    head('choice', { type: 'integer', values: [0, 1].map((value) => ({ value, label: { nl: `Keuze ${value}`, en: `Choice ${value}` } })) }),
    head('day', { type: 'date', missing: missingCodes }),
    head('at', { type: 'moment' }),
    head('nothing', { type: 'text' }),
  ],
  filled: [
    ...hostileTexts.map((text, row): Cell[] => [
      text,
      numbers[row % numbers.length] ?? null,
      row % 2,
      days[row % days.length] ?? null,
      moments[row % moments.length] ?? null,
      null,
    ]),
    [-9, -8, null, -9, null, null],
    [null, null, null, null, null, null],
  ],
}

/** A table of so many columns of numbers, with texts here and there. */
export const broadTable = (width: number, rows: number): HostileTable => ({
  name: 'broad',
  columns: Array.from({ length: width }, (_, index) => head(`v${index}`, { type: index % 100 === 0 ? 'text' : 'decimal' })),
  filled: Array.from({ length: rows }, (_, row) =>
    Array.from({ length: width }, (_, index) => (index % 3 === row % 3 ? null : index % 100 === 0 ? `${row}=${index}` : row + index / 8)),
  ),
})

/** Writes it to `folder/<ending of the file>`, some rows at a time, and returns the path of the file. */
export async function writeTable(
  folder: string,
  format: keyof typeof formats | Format,
  { name, columns, filled }: HostileTable,
  now = '2026-03-02T09:00:00.000Z',
): Promise<string> {
  const { extension, open } = typeof format === 'string' ? formats[format] : format
  const directory = join(folder, extension)
  const file = `${name}.${extension}`
  await inNewFolder(directory, async (into) => {
    const table = { name, about: 'one row per invention', columns, rows: () => [] }
    const about = { language: 'nl' as const, now, study: 'Proef & "co"', warning: 'Made with STAND-IN wording.' }
    const writer = await open(await into.create(file), { ...table, ...about, codebook: codebookEntries(table, file, []) })
    for (let start = 0; start < filled.length; start += 7) await writer.write(filled.slice(start, start + 7))
    await writer.finish?.()
  })
  return join(directory, file)
}
