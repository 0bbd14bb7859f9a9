import { and, asc, count, eq, gt } from 'drizzle-orm'
import { cases } from '../db/study-schema/cases.ts'
import type { Db } from '../db/tx.ts'

/** How many cases of a study come after one, in the order of ids. */
export async function casesAfter(db: Db, studyId: string, last: string): Promise<number> {
  const [row] = await db
    .select({ cases: count() })
    .from(cases)
    .where(and(eq(cases.studyId, studyId), gt(cases.id, last)))
  return row?.cases ?? 0
}

/** Ids of up to `limit` cases of a study after one, in the order of ids. */
export async function nextCases(db: Db, studyId: string, last: string, limit: number): Promise<string[]> {
  const found = await db
    .select({ id: cases.id })
    .from(cases)
    .where(and(eq(cases.studyId, studyId), gt(cases.id, last)))
    .orderBy(asc(cases.id))
    .limit(limit)
  return found.map(({ id }) => id)
}
