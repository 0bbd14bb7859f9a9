/** Whatever version a data folder is of, the newest one goes on with it, and what was in it stays. */
import assert from 'node:assert/strict'
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { inspect } from 'node:util'
import type Database from 'better-sqlite3'
import { migrate, migrateTogether } from '../../server/db/migrate.ts'
import { Failure } from '../../server/failure.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { columnsOf, fill, olderDatabase, type Row, tablesOf } from '../harness/older-database.ts'

const names = ['identity', 'study'] as const
const shipped = (name: string): string => fileURLToPath(new URL(`../../server/db/migrations/${name}`, import.meta.url))

interface Journal {
  entries: { idx: number; when: number; tag: string }[]
}
const journalOf = (folder: string): Journal => JSON.parse(readFileSync(join(folder, 'meta/_journal.json'), 'utf8')) as Journal

const rowsOf = (database: Database.Database, table: string): Row[] =>
  database.prepare(`SELECT * FROM "${table}" ORDER BY rowid`).all() as Row[]

/** What a step works out anew: the key of a sum is the JSON of its other columns. */
const reworked = ['list_counts.key']
/** What a step puts more into: index children, who were in a column of their cases. */
const grown = ['children']

for (const name of names)
  test(`${name}: of every version that there was, all rows are kept, with every column that there still is`, () => {
    const { entries } = journalOf(shipped(name))
    const newest = olderDatabase(shipped(name), entries.length)
    for (const [at, { tag }] of entries.entries()) {
      const database = olderDatabase(shipped(name), at + 1)
      fill(database)
      const before = new Map(tablesOf(database).map((table) => [table, rowsOf(database, table)]))
      migrate(database, name)
      const after = tablesOf(database)
      for (const [table, rows] of before) {
        assert.ok(after.includes(table), `${table} of ${tag} is gone`)
        const columns = columnsOf(database, table).map((column) => column.name)
        const common = Object.keys(rows[0] ?? {}).filter((column) => columns.includes(column) && !reworked.includes(`${table}.${column}`))
        assert.ok(common.length > 0)
        const only = (row: Row): string => inspect(common.map((column) => row[column]))
        const kept = rowsOf(database, table).map(only)
        if (!grown.includes(table)) assert.equal(kept.length, rows.length, `${table} of ${tag}`)
        assert.deepEqual(
          rows.map(only).filter((row) => !kept.includes(row)),
          [],
          `${table} of ${tag}`,
        )
      }
      assert.deepEqual(database.pragma('foreign_key_check'), [], tag)
      assert.deepEqual(database.pragma('integrity_check'), [{ integrity_check: 'ok' }], tag)
      assert.deepEqual(schemaOf(database), schemaOf(newest), `${tag} ends in another schema`)
      database.close()
    }
    newest.close()
  })

const schemaOf = (database: Database.Database): unknown[] =>
  database.prepare("SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite%' ORDER BY name").all()

/** Both databases in files, of a version before the newest, and folders of migrations with one more at their end. */
function withNext(t: TestContext, next: Record<(typeof names)[number], string>) {
  const folder = temporaryFolder(t)
  const databases = names.map((name) => {
    const own = join(folder, 'migrations', name)
    cpSync(shipped(name), own, { recursive: true })
    const journal = journalOf(own)
    const last = journal.entries.at(-1)
    const entry = { ...last, idx: journal.entries.length, when: (last?.when ?? 0) + 1, tag: '9999_next' }
    writeFileSync(join(own, 'meta/_journal.json'), JSON.stringify({ ...journal, entries: [...journal.entries, entry] }))
    writeFileSync(join(own, '9999_next.sql'), next[name])
    const connection = olderDatabase(shipped(name), journal.entries.length, join(folder, `${name}.sqlite`))
    fill(connection)
    t.after(() => connection.close())
    return { name, connection }
  })
  const dump = () =>
    databases.map(({ connection }) => [schemaOf(connection), tablesOf(connection).map((table) => rowsOf(connection, table))])
  return { databases, dump, folderOf: (name: string) => join(folder, 'migrations', name) }
}

test('a step that fails in one database leaves both as they were, and says which it was', (t) => {
  const good = 'CREATE TABLE `added` (`id` text PRIMARY KEY);'
  for (const bad of [
    'CREATE TABLE `half` (`id` text);--> statement-breakpoint\nINSERT INTO `nowhere` VALUES (1);',
    'DELETE FROM `cases`;',
  ]) {
    const { databases, dump, folderOf } = withNext(t, { identity: good, study: bad })
    const before = dump()
    assert.throws(
      () => migrateTogether(databases, folderOf),
      (error) =>
        error instanceof Failure &&
        /study\.sqlite cannot be brought up to date.*(9999_next failed \(no such table: nowhere\)|rows would belong to nothing)/.test(
          error.message,
        ) &&
        /Nothing was changed in any database/.test(error.message),
    )
    assert.deepEqual(dump(), before)
    for (const { connection } of databases) assert.equal(connection.pragma('foreign_keys', { simple: true }), 1)
  }
})

test('a table that is made anew takes nothing with it that refers to it', (t) => {
  const remade = `CREATE TABLE \`new\` (\`id\` text PRIMARY KEY NOT NULL, \`made\` text);--> statement-breakpoint
    INSERT INTO \`new\` SELECT \`id\`, \`created_at\` FROM \`studies\`;--> statement-breakpoint
    DROP TABLE \`studies\`;--> statement-breakpoint
    ALTER TABLE \`new\` RENAME TO \`studies\`;`
  const { databases, folderOf } = withNext(t, { identity: 'SELECT 1;', study: remade })
  migrateTogether(databases, folderOf)
  const study = databases.find(({ name }) => name === 'study')?.connection
  assert.equal(study?.prepare('SELECT count(*) FROM cases JOIN studies ON studies.id = cases.study_id').pluck().get(), 3)
})

test('where one database is newer than this version, the other is not touched either', (t) => {
  const { databases, dump } = withNext(t, { identity: '', study: '' })
  const [identity, study] = databases
  assert.ok(identity && study)
  study.connection.prepare('INSERT INTO __drizzle_migrations (hash, created_at) VALUES (?, ?)').run('of a later version', 9e15)
  identity.connection.exec('DELETE FROM __drizzle_migrations WHERE created_at = (SELECT max(created_at) FROM __drizzle_migrations)')
  const before = dump()
  assert.throws(() => migrateTogether(databases), /study\.sqlite was made by a newer version/)
  assert.deepEqual(dump(), before)
})
