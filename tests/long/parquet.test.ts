import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DuckDBInstance } from '@duckdb/node-api'
import type { Cell, ColumnHead } from '../../server/export/column.ts'
import { broadTable, type HostileTable, hostileTable, writeTable } from '../export/hostile-table.ts'
import { temporaryFolder } from '../harness/data-folder.ts'

type Row = Record<string, unknown>

const database = await DuckDBInstance.create(':memory:')
const connection = await database.connect()

async function ask(sql: string): Promise<Row[]> {
  return (await connection.runAndReadAll(sql)).getRowObjectsJS() as Row[]
}

const typesOf = async (path: string): Promise<Record<string, unknown>> =>
  Object.fromEntries((await ask(`DESCRIBE SELECT * FROM '${path}'`)).map(({ column_name, column_type }) => [column_name, column_type]))

/** What DuckDB gives for a cell. */
function asRead(cell: Cell, { type }: ColumnHead): unknown {
  if (type === 'text' || type === 'code') return cell === null ? null : String(cell)
  if (type === 'date' || type === 'moment') return typeof cell === 'string' ? new Date(cell) : null
  return cell
}

test('DuckDB reads every cell as it was, and dates and moments as such', async (t) => {
  const path = await writeTable(temporaryFolder(t), 'parquet', hostileTable)
  assert.deepEqual(await typesOf(path), {
    words: 'VARCHAR',
    amount: 'DOUBLE',
    choice: 'INTEGER',
    day: 'DATE',
    day__missing: 'INTEGER',
    at: 'TIMESTAMP WITH TIME ZONE',
    nothing: 'VARCHAR',
  })
  const rows = await ask(`SELECT * FROM '${path}'`)
  assert.equal(rows.length, hostileTable.filled.length)
  for (const [index, cells] of hostileTable.filled.entries())
    for (const [place, column] of hostileTable.columns.entries())
      assert.deepEqual(rows[index]?.[column.name], asRead(cells[place] ?? null, column), `${column.name} in row ${index}`)
  const codes = rows.map(({ day__missing }) => day__missing)
  assert.deepEqual(
    codes,
    hostileTable.filled.map(([, , , day]) => (typeof day === 'number' ? day : null)),
  )
})

const one = (column: Partial<ColumnHead>, ...cells: Cell[]): HostileTable => ({
  name: 'one',
  columns: [{ ...(hostileTable.columns[0] as ColumnHead), name: 'v', missing: [], ...column }],
  filled: cells.map((cell) => [cell]),
})

test('numbers are those of the computer, also the largest, the smallest and minus zero', async (t) => {
  const numbers = [1e308, -1e308, 5e-324, -0, 2 ** 53, -0.98, null]
  const path = await writeTable(temporaryFolder(t), 'parquet', one({ type: 'decimal' }, ...numbers))
  assert.deepEqual(
    (await ask(`SELECT v FROM '${path}'`)).map(({ v }) => v),
    numbers,
  )
})

test('days long past are the same days', async (t) => {
  const days = ['0001-01-01', '1582-10-04', '1899-12-31', '9999-12-31']
  const path = await writeTable(temporaryFolder(t), 'parquet', one({ type: 'date' }, ...days))
  assert.deepEqual(
    (await ask(`SELECT strftime(v, '%Y-%m-%d') AS v FROM '${path}'`)).map(({ v }) => v),
    days,
  )
})

test('a whole number without bounds is as large as somebody typed it; the type follows from the definition', async (t) => {
  const folder = temporaryFolder(t)
  const open = await writeTable(`${folder}/open`, 'parquet', one({ type: 'integer', range: [0, null] }, 3, 1e300))
  assert.deepEqual(await typesOf(open), { v: 'DOUBLE' })
  assert.deepEqual(await ask(`SELECT v FROM '${open}'`), [{ v: 3 }, { v: 1e300 }])
  const bounded = await writeTable(`${folder}/bounded`, 'parquet', one({ type: 'integer', range: [0, 30] }, 3, -9))
  assert.deepEqual(await typesOf(bounded), { v: 'INTEGER' })
})

test('what a type cannot have is refused by name, and nothing is left', async (t) => {
  const folder = temporaryFolder(t)
  const refused: [Partial<ColumnHead>, Cell][] = [
    [{ type: 'integer' }, 1.5],
    [{ type: 'integer' }, 2 ** 31],
    [{ type: 'decimal' }, 'veel'],
    [{ type: 'date' }, '2026-02-30'],
    [{ type: 'date' }, 7],
    [{ type: 'moment' }, 'straks'],
  ]
  for (const [column, cell] of refused)
    await assert.rejects(writeTable(folder, 'parquet', one(column, cell)), /^Error: v is .* in a row, which Parquet cannot have as \w+\./)
})

test('a table without rows has its columns, and one of 10,000 columns has them all', async (t) => {
  const folder = temporaryFolder(t)
  const none = await writeTable(folder, 'parquet', { ...hostileTable, name: 'none', filled: [] })
  assert.deepEqual(await ask(`SELECT count(*)::INT AS rows, count(words)::INT AS words FROM '${none}'`), [{ rows: 0, words: 0 }])

  const broad = broadTable(10_000, 4)
  const path = await writeTable(`${folder}/broad`, 'parquet', broad)
  const names = await ask(`SELECT name FROM parquet_schema('${path}') OFFSET 1`)
  assert.deepEqual(
    names.map(({ name }) => name),
    broad.columns.map(({ name }) => name),
  )
  // DuckDB takes 10 seconds for all of them at once.
  const some = broad.columns.filter((_, index) => index % 20 === 0 || index === 9_999)
  const rows = await ask(`SELECT ${some.map(({ name }) => name).join(', ')} FROM '${path}'`)
  assert.deepEqual(
    rows,
    broad.filled.map((cells) =>
      Object.fromEntries(some.map(({ name }) => [name, cells[broad.columns.findIndex((column) => column.name === name)]])),
    ),
  )
})

test('rows go into several groups, and none is lost or doubled', async (t) => {
  const rows = 210_000
  const table = {
    ...hostileTable,
    filled: Array.from({ length: rows }, (_, row): Cell[] => [`t${row}`, row / 8, row % 2, null, null, null]),
  }
  const path = await writeTable(temporaryFolder(t), 'parquet', table)
  const [groups] = await ask(`SELECT count(DISTINCT row_group_id)::INT AS groups FROM parquet_metadata('${path}')`)
  assert.ok(Number(groups?.groups) > 1)
  const sums = `count(*)::INT AS rows, count(DISTINCT words)::INT AS words, sum(amount) AS amount, sum(choice)::INT AS choices`
  assert.deepEqual(await ask(`SELECT ${sums} FROM '${path}'`), [
    { rows, words: rows, amount: ((rows - 1) * rows) / 2 / 8, choices: rows / 2 },
  ])
})

test('the file says what it is and that it has stand-ins', async (t) => {
  const path = await writeTable(temporaryFolder(t), 'parquet', hostileTable)
  const facts = await ask(`SELECT decode(key) AS key, decode(value) AS value FROM parquet_kv_metadata('${path}')`)
  assert.deepEqual(Object.fromEntries(facts.map(({ key, value }) => [key, value])), {
    'nameting.study': 'Proef & "co"',
    'nameting.table': 'hostile',
    'nameting.about': 'one row per invention',
    'nameting.warning': 'Made with STAND-IN wording.',
  })
})
