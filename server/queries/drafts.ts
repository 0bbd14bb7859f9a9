import { eq, inArray, sql } from 'drizzle-orm'
import { drafts } from '../db/study-schema/responses.ts'
import type { Db } from '../db/tx.ts'
import { prepared } from './prepared.ts'

export type Draft = typeof drafts.$inferSelect

const ofAssignment = prepared((db) =>
  db
    .select()
    .from(drafts)
    .where(eq(drafts.assignmentId, sql.placeholder('assignmentId'))),
)

export async function findDraft(db: Db, assignmentId: string): Promise<Draft | undefined> {
  const [found] = await ofAssignment(db).execute({ assignmentId })
  return found
}

export async function findDrafts(db: Db, assignmentIds: string[]): Promise<Draft[]> {
  return await db.select().from(drafts).where(inArray(drafts.assignmentId, assignmentIds))
}

export async function putDraft(tx: Db, draft: typeof drafts.$inferInsert): Promise<void> {
  const { assignmentId: _, ...set } = draft
  await tx.insert(drafts).values(draft).onConflictDoUpdate({ target: drafts.assignmentId, set })
}

const remove = prepared((db) => db.delete(drafts).where(eq(drafts.assignmentId, sql.placeholder('assignmentId'))))

export async function removeDraft(tx: Db, assignmentId: string): Promise<void> {
  await remove(tx).execute({ assignmentId })
}
