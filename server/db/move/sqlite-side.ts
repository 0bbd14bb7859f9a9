/** A file of SQLite as one side of a move, with nobody else in it. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type Database from 'better-sqlite3'
import { Failure } from '../../failure.ts'
import { assertNewest } from '../migrate.ts'
import { openFile } from '../open.ts'
import type { Part } from '../postgres/part.ts'
import type { Row, Side, Table, Value } from './side.ts'

const batch = 2_000

/** `isTarget`: made when it is not there. Throws a Failure when the other kind of file is there, or somebody has it open. */
export function openSqliteSide(folder: string, part: Part, isTarget: boolean): Side {
  const name = join(folder, `${part}.sqlite`)
  if (!isTarget && !existsSync(name)) throw new Failure(`There is no ${name}. Set DATA_DIR to the data folder of the server.`)
  const connection = openFile(folder, part, isTarget ? 'make' : 'as it is')
  try {
    if (!isTarget) assertNewest(connection, part)
    takeAlone(connection, name)
  } catch (reason) {
    connection.close()
    throw reason
  }
  return {
    name,
    async shape() {
      const tables = connection
        .prepare(
          "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT LIKE '\\_\\_%' ESCAPE '\\'",
        )
        .pluck()
        .all() as string[]
      return new Map(tables.map((table) => [table, columnsOf(connection, table)]))
    },
    async *rows({ name: table, columns }: Table) {
      const all = connection
        .prepare(`SELECT ${columns.map((one) => `"${one.name}"`)} FROM "${table}"`)
        .raw()
        .iterate()
      let some: Row[] = []
      for (const row of all) {
        some.push(row as Row)
        if (some.length < batch) continue
        yield some
        some = []
      }
      yield some
    },
    async add({ name: table, columns }, rows) {
      const insert = connection.prepare(
        `INSERT INTO "${table}" (${columns.map((one) => `"${one.name}"`)}) VALUES (${columns.map(() => '?')})`,
      )
      for (const row of rows) insert.run(row as Value[])
    },
    async highest({ name: table }) {
      return (connection.prepare('SELECT seq FROM sqlite_sequence WHERE name = ?').pluck().get(table) as number | undefined) ?? 0
    },
    async setHighest({ name: table }, number) {
      connection.prepare('DELETE FROM sqlite_sequence WHERE name = ?').run(table)
      connection.prepare('INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)').run(table, number)
    },
    async keep() {
      connection.exec('COMMIT')
    },
    async close() {
      if (connection.inTransaction) connection.exec('ROLLBACK')
      connection.pragma('journal_mode = WAL')
      connection.close()
    },
  }
}

const columnsOf = (connection: Database.Database, table: string): string[] =>
  (connection.prepare('SELECT name FROM pragma_table_info(?)').pluck().all(table) as string[]).toSorted()

/** The log can be put away only while nobody else, not even an idle server, has the file open. */
function takeAlone(connection: Database.Database, name: string): void {
  connection.pragma('busy_timeout = 1000')
  try {
    if (connection.pragma('journal_mode = DELETE', { simple: true }) !== 'delete') throw new Error('it is open elsewhere')
    connection.exec('BEGIN EXCLUSIVE')
  } catch {
    throw new Failure(
      `Somebody else has ${name} open. Stop the server, and every other command, while data are moved. Nothing was changed.`,
    )
  }
}
