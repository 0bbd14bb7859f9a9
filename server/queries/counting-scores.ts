import { and, asc, eq, inArray } from 'drizzle-orm'
import { assignments } from '../db/study-schema/assignments.ts'
import { responses, scores } from '../db/study-schema/responses.ts'
import type { Db } from '../db/tx.ts'
import type { Score } from './responses.ts'

/** The scores that count of all responses of these cases, by response and scale: of several the one made last. */
export async function countingScores(db: Db, caseIds: string[]): Promise<Map<string, Map<string, Score>>> {
  const rows = await db
    .select({ score: scores })
    .from(scores)
    .innerJoin(responses, eq(responses.id, scores.responseId))
    .innerJoin(assignments, eq(assignments.id, responses.assignmentId))
    .where(inArray(assignments.caseId, caseIds))
    .orderBy(asc(scores.id))
  const byResponse = new Map<string, Map<string, Score>>()
  for (const { score } of rows) {
    const ofResponse = byResponse.get(score.responseId) ?? new Map<string, Score>()
    byResponse.set(score.responseId, ofResponse.set(score.scale, score))
  }
  return byResponse
}

/** Of a score what tells how much it is. */
export type ScoreNumbers = Pick<Score, 'raw' | 'z' | 'band' | 'reason'>

/** The same of some scales, and of each score its numbers only: of a large study that is read three times as fast. */
export async function countingNumbers(db: Db, caseIds: string[], scales: string[]): Promise<Map<string, Map<string, ScoreNumbers>>> {
  const { responseId, scale, raw, z, band, reason } = scores
  const rows = await db
    .select({ responseId, scale, raw, z, band, reason })
    .from(scores)
    .innerJoin(responses, eq(responses.id, scores.responseId))
    .innerJoin(assignments, eq(assignments.id, responses.assignmentId))
    .where(and(inArray(assignments.caseId, caseIds), inArray(scores.scale, scales)))
    .orderBy(asc(scores.id))
  const byResponse = new Map<string, Map<string, ScoreNumbers>>()
  for (const { responseId: of, scale: name, ...numbers } of rows) {
    const ofResponse = byResponse.get(of) ?? new Map<string, ScoreNumbers>()
    byResponse.set(of, ofResponse.set(name, numbers))
  }
  return byResponse
}
