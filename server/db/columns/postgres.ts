/**
 * Columns in PostgreSQL, each of which takes and gives what its namesake in SQLite does.
 *
 * Texts are compared by their bytes, whatever the database was made with: codes, weeks and moments are in the same order everywhere.
 * JSON stays the text it was, so that it has the same checksum after a move; `answers::jsonb` looks into it.
 */
import { sql } from 'drizzle-orm'
import {
  type AnyPgColumn,
  alias,
  bigint,
  boolean,
  customType,
  doublePrecision,
  index,
  pgTable,
  primaryKey,
  uniqueIndex,
} from 'drizzle-orm/pg-core'

const bytewise = 'text COLLATE "C"'
const text = () => customType<{ data: string; driverData: string }>({ dataType: () => bytewise })()

function json<T>() {
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

export const postgres = {
  alias,
  index,
  primaryKey,
  uniqueIndex,
  table: pgTable,
  key: text,
  belongsTo: (id: () => AnyPgColumn) => text().notNull().references(id),
  label: text,
  moment: text,
  day: text,
  /** As wide as in SQLite. */
  whole: () => bigint({ mode: 'number' }),
  /** By default, so that rows which are moved here keep their numbers. */
  serial: () => bigint({ mode: 'number' }).primaryKey().generatedByDefaultAsIdentity(),
  yes: () => boolean(),
  json,
  bytes: () => customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => 'bytea' })(),
  decimal: () => doublePrecision(),
}
