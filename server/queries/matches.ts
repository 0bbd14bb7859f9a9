/** Cases that are compared with an index case, and whether each criterion on which they are matched is met. */
import { and, asc, eq } from 'drizzle-orm'
import { cases, matches } from '../db/study-schema/cases.ts'
import type { Db } from '../db/tx.ts'
import { type Case, findCase, isInUse } from './cases.ts'
import { insertion, ofCase } from './prepared.ts'

export type Match = typeof matches.$inferSelect

/** What was recorded of the criteria of a case that is compared with an index case. */
export const matchesOf: (db: Db, caseId: string) => Promise<Match[]> = ofCase(matches, asc(matches.criterion))

/** The case with which a case is compared, if it is. */
export const indexCaseOf = async (db: Db, { indexCaseId }: Case): Promise<Case | undefined> =>
  indexCaseId === null ? undefined : await findCase(db, indexCaseId)

/** The cases that are compared with a case, by code; not those that do not belong in the study. */
export async function comparedWith(db: Db, caseId: string): Promise<Case[]> {
  return await db
    .select()
    .from(cases)
    .where(and(eq(cases.indexCaseId, caseId), isInUse))
    .orderBy(asc(cases.code))
}

const insert = insertion(matches)

/** Records with which case a case is compared and how they match, in the place of what was recorded before; null: with none. */
export async function setMatches(tx: Db, caseId: string, indexCaseId: string | null, rows: Match[]): Promise<void> {
  await tx.update(cases).set({ indexCaseId }).where(eq(cases.id, caseId))
  await tx.delete(matches).where(eq(matches.caseId, caseId))
  for (const row of rows) await insert(tx, row)
}
