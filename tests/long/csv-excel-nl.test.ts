import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { excelNlText } from '../../server/export/csv-excel-nl.ts'
import { hostileTable, writeTable } from '../export/hostile-table.ts'
import { byLibreOffice } from '../export/read-xlsx.ts'
import { temporaryFolder } from '../harness/data-folder.ts'

/** Semicolon, quotation mark, UTF-8, from the first row, as Dutch, guessing as a double-click does. */
const asDutch = 'Text - txt - csv (StarCalc):59,34,76,1,,1043,false,true'

test('LibreOffice in Dutch runs no text as a formula and takes no number for a text', async (t) => {
  const folder = temporaryFolder(t)
  const [names, ...rows] = byLibreOffice(await writeTable(folder, 'csv-excel-nl', hostileTable), folder, asDutch)
  assert.deepEqual(
    names,
    hostileTable.columns.map(({ name }) => name),
  )
  /** What a spreadsheet guesses of any CSV; docs/export-formats.md says so. */
  const guessed = new Set(['007', '1-2', '1E5', '1.234.567', 'TRUE'])
  for (const [row, [words = null, amount, choice, day, at]] of hostileTable.filled.entries()) {
    const [readWords = '', readAmount = '', readChoice = '', readDay = '', readAt = ''] = rows[row] ?? []
    const text = String(words ?? '').replaceAll(/\r\n?/g, '\n')
    if (!guessed.has(text)) assert.equal(readWords, typeof words === 'string' && /^[=+\-@\t＝]/.test(text) ? `'${text}` : text)
    if (typeof amount === 'number') assert.ok(Math.abs(Number(readAmount) - amount) <= 1e-14 * Math.abs(amount), `${amount}: ${readAmount}`)
    assert.deepEqual([readChoice, readDay], [String(choice ?? ''), String(day ?? '')])
    assert.equal(readAt, typeof at === 'string' ? at.slice(0, 19).replace('T', ' ') : '')
  }
})

test('the file says that it is UTF-8, and lines end as Excel ends them', async (t) => {
  const content = readFileSync(await writeTable(temporaryFolder(t), 'csv-excel-nl', hostileTable))
  assert.deepEqual([...content.subarray(0, 3)], [0xef, 0xbb, 0xbf])
  assert.ok(content.toString().startsWith('\ufeffwords;amount;choice;day;at;nothing\r\n'))
})

test('a negative number is a number; a text of the same characters is not', () => {
  assert.equal(excelNlText([[-0.98, '-0.98', '-0,98', -9, '-9']]), "-0,98;'-0.98;'-0,98;-9;'-9\r\n")
  assert.equal(excelNlText([[1e-7, 1e21, -1e308, null, '']]), '1e-7;1e+21;-1e+308;;\r\n')
  assert.equal(
    excelNlText([['2026-03-02T09:00:00.123Z', '2026-03-02T09:00:00.123Z', -9]], ['moment', 'text', 'moment']),
    '2026-03-02 09:00:00;2026-03-02T09:00:00.123Z;-9\r\n',
  )
})

test('no cell begins as a formula does, unless it is a number', () => {
  const cell = fc.oneof(
    fc
      .tuple(fc.constantFrom('', '=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'), fc.string({ unit: 'binary' }))
      .map((parts) => parts.join('')),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
  )
  const rows = fc.array(fc.tuple(cell, cell), { minLength: 1 })
  fc.assert(
    fc.property(rows, (table) => {
      const read = parse(excelNlText(table), { delimiter: ';', record_delimiter: '\r\n' }) as string[][]
      assert.equal(read.length, table.length)
      for (const [row, cells] of table.entries())
        for (const [place, value] of cells.entries()) {
          const found = read[row]?.[place] ?? ''
          if (typeof value === 'number') assert.equal(Number(found.replace(',', '.')), value === 0 ? 0 : value)
          else {
            assert.doesNotMatch(found, /^[=+\-@\t\r＝＋－＠]/)
            assert.equal(found.replace(/^'(?=[=+\-@\t\r＝＋－＠])/, ''), value.replace(/^'(?=[=+\-@\t\r＝＋－＠])/, ''))
          }
        }
    }),
  )
})
