/** The databases behind the back of the server: what only an intruder, a fault or a test does. */
import Database from 'better-sqlite3'
import { dialect } from '../../server/db/dialect.ts'
import type { Store } from '../../server/db/open.ts'
import { addressOf, postgresUrl } from './database.ts'
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
    .map(({ name }) => [name, read.all(`SELECT * FROM "${name}" ${dialect === 'postgres' ? 'ORDER BY 1' : ''}`)])
}

export interface Intruder {
  /** One statement or several, in one transaction. */
  exec(sql: string): void
  close(): void
}

/** A connection of its own, with every right. */
export function behind({ path }: Pick<Store, 'path'>): Intruder {
  if (dialect === 'postgres') {
    // Its name has no login in it: the administrator's.
    const [, name = '', part = ''] = /^.*\/(\w+) \((\w+)\)$/.exec(path) ?? []
    return { exec: (sql) => void readPostgres(addressOf(name, postgresUrl ?? ''), part, sql), close: () => {} }
  }
  const connection = new Database(path)
  return { exec: (sql) => void connection.transaction(() => connection.exec(sql))(), close: () => void connection.close() }
}

/** From now on nothing can be added to a table; `when`: only rows of which this is true. Resolves with a function that mends it. */
export function failInserts(store: Pick<Store, 'path'>, table: string, when = 'true'): () => void {
  const intruder = behind(store)
  intruder.exec(
    dialect === 'postgres'
      ? `CREATE FUNCTION fails() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'it fails here'; END $$;
         CREATE TRIGGER fails BEFORE INSERT ON ${table} FOR EACH ROW WHEN (${when}) EXECUTE FUNCTION fails()`
      : `CREATE TRIGGER fails BEFORE INSERT ON ${table} WHEN ${when} BEGIN SELECT RAISE(ABORT, 'it fails here'); END`,
  )
  return () => {
    intruder.exec(dialect === 'postgres' ? `DROP TRIGGER fails ON ${table}; DROP FUNCTION fails()` : 'DROP TRIGGER fails')
    intruder.close()
  }
}
