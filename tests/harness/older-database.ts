/** Databases as earlier versions of Nameting left them, with rows in every table that make sense to the database and to nobody else. */
import Database from 'better-sqlite3'
import { readMigrationFiles } from 'drizzle-orm/migrator'

export type Row = Record<string, unknown>

/** In memory, with the first `count` migrations of a folder. Whoever opens it closes it. */
export function olderDatabase(folder: string, count: number, path = ':memory:'): Database.Database {
  const database = new Database(path)
  database.pragma('synchronous = OFF')
  database.exec('CREATE TABLE IF NOT EXISTS __drizzle_migrations (id SERIAL PRIMARY KEY, hash text NOT NULL, created_at numeric)')
  for (const { sql, folderMillis, hash } of readMigrationFiles({ migrationsFolder: folder }).slice(0, count)) {
    for (const statement of sql) database.exec(statement)
    database.prepare('INSERT INTO __drizzle_migrations (hash, created_at) VALUES (?, ?)').run(hash, folderMillis)
  }
  database.pragma('foreign_keys = ON')
  return database
}

export const tablesOf = (database: Database.Database): string[] =>
  database
    .prepare(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name <> '__drizzle_migrations' ORDER BY rowid",
    )
    .pluck()
    .all() as string[]

interface Column {
  name: string
  type: string
  notnull: number
  pk: number
}

export const columnsOf = (database: Database.Database, table: string): Column[] => database.pragma(`table_info("${table}")`) as Column[]

/** Puts three rows in every table: the second has nothing where nothing may be. */
export function fill(database: Database.Database): void {
  const done = new Set<string>()
  const tables = tablesOf(database)
  while (done.size < tables.length) {
    const next = tables.find(
      (table) => !done.has(table) && parentsOf(database, table).every(({ table: parent }) => done.has(parent) || parent === table),
    )
    if (next === undefined) throw new Error('the tables refer to each other in a circle')
    for (const at of [0, 1, 2]) insert(database, next, at)
    done.add(next)
  }
}

const parentsOf = (database: Database.Database, table: string) =>
  database.pragma(`foreign_key_list("${table}")`) as { table: string; from: string; to: string | null }[]

function insert(database: Database.Database, table: string, at: number): void {
  const parents = new Map(parentsOf(database, table).map((parent) => [parent.from, parent]))
  const row: Row = {}
  for (const { name, type, notnull, pk } of columnsOf(database, table)) {
    const parent = parents.get(name)
    if (at === 1 && notnull === 0 && pk === 0) row[name] = null
    else if (parent)
      row[name] = database
        .prepare(`SELECT "${parent.to ?? 'id'}" FROM "${parent.table}" LIMIT 1 OFFSET ${at}`)
        .pluck()
        .get()
    else row[name] = someValue(`${table}.${name}`, type, at)
  }
  const names = Object.keys(row)
  database
    .prepare(`INSERT INTO "${table}" (${names.map((name) => `"${name}"`).join(', ')}) VALUES (${names.map(() => '?').join(', ')})`)
    .run(...names.map((name) => row[name]))
}

/** Of its kind, and another one in each row. Text is JSON as well: a migration may look into it. */
function someValue(name: string, type: string, at: number): unknown {
  // The index child has always been the first; in the earliest versions it stood elsewhere.
  if (name === 'children.number') return at + 2
  if (/int/i.test(type)) return at + 1
  if (/real|num/i.test(type)) return at + 0.5
  if (/blob/i.test(type)) return Buffer.from(`${name} ${at}`)
  return JSON.stringify({ [name]: at })
}
