/**
 * The column factory: the schema is written once with these, for both databases, and only what is behind this file knows which it is.
 *
 * Moments are UTC in ISO 8601 with milliseconds (so that text order is time order), dates are `YYYY-MM-DD`.
 */
import { type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import { postgres } from './columns/postgres.ts'
import { sqlite } from './columns/sqlite.ts'
import { dialect } from './dialect.ts'

export { sql }

/** Queries are typed as for SQLite; that PostgreSQL does the same with them, the tests that run on both hold. */
const columns = dialect === 'postgres' ? (postgres as unknown as typeof sqlite) : sqlite

export const { alias, index, primaryKey, uniqueIndex, table } = columns

/** key: a random pseudonymous key, see `newId`. belongsTo: the key of the row that this one is a part of. */
export const { key, belongsTo, label, moment, day, whole, yes, json, bytes } = columns
/** A row number that the database hands out, in order of insertion. */
export const serial = columns.serial
/** A raw or standard score. */
export const decimal = columns.decimal

/** Whether the database hands out the numbers of a column. */
export const isNumbered = (column: object): boolean =>
  ('autoIncrement' in column && column.autoIncrement === true) || ('generatedIdentity' in column && column.generatedIdentity !== undefined)

/** A column in a condition for which no index is to be used. PostgreSQL weighs by itself how many rows each would leave. */
export const notByIndex = (column: SQLWrapper): SQL => (dialect === 'postgres' ? sql`${column}` : sql`+${column}`)
