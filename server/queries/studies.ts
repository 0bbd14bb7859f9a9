import { eq } from 'drizzle-orm'
import { studies } from '../db/study-schema.ts'
import type { Db } from '../db/tx.ts'

export type Study = typeof studies.$inferSelect

export async function insertStudy(tx: Db, study: Study): Promise<void> {
  await tx.insert(studies).values(study)
}

export async function findStudy(db: Db, id: string): Promise<Study | undefined> {
  const [study] = await db.select().from(studies).where(eq(studies.id, id))
  return study
}

export async function listStudies(db: Db): Promise<Study[]> {
  return await db.select().from(studies).orderBy(studies.id)
}
