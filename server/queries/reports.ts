import { and, desc, eq, inArray, isNull } from 'drizzle-orm'
import { type KeptReportState, reports } from '../db/study-schema/reports.ts'
import type { Db } from '../db/tx.ts'
import { byId, insertion } from './prepared.ts'

export type { KeptReportState } from '../db/study-schema/reports.ts'
export type ReportRow = typeof reports.$inferSelect

export const insertReport: (tx: Db, row: ReportRow) => Promise<void> = insertion(reports)

export const findReport: (db: Db, id: string) => Promise<ReportRow | undefined> = byId(reports)

/** Ends one that is under way; one that has ended stays as it is. */
export async function endReport(
  tx: Db,
  id: string,
  end: { state: Exclude<KeptReportState, 'working'>; endedAt: string } & Partial<Pick<ReportRow, 'cases' | 'failure'>>,
): Promise<void> {
  await tx
    .update(reports)
    .set(end)
    .where(and(eq(reports.id, id), eq(reports.state, 'working')))
}

/** Those of a study that are done and still there, and those under way (or cut off); the latest first. */
export async function reportsOfStudy(db: Db, studyId: string): Promise<ReportRow[]> {
  return await db
    .select()
    .from(reports)
    .where(and(eq(reports.studyId, studyId), inArray(reports.state, ['working', 'done']), isNull(reports.removedAt)))
    .orderBy(desc(reports.startedAt), desc(reports.id))
}

/** Of all studies, those whose files are still in the data folder; the latest first. */
export async function reportsWithFiles(db: Db): Promise<ReportRow[]> {
  return await db
    .select()
    .from(reports)
    .where(and(eq(reports.state, 'done'), isNull(reports.removedAt)))
    .orderBy(desc(reports.startedAt), desc(reports.id))
}

export async function markReportRemoved(tx: Db, id: string, now: string): Promise<void> {
  await tx.update(reports).set({ removedAt: now }).where(eq(reports.id, id))
}

/** From now on nothing is shown of single cases in the reports of a study that are kept or under way. */
export async function forgetCasesInReports(tx: Db, studyId: string, now: string): Promise<void> {
  await tx
    .update(reports)
    .set({ casesRemovedAt: now })
    .where(and(eq(reports.studyId, studyId), isNull(reports.casesRemovedAt), isNull(reports.removedAt)))
}
