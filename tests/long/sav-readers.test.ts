/** Files of SPSS, read by R with haven and by PSPP: each cell, label and missing value is what went in. */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { codebookEntries } from '../../server/export/codebook.ts'
import type { Cell, ColumnHead } from '../../server/export/column.ts'
import { inNewFolder } from '../../server/export/folder.ts'
import { sav } from '../../server/export/sav/sav.ts'
import { type FoundTable, type FoundVariable, knownOfPspp, readWithHaven, readWithPspp } from '../export/read-sav.ts'
import { type FilledTable, mixed, noRows, texts, tooLong, wide } from '../export/sav-tables.ts'
import { temporaryFolder } from '../harness/data-folder.ts'

const now = '2026-03-02T09:00:00.000Z'

async function writeAll(folder: string, tables: FilledTable[]): Promise<void> {
  await inNewFolder(folder, async (made) => {
    for (const table of tables) {
      const file = await made.create(`${table.name}.sav`)
      const codebook = codebookEntries(table, `${table.name}.sav`, [])
      const writer = await sav.open(file, { ...table, codebook, language: 'nl', now, study: 'Verzonnen', warning: null })
      for (const row of table.filled) await writer.write([row])
      await writer.finish?.()
    }
  })
}

const isText = ({ type }: ColumnHead) => type === 'text' || type === 'code'
const seconds = (date: string) => (Date.parse(date) - Date.parse('1582-10-14T00:00:00Z')) / 1000

/** What a reader has to find in a cell. SPSS knows no spaces at the end of a text. */
function expectedCell(column: ColumnHead, cell: Cell): string {
  if (cell === null) return ''
  if (isText(column)) return String(cell).replace(/ +$/, '')
  const number = typeof cell === 'string' ? seconds(cell) : cell
  return Object.is(number, -0) ? '-0' : String(number)
}

/** Numbers to the last digit; of moments, milliseconds. */
function assertCell(column: ColumnHead, found: string, cell: Cell, where: string): void {
  const expected = expectedCell(column, cell)
  if (isText(column) || expected === '' || found === '') assert.equal(found, expected, where)
  else if (column.type === 'moment') assert.ok(Math.abs(Number(found) - Number(expected)) < 0.0005, `${where}: ${found}, ${expected}`)
  else assert.ok(Object.is(Number(found), Number(expected)), `${where}: ${found}, ${expected}`)
}

function assertCells(table: FilledTable, found: FoundTable): void {
  const places = placesOf(table, [...found.variables.keys()])
  assert.equal(found.rows.length, table.filled.length)
  for (const [index, column] of table.columns.entries())
    for (const [row, cells] of found.rows.entries()) {
      const cell = (places.get(column.name) ?? []).map((place) => cells[place]).join('')
      assertCell(column, cell, table.filled[row]?.[index] ?? null, `${table.name} ${column.name} ${row}`)
    }
}

/** Where the variables stand that a column became: one, or one for each 32,000 bytes. */
function placesOf({ columns }: FilledTable, variables: string[]): Map<string, number[]> {
  const names = new Set(columns.map(({ name }) => name))
  const places = variables.map((name, index) => ({ column: names.has(name) ? name : name.replace(/__part\d+(_\d+)?$/, ''), index }))
  return new Map([...Map.groupBy(places, ({ column }) => column)].map(([column, its]) => [column, its.map(({ index }) => index)]))
}

function assertLabels(table: FilledTable, found: FoundTable, program: 'haven' | 'pspp'): void {
  for (const column of table.columns) {
    const variable = found.variables.get(column.name)
    assert.ok(variable, column.name)
    const where = `${program} ${table.name} ${column.name}`
    assert.equal(variable.label, cut(column.label.nl, 255), where)
    const codes = column.missing.map(({ code, label }) => ({ value: code, label }))
    const notCollected = isText(column) && codes.length > 0 ? [['', 'niet verzameld']] : []
    const values = [...[...column.values, ...codes].map(({ value, label }) => [String(value), cut(label.nl, 120)]), ...notCollected]
    const missing = [...codes.map(({ value }) => String(value)), ...(isText(column) ? [''] : [])]
    if (program === 'haven') {
      assert.deepEqual(variable.values.toSorted(), values.toSorted(), where)
      assert.deepEqual(variable.missing, missing, where)
    } else {
      // It prints values as they are displayed, and in an order of its own; haven looks at them digit by digit.
      assert.deepEqual(variable.values.map(([, label]) => label).toSorted(), values.map(([, label]) => label).toSorted(), where)
      if (!isLostOnPspp(variable, missing)) assert.deepEqual(variable.missing, missing, where)
    }
  }
}

/** PSPP before 2.0 does not take several missing values of a text of more than 8 bytes: its own files hold them another way. */
const isLostOnPspp = ({ format }: FoundVariable, missing: string[]): boolean =>
  format.startsWith('A') && Number(format.slice(1)) > 8 && missing.length > 1

function cut(label: string, longest: number): string {
  if (Buffer.byteLength(label) <= longest) return label
  let kept = ''
  for (const character of label) {
    if (Buffer.byteLength(`${kept}${character}…`) > longest) break
    kept += character
  }
  return `${kept}…`
}

test('haven and PSPP find every cell, label and missing value of whatever is exported', async (t) => {
  const folder = temporaryFolder(t)
  const generated = fc.tuple(texts('texts'), tooLong('too_long'), ...Array.from({ length: 40 }, (_, index) => mixed(`mixed${index}`)))
  let run = 0
  const property = fc.asyncProperty(fc.integer(), async (seed) => {
    const [some = []] = fc.sample(generated, { numRuns: 1, seed })
    const tables = [...some, noRows('no_rows'), wide('wide', 10_000)]
    const written = join(folder, String(run++))
    await writeAll(written, tables)
    const haven = readWithHaven(
      written,
      tables.map(({ name }) => name),
    )
    const files = tables.map(({ name, columns }) => ({ name, numbers: columns.filter((one) => !isText(one)).map((one) => one.name) }))
    const pspp = readWithPspp(written, files)
    assert.deepEqual(
      pspp.warnings.filter((warning) => !knownOfPspp.test(warning)),
      [],
    )
    for (const table of tables)
      for (const [program, found] of [
        ['haven', haven.get(table.name)],
        ['pspp', pspp.found.get(table.name)],
      ] as const) {
        assert.ok(found)
        assertCells(table, found)
        assertLabels(table, found, program)
      }
  })
  // All tables are one case, since each start of R takes a second; a failure names their seed.
  await fc.assert(property, { numRuns: 1, endOnFailure: true })
})
