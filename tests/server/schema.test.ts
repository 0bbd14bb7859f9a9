import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { is } from 'drizzle-orm'
import { PgTable, getTableConfig as postgresConfig } from 'drizzle-orm/pg-core'
import { SQLiteTable, getTableConfig as sqliteConfig } from 'drizzle-orm/sqlite-core'

const folder = fileURLToPath(new URL('../../server/db/', import.meta.url))

interface Described {
  columns: Record<string, { notNull: boolean; primaryKey: boolean }>
  indexes: Record<string, { isUnique: boolean; where?: string | undefined }>
  foreignKeys: Record<string, { tableTo: string; columnsFrom: string[] }>
}
/** A table in few words, so that what differs can be read. */
type Words = Record<string, string[]>

function snapshot(migrations: string, part: string): Described[] {
  const files = globSync(`${folder}${migrations}/${part}/meta/*_snapshot.json`).toSorted()
  return Object.values(JSON.parse(readFileSync(files.at(-1) ?? '', 'utf8')).tables)
}

const inWords = (tables: (Described & { name: string })[], columnsOf: (columns: unknown[]) => string[]): Words =>
  Object.fromEntries(
    tables.map((table) => [
      table.name,
      [
        ...Object.entries(table.columns).map(([name, { notNull }]) => `${name}${notNull ? ' not null' : ''}`),
        ...Object.entries(table.indexes).map(([name, index]) => {
          const { columns } = index as unknown as { columns: unknown[] }
          return `${name} on ${columnsOf(columns)}${index.isUnique ? ' unique' : ''}${index.where ? ` where ${index.where}` : ''}`
        }),
        ...Object.values(table.foreignKeys).map(({ tableTo, columnsFrom }) => `${columnsFrom} of ${tableTo}`),
      ].toSorted(),
    ]),
  )

const inSqlite = (part: string): Words =>
  inWords(snapshot('migrations', part) as (Described & { name: string })[], (columns) => columns as string[])

const inPostgres = (part: string): Words =>
  inWords(
    (snapshot('migrations-postgres', part) as (Described & { name: string })[]).map((table) => ({
      ...table,
      // A key is not null there without being said so.
      columns: Object.fromEntries(
        Object.entries(table.columns).map(([name, column]) => [name, { ...column, notNull: column.notNull || column.primaryKey }]),
      ),
      indexes: table.indexes,
    })),
    (columns) => (columns as { expression: string }[]).map(({ expression }) => expression),
  )

/** A table as the schema declares it: for the database that this process speaks to. */
const declarationOf = (value: unknown) =>
  is(value, SQLiteTable) ? [sqliteConfig(value)] : is(value, PgTable) ? [postgresConfig(value)] : []

const snake = (name: string): string =>
  name.replaceAll(/[A-Z0-9]+/g, (letters) => (/\d/.test(letters) ? letters : `_${letters.toLowerCase()}`))

for (const part of ['identity', 'study'])
  test(`${part}: the migrations for SQLite and for PostgreSQL make what the schema says (else: npm run db:generate -- NAME)`, async () => {
    const files = globSync(`${folder}${part}-schema/*.ts`)
    const modules: object[] = await Promise.all(files.map((file) => import(file)))
    const declared = modules
      .flatMap((module) => Object.values(module))
      .flatMap((value) =>
        declarationOf(value).map(({ name, columns, indexes }) => ({
          name,
          columns: columns.map((column) => column.name),
          indexes: indexes.map(({ config }) => config.name),
        })),
      )
    const [sqlite, postgres] = [inSqlite(part), inPostgres(part)]
    assert.deepEqual(
      Object.fromEntries(declared.map(({ name, columns }) => [name, columns.map(snake).toSorted()])),
      Object.fromEntries(
        (snapshot('migrations', part) as (Described & { name: string })[]).map(({ name, columns }) => [
          name,
          Object.keys(columns).toSorted(),
        ]),
      ),
    )
    for (const { name, indexes } of declared)
      for (const index of indexes)
        assert.ok(
          sqlite[name]?.some((words) => words.startsWith(`${index} on `)),
          `${index} of ${name}`,
        )
    assert.deepEqual(postgres, sqlite, 'PostgreSQL')
  })
