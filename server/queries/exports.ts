import { and, desc, eq, isNull, sql } from 'drizzle-orm'
import { exports } from '../db/study-schema/exports.ts'
import type { Db } from '../db/tx.ts'

export type NewExport = typeof exports.$inferInsert
/** An export without the list of its cases, which can be long. */
export type RegisteredExport = Omit<typeof exports.$inferSelect, 'caseIds'>

const columns = {
  id: exports.id,
  studyId: exports.studyId,
  madeAt: exports.madeAt,
  via: exports.via,
  staffId: exports.staffId,
  manifestSha256: exports.manifestSha256,
  layouts: exports.layouts,
  formats: exports.formats,
  tier: exports.tier,
  purpose: exports.purpose,
  filter: exports.filter,
  cases: exports.cases,
  destroyedAt: exports.destroyedAt,
  destroyedBy: exports.destroyedBy,
}

export async function insertExport(tx: Db, row: NewExport): Promise<void> {
  await tx.insert(exports).values(row)
}

/** Whether an export with this manifest is known and was not said to be destroyed. */
export async function isRegistered(db: Db, studyId: string, manifestSha256: string): Promise<boolean> {
  const [found] = await db
    .select({ id: exports.id })
    .from(exports)
    .where(and(eq(exports.studyId, studyId), eq(exports.manifestSha256, manifestSha256), isNull(exports.destroyedAt)))
    .limit(1)
  return found !== undefined
}

/** Ids of the exports with this manifest. */
export async function exportsByManifest(db: Db, studyId: string, manifestSha256: string): Promise<string[]> {
  const rows = await db
    .select({ id: exports.id })
    .from(exports)
    .where(and(eq(exports.studyId, studyId), eq(exports.manifestSha256, manifestSha256)))
  return rows.map(({ id }) => id)
}

/** The latest exports of a study, at most `limit`. */
export async function exportsOfStudy(db: Db, studyId: string, limit: number): Promise<RegisteredExport[]> {
  return await db.select(columns).from(exports).where(eq(exports.studyId, studyId)).orderBy(desc(exports.madeAt)).limit(limit)
}

/** Exports that have a case in them and were not destroyed, the latest first. Ids are all of one length: none is in another. */
export async function exportsWithCase(db: Db, studyId: string, caseId: string): Promise<RegisteredExport[]> {
  return await db
    .select(columns)
    .from(exports)
    .where(and(eq(exports.studyId, studyId), isNull(exports.destroyedAt), sql`${exports.caseIds} like ${`%"${caseId}"%`}`))
    .orderBy(desc(exports.madeAt))
}

/** Returns whether there was such an export, which nobody had said to be destroyed. */
export async function markExportDestroyed(
  tx: Db,
  { id, studyId }: Pick<RegisteredExport, 'id' | 'studyId'>,
  by: string,
  now: string,
): Promise<boolean> {
  const marked = await tx
    .update(exports)
    .set({ destroyedAt: now, destroyedBy: by })
    .where(and(eq(exports.id, id), eq(exports.studyId, studyId), isNull(exports.destroyedAt)))
    .returning({ id: exports.id })
  return marked.length === 1
}
