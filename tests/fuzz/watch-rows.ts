/** Which rows each request writes, from triggers on every table. They tell of SQLite's files only. */
import Database from 'better-sqlite3'
import type { Store } from '../../server/db/open.ts'

export interface Touched {
  table: string
  /** What names the row and those it belongs to, one after the other. */
  ids: string
}

export interface RowWatch {
  /** What was written since the last time it was asked. */
  taken(): Touched[]
  close(): void
}

export function watchRows(stores: readonly Pick<Store, 'path'>[]): RowWatch {
  const connections = stores.map(({ path }) => {
    const db = new Database(path)
    db.exec('CREATE TABLE touched (id INTEGER PRIMARY KEY, name TEXT, ids TEXT, what TEXT)')
    const tables = db.prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'").pluck().all() as string[]
    for (const table of tables.filter((name) => name !== 'touched')) db.exec(triggersOn(db, table))
    return {
      db,
      rows: db.prepare<[], Row>('SELECT id, name AS "table", ids, what FROM touched ORDER BY id'),
      forget: db.prepare('DELETE FROM touched WHERE id <= ?'),
    }
  })
  return {
    taken: () =>
      connections.flatMap(({ rows, forget }) => {
        const found = rows.all()
        if (found.length > 0) forget.run(found.at(-1)?.id)
        return found.filter((one) => !isGone(found, one))
      }),
    close: () => {
      for (const { db } of connections) db.close()
    },
  }
}

interface Row extends Touched {
  id: number
  what: 'INSERT' | 'UPDATE' | 'DELETE'
}

/** Whether a row was added and taken away again: contact data go in first, and out again where the study refuses. */
const isGone = (rows: Row[], { table, ids }: Row): boolean => {
  const same = rows.filter((one) => one.table === table && one.ids === ids)
  return same[0]?.what === 'INSERT' && same.at(-1)?.what === 'DELETE'
}

function triggersOn(db: Database.Database, table: string): string {
  const columns = (db.pragma(`table_info("${table}")`) as { name: string }[]).map(({ name }) => name)
  const naming = columns.filter((name) => /(^|_)id$|^pseudonym$/.test(name) || (table === 'settings' && name === 'name'))
  const ids = (row: string) => (naming.length === 0 ? "''" : naming.map((name) => `coalesce(${row}."${name}", '')`).join(" || ' ' || "))
  return ['INSERT', 'UPDATE', 'DELETE']
    .map((what) => {
      const row = what === 'DELETE' ? 'OLD' : 'NEW'
      return `CREATE TRIGGER "watch ${table} ${what}" AFTER ${what} ON "${table}" BEGIN INSERT INTO touched (name, ids, what) VALUES ('${table}', ${ids(row)}, '${what}'); END;`
    })
    .join('\n')
}
