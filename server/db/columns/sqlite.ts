/** Columns in SQLite. The types of these are the types of both. */
import {
  type AnySQLiteColumn,
  alias,
  customType,
  index,
  integer,
  primaryKey,
  sqliteTable,
  text,
  uniqueIndex,
} from 'drizzle-orm/sqlite-core'

export const sqlite = {
  alias,
  index,
  primaryKey,
  uniqueIndex,
  table: sqliteTable,
  key: () => text(),
  belongsTo: (id: () => AnySQLiteColumn) => text().notNull().references(id),
  label: () => text(),
  moment: () => text(),
  day: () => text(),
  whole: () => integer(),
  serial: () => integer().primaryKey({ autoIncrement: true }),
  yes: () => integer({ mode: 'boolean' }),
  json: <T>() => text({ mode: 'json' }).$type<T>(),
  bytes: () => customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => 'blob' })(),
  decimal: () => customType<{ data: number; driverData: number }>({ dataType: () => 'real' })(),
}
