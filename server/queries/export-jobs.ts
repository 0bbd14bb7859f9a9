import { and, desc, eq, isNull } from 'drizzle-orm'
import { type ExportJobState, exportJobs } from '../db/study-schema/exports.ts'
import { events } from '../db/study-schema/journal.ts'
import type { Db } from '../db/tx.ts'
import { byId, insertion } from './prepared.ts'

export type { ExportJobState } from '../db/study-schema/exports.ts'
export type ExportJobRow = typeof exportJobs.$inferSelect

export const insertExportJob: (tx: Db, row: ExportJobRow) => Promise<void> = insertion(exportJobs)

export const findExportJob: (db: Db, id: string) => Promise<ExportJobRow | undefined> = byId(exportJobs)

/** Ends one that is under way; one that has ended stays as it is. */
export async function endExportJob(
  tx: Db,
  id: string,
  end: { state: Exclude<ExportJobState, 'making'>; endedAt: string } & Partial<Pick<ExportJobRow, 'cases' | 'failure' | 'manifestSha256'>>,
): Promise<void> {
  await tx
    .update(exportJobs)
    .set(end)
    .where(and(eq(exportJobs.id, id), eq(exportJobs.state, 'making')))
}

/** The latest ones of a study, at most `limit`. */
export async function exportJobsOfStudy(db: Db, studyId: string, limit: number): Promise<ExportJobRow[]> {
  return await db.select().from(exportJobs).where(eq(exportJobs.studyId, studyId)).orderBy(desc(exportJobs.startedAt)).limit(limit)
}

/** Those that are done and whose files are still in the data folder. */
export async function exportJobsWithFiles(db: Db): Promise<ExportJobRow[]> {
  return await db
    .select()
    .from(exportJobs)
    .where(and(eq(exportJobs.state, 'done'), isNull(exportJobs.removedAt)))
}

export async function markExportRemoved(tx: Db, id: string, now: string): Promise<void> {
  await tx.update(exportJobs).set({ removedAt: now }).where(eq(exportJobs.id, id))
}

/** How many people in it had their answers erased after it was made, by id of the export in the register. */
export async function erasedSince(db: Db, studyId: string): Promise<Map<string, number>> {
  const rows = await db
    .select({ detail: events.detail })
    .from(events)
    .where(and(eq(events.studyId, studyId), eq(events.kind, 'answers erased')))
  const people = new Map<string, number>()
  for (const { detail } of rows)
    for (const id of (detail as { exports?: string[] } | null)?.exports ?? []) people.set(id, (people.get(id) ?? 0) + 1)
  return people
}
