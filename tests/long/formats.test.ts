import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { DuckDBInstance } from '@duckdb/node-api'
import { formatNames } from '../../server/export/choices.ts'
import { isTableFormat } from '../../server/export/format.ts'
import { hostileTable, writeTable } from '../export/hostile-table.ts'
import { headerOf, manifestOf, rowsOf } from '../export/read-export.ts'
import { byReadxl } from '../export/read-xlsx.ts'
import { entry, parent, referrer, startExportStudy } from '../export/study.ts'
import { temporaryFolder } from '../harness/data-folder.ts'

const linesOf = (path: string) =>
  readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)

test('NDJSON has every cell of every row by its name', async (t) => {
  const rows = linesOf(await writeTable(temporaryFolder(t), 'ndjson', hostileTable))
  const names = hostileTable.columns.map(({ name }) => name)
  assert.deepEqual(
    rows,
    hostileTable.filled.map((cells) => Object.fromEntries(names.map((name, place) => [name, cells[place]]))),
  )
})

test('all formats lie in one folder, have the same rows and say the same, byte by byte the same a second time', async (t) => {
  const visits = await startExportStudy(t)
  await visits.register(entry('a', [parent('Een'), referrer('Twee')]), entry('b'), entry('c'))
  await visits.submit({ code: 'a', instrument: 'visit' }, { moved: 1, persons: 3, balance: -0.98, support: [1, 3], remark: '=1+1;"é"\n👪' })
  await visits.submit({ code: 'b', instrument: 'visit' }, { moved: 0, moved_on: undefined as never, remark: '-9' })
  const { code, stderr, directory } = await visits.export('out', '--format', ...formatNames)
  assert.equal(code, 0, stderr)
  const { files } = manifestOf(directory)
  const csvFiles = files.filter(({ name }) => /^[a-z_]+\.csv$/.test(name) && name !== 'codebook.csv' && name !== 'redcap.csv')
  assert.ok(csvFiles.length >= 5)

  const connection = await (await DuckDBInstance.create(':memory:')).connect()
  for (const { name, rows, columns } of csvFiles) {
    const table = name.replace('.csv', '')
    const source = rowsOf(directory, name)
    const beside = files.filter((file) => file.name.startsWith(`${table}.`))
    const parquet = await connection.runAndReadAll(`SELECT * FROM '${join(directory, `${table}.parquet`)}'`)
    assert.deepEqual(
      beside.map((file) => [file.name, file.rows, file.columns]),
      // Parquet has a column of its own for the reasons why some values are missing.
      beside.map(({ name }) => [name, rows, name.endsWith('.parquet') ? parquet.columnCount : columns]),
    )
    assert.equal(beside.length, formatNames.filter(isTableFormat).length, 'the others have no tables')
    // NDJSON tells numbers from texts; the text of each cell is that of the CSV.
    const lines = linesOf(join(directory, `${table}.ndjson`))
    assert.deepEqual(
      lines.map((line) => Object.fromEntries(Object.entries(line).map(([key, value]) => [key, String(value ?? '')]))),
      source,
    )
    const read = parquet.getRowObjectsJS()
    for (const [index, line] of lines.entries())
      for (const [variable, value] of Object.entries(line)) {
        const found = read[index]?.[variable] ?? read[index]?.[`${variable}__missing`] ?? null
        if (found instanceof Date) assert.equal(found.getTime(), Date.parse(String(value)))
        else assert.ok(found === value || found === String(value), `${variable} of ${table}: ${found}, ${value}`)
      }
  }
  const wide = byReadxl(join(directory, 'wide.xlsx'))
  assert.deepEqual(
    wide.map(({ name }) => name),
    headerOf(directory, 'wide.csv'),
  )
  for (const { name, cells } of wide)
    for (const [index, row] of rowsOf(directory, 'wide.csv').entries()) {
      const [kind, value = ''] = cells[index] ?? ['text', '']
      if (kind === 'time') assert.equal(Number(value), Date.parse(row[name] ?? ''))
      else if (kind === 'number') assert.equal(Number(value), Number(row[name]))
      else assert.equal(value, row[name])
    }
  assert.ok(readFileSync(join(directory, 'README.txt'), 'utf8').includes('wide.xlsx: one row per case'))

  const { directory: again } = await visits.export('again', '--format', ...formatNames)
  assert.deepEqual(readdirSync(again), readdirSync(directory))
  const moment = new Set(['manifest.json', ...files.flatMap(({ name }) => (name.endsWith('.sav') ? [name] : []))])
  for (const name of readdirSync(directory))
    if (!moment.has(name)) assert.ok(readFileSync(join(directory, name)).equals(readFileSync(join(again, name))), name)
})

test('the codebook is there for Excel too when Excel is asked for', async (t) => {
  const visits = await startExportStudy(t)
  await visits.register(entry('a'))
  const { directory } = await visits.export('out', '--format', 'csv-excel-nl')
  const codebook = readFileSync(join(directory, 'codebook.excel-nl.csv'), 'utf8')
  assert.match(codebook, /^\ufefffile;position;variable;/)
  assert.equal(
    manifestOf(directory).files.find(({ name }) => name === 'codebook.excel-nl.csv')?.rows,
    rowsOf(directory, 'codebook.csv').length,
  )
  assert.ok(!existsSync(join(directory, 'wide.csv')))
})
