/** Tries that failed, counted for as long as they matter. */
import { and, eq, gt, lte, sql } from 'drizzle-orm'
import { tries } from '../db/study-schema/tries.ts'
import type { Db } from '../db/tx.ts'

export type Tries = typeof tries.$inferSelect

/** Those that still count at `now`. */
export async function findTries(db: Db, key: string, now: string): Promise<Tries | undefined> {
  const [found] = await db
    .select()
    .from(tries)
    .where(and(eq(tries.key, key), gt(tries.expiresAt, now)))
  return found
}

/** Adds to those that still count at `now`, which then last as long as they did; or begins to count anew, until `expiresAt`. */
export async function addTries(tx: Db, row: Tries, now: string): Promise<Tries> {
  await tx.delete(tries).where(lte(tries.expiresAt, now))
  const [counted] = await tx
    .insert(tries)
    .values(row)
    .onConflictDoUpdate({ target: tries.key, set: { count: sql`${tries.count} + ${row.count}` } })
    .returning()
  return counted ?? row
}

/** Puts `row` in the place of what was counted. */
export async function setTries(tx: Db, row: Tries): Promise<Tries> {
  await tx.insert(tries).values(row).onConflictDoUpdate({ target: tries.key, set: row })
  return row
}

/** Whether there were any. */
export async function removeTries(tx: Db, key: string): Promise<boolean> {
  return (await tx.delete(tries).where(eq(tries.key, key)).returning({ key: tries.key })).length > 0
}
