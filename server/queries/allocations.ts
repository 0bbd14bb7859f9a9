/** The log of the lots that were drawn. */
import { and, asc, eq, sql } from 'drizzle-orm'
import { cases } from '../db/study-schema/cases.ts'
import { allocations } from '../db/study-schema/draws.ts'
import type { Db } from '../db/tx.ts'
import { insertion } from './prepared.ts'

/** Writes down a lot. Lots are only ever added. */
export const insertAllocation: (tx: Db, row: typeof allocations.$inferSelect) => Promise<void> = insertion(allocations)

/** The lot by which a case came into its arm, if one was drawn. */
export async function lotOfCase(db: Db, caseId: string): Promise<{ arm: string } | undefined> {
  const [lot] = await db.select({ arm: allocations.arm }).from(allocations).where(eq(allocations.caseId, caseId)).limit(1)
  return lot
}

/** The position of the last lot that was drawn in a stratum; 0 when there is none yet. */
export async function lastPosition(tx: Db, studyId: string, stratum: string): Promise<number> {
  const [row] = await tx
    .select({ last: sql<number>`max(${allocations.position})` })
    .from(allocations)
    .where(and(eq(allocations.studyId, studyId), eq(allocations.stratum, stratum)))
  return row?.last ?? 0
}

/** A lot as it was drawn, the case that got it, and the arm in which that case is now. */
export interface DrawnLot {
  stratum: string
  position: number
  arm: string
  at: string
  caseId: string
  code: string
  armNow: string
}

/** All lots of a study that were drawn, by stratum and position. */
export async function drawnLots(db: Db, studyId: string): Promise<DrawnLot[]> {
  const { stratum, position, arm, at, caseId } = allocations
  return await db
    .select({ stratum, position, arm, at, caseId, code: cases.code, armNow: cases.arm })
    .from(allocations)
    .innerJoin(cases, eq(cases.id, allocations.caseId))
    .where(eq(allocations.studyId, studyId))
    .orderBy(asc(stratum), asc(position))
}
