/**
 * Columns in PostgreSQL, each of which takes and gives what its namesake in SQLite does.
 *
 * Texts are compared by their bytes, whatever the database was made with: codes, weeks and moments are in the same order everywhere.
 * JSON stays the text it was, so that it has the same checksum after a move; `answers::jsonb` looks into it.
 */
import { sql } from 'drizzle-orm'
import { type AnyPgColumn, bigint, boolean, customType, doublePrecision, pgTable } from 'drizzle-orm/pg-core'

export { alias, index, primaryKey, uniqueIndex } from 'drizzle-orm/pg-core'
export const table = pgTable

const bytewise = 'text COLLATE "C"'
const text = () => customType<{ data: string; driverData: string }>({ dataType: () => bytewise })()

export const key = text
export const belongsTo = (id: () => AnyPgColumn) => key().notNull().references(id)
export const label = text
export const moment = text
export const day = text
/** As wide as in SQLite. */
export const whole = () => bigint({ mode: 'number' })
/** By default, so that rows which are moved here keep their numbers. */
export const serial = () => bigint({ mode: 'number' }).primaryKey().generatedByDefaultAsIdentity()
export const yes = () => boolean()
export const bytes = () => customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => 'bytea' })()
export const decimal = () => doublePrecision()

export function json<T>() {
  const column = customType<{ data: T; driverData: string }>({
    dataType: () => bytewise,
    toDriver: (value) => JSON.stringify(value),
    fromDriver: (stored) => JSON.parse(stored) as T,
  })()
  // Written out: the generator of migrations knows only defaults of types that it knows.
  const usual = column.default.bind(column)
  column.default = (value) => usual(sql.raw(`'${JSON.stringify(value).replaceAll("'", "''")}'`))
  return column
}
