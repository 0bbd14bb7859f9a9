/** Columns in SQLite. The types of these are the types of both. */
import { type AnySQLiteColumn, customType, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

export { alias, index, primaryKey, uniqueIndex } from 'drizzle-orm/sqlite-core'
export const table = sqliteTable

export const key = () => text()
export const belongsTo = (id: () => AnySQLiteColumn) => key().notNull().references(id)
export const label = () => text()
export const moment = () => text()
export const day = () => text()
export const whole = () => integer()
export const serial = () => integer().primaryKey({ autoIncrement: true })
export const yes = () => integer({ mode: 'boolean' })
export const json = <T>() => text({ mode: 'json' }).$type<T>()
export const bytes = () => customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => 'blob' })()
export const decimal = () => customType<{ data: number; driverData: number }>({ dataType: () => 'real' })()
