/** Looks through the databases of a data folder for damage, on connections that cannot write. The server may be running meanwhile. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { Failure } from '../failure.ts'
import { assertDatabaseFile } from './open.ts'

export interface Checked {
  /** Of the file. */
  name: string
  /** What is wrong, in SQLite's words; none for a database that is whole. */
  problems: string[]
}

/** Both databases. Throws a Failure when one is not there. */
export function checkDatabases(directory: string): Checked[] {
  return ['identity.sqlite', 'study.sqlite'].map((name) => {
    const path = join(directory, name)
    if (!existsSync(path)) throw new Failure(`There is no ${path}. Set DATA_DIR to the data folder of the server.`)
    assertDatabaseFile(path)
    return { name, problems: problemsIn(path) }
  })
}

/** What SQLite says where the disk or the rights of the file keep it from reading. */
const notLookedAt = /^SQLITE_(CANTOPEN|READONLY|FULL|PERM|AUTH|BUSY)/

function problemsIn(path: string): string[] {
  try {
    const connection = new Database(path, { readonly: true, fileMustExist: true, timeout: 5_000 })
    try {
      const damage = connection.pragma('integrity_check(20)') as { integrity_check: string }[]
      const lost = connection.pragma('foreign_key_check') as { table: string; rowid: number | null; parent: string }[]
      return [
        ...damage.flatMap(({ integrity_check: said }) => (said === 'ok' ? [] : [said])),
        ...lost.slice(0, 20).map(({ table, rowid, parent }) => `row ${rowid} of ${table} belongs to a row of ${parent} that is not there`),
      ]
    } finally {
      connection.close()
    }
  } catch (reason) {
    const { code = '', message } = reason as Error & { code?: string }
    if (notLookedAt.test(code))
      throw new Failure(
        `${path} cannot be looked at: ${message}. That need not be damage: SQLite has to write beside it. Is the disk full, can it only be ` +
          'read, or is it the folder of another account? Copy both databases, with the `-wal` files beside them, and set DATA_DIR to the copy.',
      )
    // Beyond a certain damage it cannot even be asked.
    return [(reason as Error).message]
  }
}
