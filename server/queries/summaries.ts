/** Summaries of cases, and their sums: written by `refreshSummaries` only. */
import { and, desc, eq, inArray, sql } from 'drizzle-orm'
import { events } from '../db/study-schema/journal.ts'
import { caseLists, caseSummaries, listCounts, weekCounts } from '../db/study-schema/summaries.ts'
import type { Db } from '../db/tx.ts'
import { inBatches } from './in-batches.ts'
import { insertion, ofCase, prepared, wholeRow } from './prepared.ts'

export type CaseSummary = typeof caseSummaries.$inferSelect
export type CaseList = typeof caseLists.$inferSelect
export type ListCount = typeof listCounts.$inferSelect
export type WeekCount = typeof weekCounts.$inferSelect

const summaryOfCase = ofCase(caseSummaries)
export const findSummary = async (db: Db, caseId: string): Promise<CaseSummary | undefined> => (await summaryOfCase(db, caseId))[0]
export const caseListsOf: (db: Db, caseId: string) => Promise<CaseList[]> = ofCase(caseLists)

const insertSummary = insertion(caseSummaries)
const removeSummary = prepared((db) => db.delete(caseSummaries).where(eq(caseSummaries.caseId, sql.placeholder('caseId'))))
const insertList = insertion(caseLists)
const removeLists = prepared((db) => db.delete(caseLists).where(eq(caseLists.caseId, sql.placeholder('caseId'))))

export async function putSummary(tx: Db, summary: CaseSummary): Promise<void> {
  await removeSummary(tx).execute({ caseId: summary.caseId })
  await insertSummary(tx, summary)
}

/** Puts these in the place of what was there of a case. */
export async function putCaseLists(tx: Db, caseId: string, lists: CaseList[]): Promise<void> {
  await removeLists(tx).execute({ caseId })
  for (const list of lists) await insertList(tx, list)
}

const addToLists = prepared((db) =>
  db
    .insert(listCounts)
    .values(wholeRow(listCounts))
    .onConflictDoUpdate({ target: listCounts.key, set: { cases: sql`${listCounts.cases} + excluded.cases` } }),
)
const addToWeeks = prepared((db) =>
  db
    .insert(weekCounts)
    .values(wholeRow(weekCounts))
    .onConflictDoUpdate({ target: weekCounts.key, set: { cases: sql`${weekCounts.cases} + excluded.cases` } }),
)

/** Adds to what is counted; what comes to nothing goes. */
export async function addCounts(tx: Db, counts: { lists: ListCount[]; weeks: WeekCount[] }): Promise<void> {
  for (const row of counts.lists) await addToLists(tx).execute(row)
  for (const row of counts.weeks) await addToWeeks(tx).execute(row)
  for (const some of inBatches(counts.lists.map(({ key }) => key)))
    await tx.delete(listCounts).where(and(inArray(listCounts.key, some), eq(listCounts.cases, 0)))
  for (const some of inBatches(counts.weeks.map(({ key }) => key)))
    await tx.delete(weekCounts).where(and(inArray(weekCounts.key, some), eq(weekCounts.cases, 0)))
}

const linkOpenings = prepared((db) =>
  db
    .select({ participantId: events.participantId, at: events.at })
    .from(events)
    .where(sql`${events.caseId} = ${sql.placeholder('caseId')} and ${events.kind} = 'link opened'`),
)

/** When links to a case were opened, and by whom. */
export const openingsOfCase = async (db: Db, caseId: string): Promise<{ participantId: string | null; at: string }[]> =>
  await linkOpenings(db).execute({ caseId })

const lastEvent = prepared((db) =>
  db
    .select({ at: events.at })
    .from(events)
    .where(eq(events.caseId, sql.placeholder('caseId')))
    .orderBy(desc(events.id))
    .limit(1),
)

/** When something happened in a case last. */
export async function lastEventAt(db: Db, caseId: string): Promise<string | null> {
  const [found] = await lastEvent(db).execute({ caseId })
  return found?.at ?? null
}
