import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Cell } from '../../server/export/column.ts'
import { serial } from '../../server/export/xlsx/serial.ts'
import { xmlText } from '../../server/export/xlsx/text.ts'
import { workbooks } from '../../server/export/xlsx/xlsx.ts'
import { broadTable, type HostileTable, hostileTable, hostileTexts, writeTable } from '../export/hostile-table.ts'
import { byLibreOffice, byReadxl, type ReadCell } from '../export/read-xlsx.ts'
import { temporaryFolder } from '../harness/data-folder.ts'

/** As readxl should read it. A day is a moment to it. */
const asRead = (cell: Cell, type: string | undefined): ReadCell =>
  cell === null
    ? null
    : typeof cell === 'number'
      ? ['number', String(cell)]
      : type === 'date' || type === 'moment'
        ? ['time', String(Date.parse(cell))]
        : ['text', cell]

const plain = (read: ReadCell): ReadCell => (read?.[0] === 'number' ? ['number', String(Number(read[1]))] : read)

test('R reads every cell of a workbook as it was, whatever it begins with and whatever is in it', async (t) => {
  const path = await writeTable(temporaryFolder(t), 'xlsx', hostileTable)
  const columns = byReadxl(path)
  assert.deepEqual(
    columns.map(({ name }) => name),
    hostileTable.columns.map(({ name }) => name),
  )
  for (const [place, { name, type }] of hostileTable.columns.entries())
    for (const [row, cells] of hostileTable.filled.entries()) {
      // readxl takes a text of nothing but a line end for an empty cell; LibreOffice, below, does not.
      if (cells[place] === '\n') continue
      assert.deepEqual(plain(columns[place]?.cells[row] ?? null), asRead(cells[place] ?? null, type), `${name} in row ${row}`)
    }
})

test('LibreOffice reads the same, and takes no text for a formula, a number or a date', async (t) => {
  const folder = temporaryFolder(t)
  const [names, ...rows] = byLibreOffice(await writeTable(folder, 'xlsx', hostileTable), folder)
  assert.deepEqual(
    names,
    hostileTable.columns.map(({ name }) => name),
  )
  for (const [row, [words = null, amount, choice, day]] of hostileTable.filled.entries()) {
    const [readWords = '', readAmount = '', readChoice = '', readDay = '', readAt = '', readNothing = ''] = rows[row] ?? []
    // It has one kind of line end.
    assert.equal(readWords, String(words ?? '').replaceAll(/\r\n?/g, '\n'))
    if (typeof amount === 'number') assert.ok(Math.abs(Number(readAmount) - amount) <= 1e-14 * Math.abs(amount), `${amount}: ${readAmount}`)
    assert.deepEqual([readChoice, readDay, readNothing], [String(choice ?? ''), String(day ?? ''), ''])
    assert.match(readAt, /^$|^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/)
  }
})

test('labels and codebook are sheets of their own, in the language that was asked for', async (t) => {
  const path = await writeTable(temporaryFolder(t), 'xlsx', hostileTable)
  const labels = byReadxl(path, 'labels')
  const rows = (labels[0]?.cells ?? []).map((_, row) => labels.map(({ cells }) => cells[row]?.[1] ?? null))
  assert.deepEqual(
    labels.map(({ name }) => name),
    ['variable', 'label', 'value', 'value_label'],
  )
  assert.deepEqual(
    rows.filter(([variable]) => variable === 'choice'),
    [0, 1].map((value) => ['choice', 'Vraag choice: "één" & <twee>', String(value), `Keuze ${value}`]),
  )
  assert.deepEqual(
    rows.filter(([variable]) => variable === 'day').map(([, , value]) => value),
    ['-9', '-8'],
  )
  assert.equal(rows.filter(([variable]) => variable === 'nothing').length, 1)
  const [, , variables] = byReadxl(path, 'codebook')
  assert.deepEqual(
    variables?.cells.map((cell) => cell?.[1]),
    hostileTable.columns.map(({ name }) => name),
  )
})

const oneColumn = (type: 'text' | 'date' | 'decimal', ...cells: Cell[]): HostileTable => ({
  ...hostileTable,
  columns: hostileTable.columns.filter((column) => column.type === type).slice(0, 1),
  filled: cells.map((cell) => [cell]),
})

test('a text that is longer than a cell can be stands whole on a sheet of its own', async (t) => {
  const long = `${'a'.repeat(32_766)}👪${'\u2028=é'.repeat(20_000)}`
  const path = await writeTable(temporaryFolder(t), 'xlsx', oneColumn('text', 'short', long, 'short', long.slice(0, 32_768)))
  const [words] = byReadxl(path)
  assert.deepEqual(
    words?.cells.map((cell) => cell?.[1]),
    [
      'short',
      `[${long.length} characters: see sheet long_texts, from row 2]`,
      'short',
      '[32768 characters: see sheet long_texts, from row 5]',
    ],
  )
  const [sheet, row, variable, part, text] = byReadxl(path, 'long_texts').map(({ cells }) => cells.map((cell) => cell?.[1]))
  assert.deepEqual([new Set(sheet), new Set(variable)], [new Set(['data']), new Set(['words'])])
  assert.deepEqual(row, ['3', '3', '3', '5', '5'])
  assert.deepEqual(part, ['1', '2', '3', '1', '2'])
  assert.equal(text?.slice(0, 3).join(''), long)
})

test('rows that do not fit on a sheet go on on the next, and none is lost or doubled', async (t) => {
  const path = await writeTable(temporaryFolder(t), workbooks(4), oneColumn('decimal', 0, 1, 2, 3, 4, 5, 6))
  const read = (sheet: string) => byReadxl(path, sheet)[0]?.cells.map((cell) => cell?.[1])
  assert.deepEqual([read('data'), read('data_2'), read('data_3')], [['0', '1', '2'], ['3', '4', '5'], ['6']])
  assert.deepEqual(byReadxl(path, 'data_2')[0]?.name, 'amount')
})

test('a table of 10,000 columns is read back cell by cell', async (t) => {
  const broad = broadTable(10_000, 4)
  const columns = byReadxl(await writeTable(temporaryFolder(t), 'xlsx', broad))
  assert.deepEqual(
    columns.map(({ name }) => name),
    broad.columns.map(({ name }) => name),
  )
  for (const [place, { name, cells }] of columns.entries())
    assert.deepEqual(
      cells.map((cell) => cell && (cell[0] === 'number' ? Number(cell[1]) : cell[1])),
      broad.filled.map((row) => row[place]),
      name,
    )
})

test('a day that Excel does not have is a text, and so is a number that it would take for zero', async (t) => {
  const folder = temporaryFolder(t)
  const days = ['1900-02-28', '1899-12-31', '1582-10-15', '0001-01-01', '1900-03-01']
  const [read] = byReadxl(await writeTable(`${folder}/days`, 'xlsx', oneColumn('date', ...days)))
  assert.deepEqual(read?.cells, [...days.slice(0, 4).map((day) => ['text', day]), ['time', String(Date.parse('1900-03-01'))]])
  const [numbers] = byReadxl(await writeTable(`${folder}/numbers`, 'xlsx', oneColumn('decimal', 5e-324, -1e-310, -0)))
  assert.deepEqual(numbers?.cells.map(plain), [
    ['text', '5e-324'],
    ['text', '-1e-310'],
    ['number', '0'],
  ])
})

test('more columns than a sheet can have are refused before anything is written, with a way out', async (t) => {
  const [column] = hostileTable.columns
  const wide = {
    ...hostileTable,
    columns: Array.from({ length: 16_385 }, (_, index) => ({ ...column, name: `v${index}` })) as never,
    filled: [],
  }
  await assert.rejects(
    writeTable(temporaryFolder(t), 'xlsx', wide),
    /^Error: hostile has 16385 columns, and a sheet of Excel can have 16384\. Leave --format xlsx out, or take --layout long/,
  )
})

test('the same rows give the same bytes, at another moment and in another time zone', async (t) => {
  const folder = temporaryFolder(t)
  const first = readFileSync(await writeTable(`${folder}/first`, 'xlsx', hostileTable))
  const zone = process.env.TZ
  process.env.TZ = 'Pacific/Kiritimati'
  t.after(() => {
    if (zone === undefined) delete process.env.TZ
    else process.env.TZ = zone
  })
  const again = readFileSync(await writeTable(`${folder}/again`, 'xlsx', hostileTable, '2031-01-01T00:00:00.000Z'))
  assert.ok(first.equals(again))
})

test('days and moments are counted as a spreadsheet counts', () => {
  assert.equal(serial('1900-03-01'), 61)
  assert.equal(serial('1970-01-01'), 25_569)
  assert.equal(serial('2026-03-02T12:00:00.000Z'), 46_083.5)
  for (const none of ['1900-02-28', '2026-02-30', '2026-02-30T00:00:00.000Z', '2026-13-01', 'morgen', '', '2026-03-01T00:00:00+01:00'])
    assert.equal(serial(none), undefined, none)
  fc.assert(
    fc.property(
      fc.date({ min: new Date('1900-03-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59.999Z'), noInvalidDate: true }),
      (moment) => {
        const days = serial(moment.toISOString()) ?? Number.NaN
        assert.equal(Math.round((days - 25_569) * 86_400_000), moment.getTime())
      },
    ),
  )
})

/** As Office does: https://learn.microsoft.com/openspecs/office_standards/ms-oi29500 (ST_Xstring). */
const unescaped = (xml: string): string =>
  xml
    .replaceAll(/&(amp|lt|gt|quot);/g, (_, name: string) => ({ amp: '&', lt: '<', gt: '>', quot: '"' })[name] ?? '')
    .replaceAll(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))

test('any text comes back from the XML, and the XML has no character that it may not have', () => {
  const texts = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(...hostileTexts, '_x005F_', '_x_x0041_', '\u0000\u000b\u001f\uffff'),
  )
  fc.assert(
    fc.property(texts, (text) => {
      const xml = xmlText(text)
      assert.equal(unescaped(xml), text.toWellFormed())
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML cannot have
      assert.doesNotMatch(xml, /[\u0000-\u0008\u000b-\u001f\ufffe\uffff<>]|&(?!amp;|lt;|gt;|quot;)/)
    }),
  )
})
