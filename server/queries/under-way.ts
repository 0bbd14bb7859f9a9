import { eq } from 'drizzle-orm'
import { type Progress, underWay } from '../db/study-schema/under-way.ts'
import type { Db } from '../db/tx.ts'
import { insertion } from './prepared.ts'

export type { Progress } from '../db/study-schema/under-way.ts'
export type UnderWay = typeof underWay.$inferSelect

export const insertUnderWay: (tx: Db, row: UnderWay) => Promise<void> = insertion(underWay)

/** Of all studies and processes; those of processes that are gone among them. */
export async function allUnderWay(db: Db): Promise<UnderWay[]> {
  return await db.select().from(underWay)
}

/** Says that its process is there, and how far it is. Whether somebody asked to stop it. */
export async function renewUnderWay(tx: Db, id: string, heardAt: string, progress: Progress): Promise<boolean> {
  const [row] = await tx
    .update(underWay)
    .set({ heardAt, progress })
    .where(eq(underWay.id, id))
    .returning({ stopAskedAt: underWay.stopAskedAt })
  return row !== undefined && row.stopAskedAt !== null
}

export async function askToStop(tx: Db, id: string, now: string): Promise<void> {
  await tx.update(underWay).set({ stopAskedAt: now }).where(eq(underWay.id, id))
}

export async function removeUnderWay(tx: Db, id: string): Promise<void> {
  await tx.delete(underWay).where(eq(underWay.id, id))
}
