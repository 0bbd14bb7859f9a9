/** Reads study.sqlite (or the schema of that name) and nothing else, on a connection that cannot write. The server may be running meanwhile. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { Failure } from '../failure.ts'
import { assertDialect } from './dialect.ts'
import { assertNewest } from './migrate.ts'
import { assertDatabaseFile } from './open.ts'
import type { DatabasePlace } from './place.ts'
import { assertPutBack } from './put-back.ts'
import type { Db } from './tx.ts'

export interface StudyReader {
  /** Everything that `work` reads is as it was at the first of its queries, whatever is written meanwhile. One at a time. */
  atOneMoment<T>(work: (db: Db) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** Throws a Failure when there is no study.sqlite or no schema for it in PostgreSQL, or one of another version. */
export async function openStudyReader(place: DatabasePlace): Promise<StudyReader> {
  assertDialect(place)
  if (place.database) return await (await import('./postgres/study-reader.ts')).openStudyReader(place.database)
  assertPutBack(place)
  const path = join(place.data, 'study.sqlite')
  if (!existsSync(path)) throw new Failure(`There is no ${path}. Set DATA_DIR to the data folder of the server.`)
  assertDatabaseFile(path)
  const connection = connect(path)
  const db = drizzle(connection, { casing: 'snake_case' })
  return {
    async atOneMoment(work) {
      connection.exec('BEGIN')
      try {
        return await work(db)
      } finally {
        connection.exec('COMMIT')
      }
    },
    async close() {
      connection.close()
    },
  }
}

function connect(path: string): Database.Database {
  try {
    const connection = new Database(path, { readonly: true, fileMustExist: true, timeout: 5_000 })
    // Kilobytes. What is read once, in order, needs no more; 16 MB unless said otherwise.
    connection.pragma('cache_size = -2000')
    assertNewest(connection, 'study')
    return connection
  } catch (cause) {
    if (cause instanceof Failure) throw cause
    throw new Failure(`The database ${path} cannot be read: ${(cause as Error).message}. Nothing was changed.`)
  }
}
