import { eq, sql } from 'drizzle-orm'
import { studies } from '../db/study-schema.ts'
import type { Db } from '../db/tx.ts'
import { prepared } from './prepared.ts'

export type Study = typeof studies.$inferSelect

export async function insertStudy(tx: Db, study: Study): Promise<void> {
  await tx.insert(studies).values(study)
}

const byId = prepared((db) =>
  db
    .select()
    .from(studies)
    .where(eq(studies.id, sql.placeholder('id')))
    .prepare(),
)

export async function findStudy(db: Db, id: string): Promise<Study | undefined> {
  const [study] = await byId(db).execute({ id })
  return study
}

export async function listStudies(db: Db): Promise<Study[]> {
  return await db.select().from(studies).orderBy(studies.id)
}
