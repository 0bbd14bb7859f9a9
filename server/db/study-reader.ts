/** Reads study.sqlite and nothing else, on a connection that cannot write. The server may be running meanwhile. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { Failure } from '../failure.ts'
import { assertNewest } from './migrate.ts'
import { assertDatabaseFile } from './open.ts'
import type { Db } from './tx.ts'

export interface StudyReader {
  /** Everything that `work` reads is as it was at the first of its queries, whatever is written meanwhile. One at a time. */
  atOneMoment<T>(work: (db: Db) => Promise<T>): Promise<T>
  close(): void
}

/** Throws a Failure when `directory` holds no study.sqlite, or one of another version. */
export function openStudyReader(directory: string): StudyReader {
  const path = join(directory, 'study.sqlite')
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
    close: () => void connection.close(),
  }
}

function connect(path: string): Database.Database {
  try {
    const connection = new Database(path, { readonly: true, fileMustExist: true, timeout: 5_000 })
    assertNewest(connection, 'study')
    return connection
  } catch (cause) {
    if (cause instanceof Failure) throw cause
    throw new Failure(`The database ${path} cannot be read: ${(cause as Error).message}. Nothing was changed.`)
  }
}
