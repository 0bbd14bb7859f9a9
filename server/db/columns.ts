/**
 * The column factory: the schema is written once with these, and only this file knows the dialect.
 *
 * Moments are UTC in ISO 8601 with milliseconds (so that text order is time order), dates are `YYYY-MM-DD`.
 */
import { type AnySQLiteColumn, customType, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

export { sql } from 'drizzle-orm'
export { alias, index, primaryKey, uniqueIndex } from 'drizzle-orm/sqlite-core'
export const table = sqliteTable

/** A random pseudonymous key, see `newId`. */
export const key = () => text()
/** The key of the row that this one is a part of. */
export const belongsTo = (id: () => AnySQLiteColumn) => key().notNull().references(id)
export const label = () => text()
export const moment = () => text()
export const day = () => text()
export const whole = () => integer()
/** A row number that the database hands out, in order of insertion. */
export const serial = () => integer().primaryKey({ autoIncrement: true })
export const yes = () => integer({ mode: 'boolean' })
export const json = <T>() => text({ mode: 'json' }).$type<T>()
export const bytes = () => customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => 'blob' })()
/** A raw or standard score. */
export const decimal = () => customType<{ data: number; driverData: number }>({ dataType: () => 'real' })()
