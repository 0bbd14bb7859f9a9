/** Holds the `.sav` files of an export beside its CSV files: haven and PSPP find in the ones what stands in the others. */
import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { headerOf, type Row, rowsOf } from './read-export.ts'
import { type FoundTable, knownOfPspp, readWithHaven, readWithPspp } from './read-sav.ts'

/** Returns how many cells were compared, in one of the programs. */
export function assertSavIsCsv(directory: string, language: 'nl' | 'en'): number {
  const codebook = rowsOf(directory, 'codebook.csv')
  const files = readdirSync(directory)
    .filter((file) => file.endsWith('.sav'))
    .map((file) => {
      const name = file.replace(/\.sav$/, '')
      const entries = codebook.filter((entry) => entry.file === `${name}.csv`)
      assert.deepEqual(
        entries.map(({ variable }) => variable),
        headerOf(directory, `${name}.csv`),
      )
      return {
        name,
        entries,
        rows: rowsOf(directory, `${name}.csv`),
        numbers: entries.filter(isNumber).map(({ variable }) => variable ?? ''),
      }
    })
  const haven = readWithHaven(
    directory,
    files.map(({ name }) => name),
  )
  const pspp = readWithPspp(directory, files)
  assert.deepEqual(
    pspp.warnings.filter((warning) => !knownOfPspp.test(warning)),
    [],
  )
  for (const { name, entries, rows } of files) assertMissingIs(haven.get(name)?.plain ?? assert.fail(), entries, rows)
  for (const { name, entries, rows } of files)
    for (const found of [haven.get(name), pspp.found.get(name)]) {
      assert.ok(found)
      assert.deepEqual(
        [...found.variables].map(([variable, { label }]) => [variable, label]),
        entries.map((entry) => [entry.variable, entry[`label_${language}`]]),
      )
      assert.equal(found.rows.length, rows.length)
      for (const [index, row] of rows.entries())
        for (const [place, entry] of entries.entries())
          assertSame(entry, found.rows[index]?.[place] ?? '', row[entry.variable ?? ''] ?? '', `${name} ${entry.variable} ${index}`)
    }
  return files.reduce((sum, { rows, entries }) => sum + rows.length * entries.length, 0)
}

/** Every code and every empty cell is `NA` in R, and what is left of a date or moment is one. */
function assertMissingIs({ classes, isMissing }: NonNullable<FoundTable['plain']>, entries: Row[], rows: Row[]): void {
  for (const [place, { variable = '', type, missing_nl }] of entries.entries()) {
    if (type === 'date' || type === 'moment') assert.equal(classes[place], type === 'date' ? 'Date' : 'POSIXct', variable)
    for (const [index, row] of rows.entries()) {
      const cell = row[variable] ?? ''
      const isCode = missing_nl !== '' && /^-[89]$/.test(cell)
      assert.equal(isMissing[index]?.[place], cell.trim() === '' || isCode, `${variable} ${index}: ${cell}`)
    }
  }
}

const isNumber = ({ type }: Row): boolean => type !== 'text' && type !== 'code'

function assertSame(entry: Row, found: string, written: string, where: string): void {
  if (!isNumber(entry) || written === '') assert.equal(found, written.trimEnd(), where)
  else if (/^-[89]$/.test(written) || entry.type === 'integer' || entry.type === 'decimal')
    assert.equal(Number(found), Number(written), where)
  else {
    // To the millisecond: seconds since 1582 have no finer ones.
    const seconds = (Date.parse(written) - Date.parse('1582-10-14')) / 1000
    assert.ok(Math.abs(Number(found) - seconds) < 0.0005, `${where}: ${found}, ${written}`)
  }
}
