import { studies } from '../db/study-schema.ts'
import type { Db } from '../db/tx.ts'
import { byId } from './prepared.ts'

export type Study = typeof studies.$inferSelect

export async function insertStudy(tx: Db, study: Study): Promise<void> {
  await tx.insert(studies).values(study)
}

export const findStudy: (db: Db, id: string) => Promise<Study | undefined> = byId(studies)

export async function listStudies(db: Db): Promise<Study[]> {
  return await db.select().from(studies).orderBy(studies.id)
}
