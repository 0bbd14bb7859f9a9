import { eq } from 'drizzle-orm'
import { studies } from '../db/study-schema/studies.ts'
import type { Db } from '../db/tx.ts'
import { byId, prepared } from './prepared.ts'

export type Study = typeof studies.$inferSelect

export async function insertStudy(tx: Db, study: Study): Promise<void> {
  await tx.insert(studies).values(study)
}

/** From which day on which versions are asked; see `periodsOf`. */
export async function setAdoptedVersions(tx: Db, studyId: string, adoptedVersions: Study['adoptedVersions']): Promise<void> {
  await tx.update(studies).set({ adoptedVersions }).where(eq(studies.id, studyId))
}

/** What staff may change of a study by hand. */
export async function updateStudy(
  tx: Db,
  studyId: string,
  change: Partial<Pick<Study, 'title' | 'organisation' | 'contact' | 'helpLine' | 'regions' | 'contactMonths' | 'closedAt'>>,
): Promise<void> {
  await tx.update(studies).set(change).where(eq(studies.id, studyId))
}

export const findStudy: (db: Db, id: string) => Promise<Study | undefined> = byId(studies)

const all = prepared((db) => db.select().from(studies).orderBy(studies.id))

export async function listStudies(db: Db): Promise<Study[]> {
  return await all(db).execute()
}
