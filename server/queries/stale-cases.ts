/** Cases whose summary has to be made anew. */
import { asc, count, eq, inArray, sql } from 'drizzle-orm'
import { unlessInHand } from '../db/locks.ts'
import { cases } from '../db/study-schema/cases.ts'
import { staleCases } from '../db/study-schema/summaries.ts'
import type { Db } from '../db/tx.ts'
import { prepared } from './prepared.ts'

/**
 * One that is there is written anew. Left alone it would count as never read: on PostgreSQL, somebody who at this moment makes the summary of
 * the case as it was before could take the mark away, and neither would be in the other's way.
 */
const mark = prepared((db) =>
  db
    .insert(staleCases)
    .values({ caseId: sql.placeholder('caseId') })
    .onConflictDoUpdate({ target: staleCases.caseId, set: { caseId: sql`excluded.case_id` } }),
)

export async function markStale(tx: Db, caseId: string): Promise<void> {
  await mark(tx).execute({ caseId })
}

const some = (db: Db) =>
  db.select({ caseId: staleCases.caseId }).from(staleCases).orderBy(asc(staleCases.caseId)).limit(sql.placeholder('limit'))

const looking = prepared(some)
const taking = prepared((tx) => unlessInHand(some(tx)))

/** Some of them. */
export async function someStale(db: Db, limit: number): Promise<string[]> {
  return (await looking(db).execute({ limit })).map(({ caseId }) => caseId)
}

/** Some that no other process is counting anew at this moment; until the end of this transaction they are for this one. */
export async function takeStale(tx: Db, limit: number): Promise<string[]> {
  return (await taking(tx).execute({ limit })).map(({ caseId }) => caseId)
}

export async function removeStale(tx: Db, caseIds: string[]): Promise<void> {
  await tx.delete(staleCases).where(inArray(staleCases.caseId, caseIds))
}

/** How many of a study there are. */
export async function countStale(db: Db, studyId: string): Promise<number> {
  const [found] = await db
    .select({ total: count() })
    .from(staleCases)
    .innerJoin(cases, eq(cases.id, staleCases.caseId))
    .where(eq(cases.studyId, studyId))
  return found?.total ?? 0
}
