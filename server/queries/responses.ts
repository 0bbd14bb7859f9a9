import { eq, inArray, sql } from 'drizzle-orm'
import { responses, scores } from '../db/study-schema.ts'
import type { Db } from '../db/tx.ts'
import { prepared } from './prepared.ts'

export type Response = typeof responses.$inferSelect
export type Score = typeof scores.$inferSelect

const insert = prepared((db) =>
  db
    .insert(responses)
    .values({
      id: sql.placeholder('id'),
      assignmentId: sql.placeholder('assignmentId'),
      instrumentId: sql.placeholder('instrumentId'),
      instrumentVersion: sql.placeholder('instrumentVersion'),
      definitionHash: sql.placeholder('definitionHash'),
      answers: sql.placeholder('answers'),
      skipped: sql.placeholder('skipped'),
      notApplicable: sql.placeholder('notApplicable'),
      language: sql.placeholder('language'),
      submittedAt: sql.placeholder('submittedAt'),
    })
    .prepare(),
)

export async function insertResponse(tx: Db, row: Response): Promise<void> {
  await insert(tx).execute({ ...row })
}

export async function findResponseOf(db: Db, assignmentId: string): Promise<Response | undefined> {
  const [found] = await db.select().from(responses).where(eq(responses.assignmentId, assignmentId))
  return found
}

/** Adds scores; they are never changed, a later scoring adds its own. */
export async function insertScores(tx: Db, rows: Omit<Score, 'id'>[]): Promise<void> {
  if (rows.length > 0) await tx.insert(scores).values(rows)
}

export async function scoresOf(db: Db, responseIds: string[]): Promise<Score[]> {
  return await db.select().from(scores).where(inArray(scores.responseId, responseIds)).orderBy(scores.id)
}
