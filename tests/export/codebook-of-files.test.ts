/** The codebook beside what is in the files, of every format and layout: read back from the files. */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { DuckDBInstance } from '@duckdb/node-api'
import { readZip } from '../harness/read-zip.ts'
import { manifestOf, rowsOf, rowWhere } from './read-export.ts'
import { entry, parent, referrer, startExportStudy } from './study.ts'

const connection = await (await DuckDBInstance.create(':memory:')).connect()

/** Names of variables, in the order in which the file has them. */
async function columnsOf(path: string): Promise<string[]> {
  const text = () => readFileSync(path, 'utf8')
  if (path.endsWith('.excel-nl.csv')) return (text().slice(1).split('\r\n')[0] ?? '').split(';')
  if (path.endsWith('.csv')) return (text().split('\n')[0] ?? '').split(',')
  if (path.endsWith('.ndjson')) return Object.keys(JSON.parse(text().split('\n')[0] ?? ''))
  if (path.endsWith('.sav')) return savColumns(readFileSync(path))
  if (path.endsWith('.xlsx')) return headerOfSheet(path)
  const described = await connection.runAndReadAll(`DESCRIBE SELECT * FROM '${path}'`)
  return described.getRowObjectsJS().map(({ column_name }) => String(column_name))
}

/** The record of long names, subtype 13: `SHORT=long`, with tabs between them. */
function savColumns(file: Buffer): string[] {
  const head = Buffer.from([7, 0, 0, 0, 13, 0, 0, 0, 1, 0, 0, 0])
  const at = file.indexOf(head) + head.length
  const names = file.toString('utf8', at + 4, at + 4 + file.readInt32LE(at)).split('\t')
  return names.map((pair) => pair.slice(pair.indexOf('=') + 1))
}

function headerOfSheet(path: string): string[] {
  const sheet = readZip(readFileSync(path)).get('xl/worksheets/sheet1.xml')?.toString('utf8') ?? ''
  const [, first = ''] = /<row r="1">(.*?)<\/row>/.exec(sheet) ?? []
  return [...first.matchAll(/<t[^>]*>([^<]*)<\/t>/g)].map(([, name = '']) => name)
}

const formats = ['csv', 'csv-excel-nl', 'sav', 'xlsx', 'parquet', 'ndjson']
const table = /\.(csv|sav|xlsx|parquet|ndjson)$/

for (const shared of [false, true])
  test(`every column of every file of every format has an entry in the codebook, ${shared ? 'shared' : 'pseudonymous'}`, async (t) => {
    const visits = await startExportStudy(t)
    await visits.register(entry('one'), entry('two', [parent('Ada'), parent('Ben'), referrer('Cor')]))
    // More than a text of SPSS can hold.
    await visits.submit({ code: 'one', instrument: 'visit' }, { moved: 1, moved_on: '2026-02-01', remark: '€'.repeat(15_000) })
    const options = shared ? ['--tier', 'shared', '--purpose', 'a test'] : []
    const { directory, code, stderr } = await visits.export('out', ...options, '--format', ...formats)
    assert.equal(code, 0, stderr)

    const codebook = rowsOf(directory, 'codebook.csv')
    const files = readdirSync(directory).filter((name) => table.test(name) && !name.startsWith('codebook'))
    assert.deepEqual([...new Set(codebook.map(({ file }) => file))].sort(), files.toSorted())
    for (const file of files) {
      const entries = codebook.filter((row) => row.file === file)
      assert.deepEqual(
        entries.map(({ variable }) => variable),
        await columnsOf(join(directory, file)),
        file,
      )
      assert.deepEqual(
        entries.map(({ position }) => Number(position)),
        entries.map((_, index) => index + 1),
      )
      for (const { variable, label_nl, label_en, type } of entries) assert.ok(label_nl && label_en && type, `${file} ${variable}`)
      assert.equal(manifestOf(directory).files.find(({ name }) => name === file)?.columns, entries.length, file)
    }

    const reason = rowWhere(codebook, { file: 'long_visit.parquet', variable: 'moved_on__missing' })
    assert.match(reason.values_en ?? '', /^-9=asked and left open; -8=not applicable/)
    assert.equal(reason.item, 'moved_on')
    assert.equal(rowWhere(codebook, { file: 'long_visit.parquet', variable: 'moved_on' }).missing_en, '')
    const further = codebook.filter(({ variable = '' }) => variable.includes('__part'))
    assert.deepEqual(
      further.map(({ file, variable, label_nl }) => `${file} ${variable} ${label_nl}`),
      shared ? [] : ['long_visit.sav remark__part2 Remark (vervolg 2)', 'wide.sav visit_t0_remark__part2 Remark (vervolg 2)'],
    )
  })
