/** Both databases as they are at one moment, copied while the server goes on. */
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { Failure } from '../failure.ts'
import type { Db } from './tx.ts'

export const databaseNames = ['identity', 'study'] as const
export type DatabaseName = (typeof databaseNames)[number]
export const fileOf = (name: DatabaseName): string => `${name}.sqlite`

export interface Snapshot {
  /** When it was taken. */
  madeAt: string
  /** Writes both files into a folder in which they are not there yet. */
  copyInto(folder: string): Promise<void>
  close(): void
}

/** Milliseconds between two looks whether whoever writes is done, and after which that is given up. */
const turn = { pause: 10, patience: 60_000 }
/** So many pages are copied in one go; then whoever else runs in this process has a turn. */
const pagesAtOnce = 500

/**
 * Takes the moment: nobody writes in either database while reading begins in both, for milliseconds. Whatever was acknowledged before
 * is in it, and nothing that began later. Whoever takes it closes it: until then the logs of the databases grow.
 *
 * Throws a Failure when another process keeps writing for a minute.
 */
export async function takeSnapshot(directory: string, now: () => string): Promise<Snapshot> {
  const readers = databaseNames.map((name) => ({ name, connection: open(directory, name, 5_000) }))
  const close = (): void => {
    for (const { connection } of readers) connection.close()
  }
  const writers = databaseNames.map((name) => open(directory, name, 0))
  try {
    const madeAt = await whileNobodyWrites(writers, () => {
      for (const { connection } of readers) {
        connection.exec('BEGIN')
        // Only the first look into the file makes the moment.
        connection.prepare('SELECT count(*) FROM sqlite_master').get()
      }
      return now()
    })
    return {
      madeAt,
      close,
      async copyInto(folder) {
        for (const { name, connection } of readers) {
          const path = join(folder, fileOf(name))
          await connection.backup(path, { progress: () => pagesAtOnce })
          settle(path)
        }
      },
    }
  } catch (reason) {
    close()
    throw reason
  } finally {
    for (const writer of writers) writer.close()
  }
}

/** `timeout`: milliseconds that it waits for whoever writes. */
function open(directory: string, name: DatabaseName, timeout: number): Database.Database {
  const path = join(directory, fileOf(name))
  try {
    return new Database(path, { fileMustExist: true, timeout })
  } catch (cause) {
    throw new Failure(`The database ${path} cannot be read: ${(cause as Error).message}. Set DATA_DIR to the data folder of the server.`)
  }
}

/** Holds both write locks, or none while it waits: a process that has one and waits for the other would wait for ever. */
async function whileNobodyWrites<T>(writers: Database.Database[], work: () => T): Promise<T> {
  const until = performance.now() + turn.patience
  for (;;) {
    try {
      for (const writer of writers) writer.exec('BEGIN IMMEDIATE')
      return work()
    } catch (reason) {
      if (!(reason instanceof Database.SqliteError && reason.code.startsWith('SQLITE_BUSY'))) throw reason
      if (performance.now() > until)
        throw new Failure('Another process has been writing in the data folder for more than a minute. Try again later.')
    } finally {
      for (const writer of writers) if (writer.inTransaction) writer.exec('ROLLBACK')
    }
    await wait(turn.pause)
  }
}

/** One file without a log beside it, which can be read without being written. */
function settle(path: string): void {
  const copy = new Database(path)
  copy.pragma('journal_mode = DELETE')
  copy.close()
}

/** A copy that nobody writes to, for queries. Whoever opens it closes it. */
export function openCopy(path: string): { db: Db; close(): void } {
  const connection = new Database(path, { readonly: true, fileMustExist: true })
  return { db: drizzle(connection, { casing: 'snake_case' }), close: () => void connection.close() }
}

/** Names of the keys that anything in a database is sealed with. */
export function keyNamesIn(path: string): string[] {
  const connection = new Database(path, { readonly: true, fileMustExist: true })
  try {
    const tables = connection
      .prepare("SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND c.name = 'key_id'")
      .pluck()
      .all() as string[]
    const names = tables.flatMap(
      (table) => connection.prepare(`SELECT DISTINCT key_id FROM "${table}" WHERE key_id IS NOT NULL`).pluck().all() as string[],
    )
    return [...new Set(names)].sort()
  } finally {
    connection.close()
  }
}

/** Rows of each table, and how far its schema has come. `path`: of a database that nobody writes to. */
export function describeDatabase(path: string): { migrations: number; newest: number; rows: Record<string, number> } {
  const connection = new Database(path, { readonly: true, fileMustExist: true })
  try {
    const names = connection
      .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name")
      .pluck()
      .all() as string[]
    const count = (name: string) =>
      connection
        .prepare(`SELECT count(*) FROM "${name.replaceAll('"', '""')}"`)
        .pluck()
        .get() as number
    const { migrations, newest } = connection
      .prepare('SELECT count(*) AS migrations, max(created_at) AS newest FROM __drizzle_migrations')
      .get() as {
      migrations: number
      newest: number
    }
    const rows = Object.fromEntries(names.filter((name) => name !== '__drizzle_migrations').map((name) => [name, count(name)]))
    return { migrations, newest, rows }
  } finally {
    connection.close()
  }
}
