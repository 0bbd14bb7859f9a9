/** The highest number that a table ever gave to a row: rows that were taken away at its end are missed by it. */
import { sql } from 'drizzle-orm'
import { dialect } from '../db/dialect.ts'
import type { Db } from '../db/tx.ts'
import { findSetting, putSetting } from './settings.ts'

const settingOf = (table: string): string => `highest number in ${table}`

/** Writes down the number of a row that was just added. SQLite does so by itself; what PostgreSQL counts is ahead after a row that was undone. */
export async function noteNumber(tx: Db, table: string, number: number): Promise<void> {
  if (dialect === 'postgres') await putSetting(tx, settingOf(table), String(number))
}

/** 0 for a table that never had a row. */
export async function highestNumber(db: Db, table: string): Promise<number> {
  if (dialect === 'postgres') return Number((await findSetting(db, settingOf(table))) ?? 0)
  const [counted] = await db.all<{ seq: number }>(sql`select seq from sqlite_sequence where name = ${table}`)
  return counted?.seq ?? 0
}
