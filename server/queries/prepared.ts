import { hash } from 'node:crypto'
import { eq, getTableColumns, type SQL, sql } from 'drizzle-orm'
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core'
import { isNumbered } from '../db/columns.ts'
import type { Db } from '../db/tx.ts'

/** A query that can be compiled. */
interface Preparable<Prepared> {
  prepare(): Prepared
  toSQL(): { sql: string }
}

/** A query that is compiled once per connection, for those that run at every answer, or thousands of times in one import. */
export function prepared<Prepared>(build: (db: Db) => Preparable<Prepared>): (db: Db) => Prepared {
  const compiled = new WeakMap<Db, Prepared>()
  let name: string | undefined
  return (db) => {
    const known = compiled.get(db)
    if (known !== undefined) return known
    const built = build(db) as Preparable<Prepared> & { prepare(name: string): Prepared }
    // PostgreSQL knows what it has compiled by a name; the same words always have the same.
    name ??= `q${hash('sha256', built.toSQL().sql).slice(0, 32)}`
    const query = built.prepare(name)
    compiled.set(db, query)
    return query
  }
}

/** Finds the row with an id; compiled once per connection. */
export function byId<T extends SQLiteTable & { id: SQLiteColumn }>(
  table: T,
): (db: Db, id: string) => Promise<T['$inferSelect'] | undefined> {
  const find = prepared((db) =>
    db
      .select()
      .from(table as SQLiteTable)
      .where(eq(table.id, sql.placeholder('id'))),
  )
  return async (db, id) => {
    const [found] = await find(db).execute({ id })
    return found
  }
}

/** The rows of a table about one case; compiled once per connection. */
export function ofCase<T extends SQLiteTable & { caseId: SQLiteColumn }>(
  table: T,
  ...order: SQL[]
): (db: Db, caseId: string) => Promise<T['$inferSelect'][]> {
  const find = prepared((db) =>
    db
      .select()
      .from(table as SQLiteTable)
      .where(eq(table.caseId, sql.placeholder('caseId')))
      .orderBy(...order),
  )
  return async (db, caseId) => await find(db).execute({ caseId })
}

/** Inserts one whole row; compiled once per connection. A column that the database numbers is left to it. */
export function insertion<T extends SQLiteTable>(table: T): (tx: Db, row: T['$inferInsert']) => Promise<void> {
  const insert = prepared((db) => db.insert(table).values(wholeRow(table)))
  return async (tx, row) => {
    await insert(tx).execute(row)
  }
}

/** A placeholder for each column, by its name, but for one that the database numbers. */
export function wholeRow<T extends SQLiteTable>(table: T): T['$inferInsert'] {
  const columns = Object.entries(getTableColumns(table)).filter(([, column]) => !isNumbered(column))
  return Object.fromEntries(columns.map(([name]) => [name, sql.placeholder(name)])) as T['$inferInsert']
}
