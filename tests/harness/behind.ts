/** The databases behind the back of the server: what only an intruder, a fault or a test does. */
import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { dialect } from '../../server/db/dialect.ts'
import type { Store } from '../../server/db/open.ts'
import { addressOf, databaseOf, postgresUrl } from './database.ts'
import { readPostgres } from './postgres-rows.ts'

/** All rows of all tables, but for those named. */
export function contentOf({ read }: Pick<Store, 'read'>, except: readonly string[] = []): unknown[] {
  const tables =
    dialect === 'postgres'
      ? 'SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename'
      : "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
  return read
    .all<{ name: string }>(tables)
    .filter(({ name }) => !except.includes(name))
    .map(({ name }) => [name, read.all(`SELECT * FROM "${name}" AS whole ${dialect === 'postgres' ? 'ORDER BY whole::text' : ''}`)])
}

export interface Intruder {
  /** One statement or several, in one transaction. */
  exec(sql: string): void
  /** The same, and nobody looks whether what is referred to is there. */
  execUnchecked(sql: string): void
  /** Of one statement that reads. */
  rows<Row>(sql: string): Row[]
  close(): void
}

/** A connection of its own, with every right. */
export function behind({ path }: Pick<Store, 'path'>): Intruder {
  if (dialect !== 'postgres') return behindFile(path)
  // Its name has no login in it: the administrator's.
  const [, name = '', part = ''] = /^.*\/(\w+) \((\w+)\)$/.exec(path) ?? []
  return behindSchema(addressOf(name, postgresUrl ?? ''), part)
}

/** The same for a server that works in another process, by its data folder. */
export async function behindFolder(dataFolder: string, part: 'identity' | 'study'): Promise<Intruder> {
  const url = await databaseOf(dataFolder)
  return url === undefined ? behindFile(join(dataFolder, `${part}.sqlite`)) : behindSchema(url, part)
}

function behindSchema(url: string, part: string): Intruder {
  const exec = (sql: string): void => void readPostgres(url, part, sql)
  return {
    exec,
    execUnchecked: (sql) => exec(`SET LOCAL session_replication_role = replica; ${sql}`),
    rows: (sql) => readPostgres(url, part, sql),
    close: () => {},
  }
}

function behindFile(path: string): Intruder {
  const connection = new Database(path)
  const exec = (sql: string): void => void connection.transaction(() => connection.exec(sql))()
  return {
    exec,
    execUnchecked(sql) {
      connection.pragma('foreign_keys = OFF')
      exec(sql)
      connection.pragma('foreign_keys = ON')
    },
    rows: <Row>(sql: string) => connection.prepare<[], Row>(sql).all(),
    close: () => void connection.close(),
  }
}

/** Takes away all contact data of a study that nobody serves; resolves with a function that tells whether there is a place for them again. */
export async function takeIdentityAway(dataFolder: string): Promise<() => boolean> {
  const url = await databaseOf(dataFolder)
  if (url === undefined) {
    const files = (): string[] => readdirSync(dataFolder).filter((name) => name.startsWith('identity'))
    for (const name of files()) rmSync(join(dataFolder, name))
    return () => files().length > 0
  }
  readPostgres(url, 'public', 'ALTER SCHEMA identity RENAME TO taken_away')
  return () => readPostgres(url, 'public', "SELECT 1 FROM pg_namespace WHERE nspname = 'identity'").length > 0
}

/** From now on nothing can be added to a table; `when`: only rows of which this is true. Resolves with a function that mends it. */
export const failInserts = (store: Pick<Store, 'path'>, table: string, when = 'true'): (() => void) => failing(store, 'INSERT', table, when)

/** From now on nothing in a table can be changed, or removed from it; see `failInserts`. */
export const failChanges = (store: Pick<Store, 'path'>, what: 'UPDATE' | 'DELETE', table: string): (() => void) =>
  failing(store, what, table, 'true')

function failing(store: Pick<Store, 'path'>, what: 'INSERT' | 'UPDATE' | 'DELETE', table: string, when: string): () => void {
  const intruder = behind(store)
  const name = `fails_${table}`
  intruder.exec(
    dialect === 'postgres'
      ? `CREATE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'it fails here'; END $$;
         CREATE TRIGGER ${name} BEFORE ${what} ON ${table} FOR EACH ROW WHEN (${when}) EXECUTE FUNCTION ${name}()`
      : `CREATE TRIGGER ${name} BEFORE ${what} ON ${table} WHEN ${when} BEGIN SELECT RAISE(ABORT, 'it fails here'); END`,
  )
  return () => {
    intruder.exec(dialect === 'postgres' ? `DROP TRIGGER ${name} ON ${table}; DROP FUNCTION ${name}()` : `DROP TRIGGER ${name}`)
    intruder.close()
  }
}
