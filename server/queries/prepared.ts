import { eq, getTableColumns, type SQL, sql } from 'drizzle-orm'
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { Db } from '../db/tx.ts'

/** A query that is compiled once per connection, for those that run at every answer, or thousands of times in one import. */
export function prepared<Query>(build: (db: Db) => Query): (db: Db) => Query {
  const compiled = new WeakMap<Db, Query>()
  return (db) => {
    const known = compiled.get(db)
    if (known !== undefined) return known
    const query = build(db)
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
      .where(eq(table.id, sql.placeholder('id')))
      .prepare(),
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
      .orderBy(...order)
      .prepare(),
  )
  return async (db, caseId) => await find(db).execute({ caseId })
}

/** Inserts one whole row; compiled once per connection. A column that the database numbers is left to it. */
export function insertion<T extends SQLiteTable>(table: T): (tx: Db, row: T['$inferInsert']) => Promise<void> {
  const columns = Object.entries(getTableColumns(table)).filter(([, column]) => !('autoIncrement' in column && column.autoIncrement))
  const placeholders = Object.fromEntries(columns.map(([name]) => [name, sql.placeholder(name)]))
  const insert = prepared((db) =>
    db
      .insert(table)
      .values(placeholders as T['$inferInsert'])
      .prepare(),
  )
  return async (tx, row) => {
    await insert(tx).execute(row)
  }
}
