import { and, desc, eq } from 'drizzle-orm'
import { type ImportState, imports } from '../db/study-schema/imports.ts'
import type { Db } from '../db/tx.ts'
import { byId, insertion } from './prepared.ts'

export type { ImportState } from '../db/study-schema/imports.ts'
export type Import = typeof imports.$inferSelect

export const insertImport: (tx: Db, row: Import) => Promise<void> = insertion(imports)

export const findImport: (db: Db, id: string) => Promise<Import | undefined> = byId(imports)

/** Ends an import that is under way; one that has ended stays as it is. */
export async function endImport(
  tx: Db,
  id: string,
  end: { state: Exclude<ImportState, 'registering'>; endedAt: string } & Partial<Pick<Import, 'problems' | 'arms'>>,
): Promise<void> {
  await tx
    .update(imports)
    .set(end)
    .where(and(eq(imports.id, id), eq(imports.state, 'registering')))
}

/** The latest imports into a study, at most `limit`. */
export async function importsOfStudy(db: Db, studyId: string, limit: number): Promise<Import[]> {
  return await db.select().from(imports).where(eq(imports.studyId, studyId)).orderBy(desc(imports.startedAt)).limit(limit)
}
