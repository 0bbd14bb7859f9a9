import { and, eq, inArray } from 'drizzle-orm'
import type { Answers } from '../../instruments/schema.ts'
import { dialect } from '../db/dialect.ts'
import { assignments } from '../db/study-schema/assignments.ts'
import { responses, scores } from '../db/study-schema/responses.ts'
import type { Db } from '../db/tx.ts'
import { newId, orderedId } from '../new-id.ts'
import { insertion } from './prepared.ts'

export type Response = typeof responses.$inferSelect
export type Score = typeof scores.$inferSelect

/**
 * On SQLite rows that come one after the other lie side by side. On PostgreSQL they had better not: all that are written at the same moment
 * would belong on one page of the index, which each of them also reads when its scores refer to it, so that each is in the way of each.
 */
export const newResponseId = (now: string): string => (dialect === 'postgres' ? newId() : orderedId(now))

/** Adds a response. */
export const insertResponse: (tx: Db, row: Response) => Promise<void> = insertion(responses)

export async function findResponseOf(db: Db, assignmentId: string): Promise<Response | undefined> {
  const [found] = await db.select().from(responses).where(eq(responses.assignmentId, assignmentId))
  return found
}

/** What was answered in a case to some instruments. */
export async function answersOfCase(
  db: Db,
  caseId: string,
  instruments: string[],
): Promise<{ instrument: string; wave: string; answers: Answers }[]> {
  return await db
    .select({ instrument: responses.instrumentId, wave: assignments.wave, answers: responses.answers })
    .from(assignments)
    .innerJoin(responses, eq(responses.assignmentId, assignments.id))
    .where(and(eq(assignments.caseId, caseId), inArray(responses.instrumentId, instruments)))
}

const insertScore = insertion(scores)

/** Adds scores; they are never changed, a later scoring adds its own. */
export async function insertScores(tx: Db, rows: Omit<Score, 'id'>[]): Promise<void> {
  for (const row of rows) await insertScore(tx, row)
}

export async function scoresOf(db: Db, responseIds: string[]): Promise<Score[]> {
  return await db.select().from(scores).where(inArray(scores.responseId, responseIds)).orderBy(scores.id)
}
