/** Whose contact data are needed no more, because their case is complete. */
import { and, asc, count, eq, gt, inArray, isNotNull, isNull, lt, max, notInArray, sql } from 'drizzle-orm'
import { assignments } from '../db/study-schema/assignments.ts'
import { cases } from '../db/study-schema/cases.ts'
import { messages } from '../db/study-schema/messages.ts'
import { participants } from '../db/study-schema/participants.ts'
import { caseSummaries, staleCases } from '../db/study-schema/summaries.ts'
import type { Db } from '../db/tx.ts'

/** A case in which nothing is to come any more, and when its last list ended: came in, was called off or closed; or when it was taken out. */
export interface CompleteCase {
  id: string
  code: string
  endedAt: string
}

/**
 * Of the next `limit` cases after `last`, in the order of ids, those that are complete and of which contact data are kept. A case is
 * complete when nothing is open or ahead, no date is missing without which something could not be planned, and no mail is to go.
 */
export async function completeCases(
  db: Db,
  studyId: string,
  last: string,
  limit: number,
): Promise<{ complete: CompleteCase[]; end: string | null }> {
  const ids = (
    await db
      .select({ id: cases.id })
      .from(cases)
      .where(and(eq(cases.studyId, studyId), gt(cases.id, last)))
      .orderBy(asc(cases.id))
      .limit(limit)
  ).map(({ id }) => id)
  if (ids.length === 0) return { complete: [], end: null }
  const kept = sql`exists (select 1 from ${participants} where ${participants.caseId} = ${cases.id} and ${isNull(participants.contactRemovedAt)})`
  const mailToGo = sql`exists (select 1 from ${messages} where ${messages.caseId} = ${cases.id} and ${inArray(messages.state, ['planned', 'claimed'])})`
  const isStale = sql`exists (select 1 from ${staleCases} where ${staleCases.caseId} = ${cases.id})`
  const rows = await db
    .select({
      id: cases.id,
      code: cases.code,
      // Of one that does not belong in the study the day on which that was recorded counts, as in its summary.
      endedAt: sql<string>`coalesce(${cases.mistakenAt}, ${max(sql`coalesce(${assignments.endedAt}, ${assignments.closesAt})`)}, ${cases.registeredAt})`,
    })
    .from(cases)
    .innerJoin(
      caseSummaries,
      and(eq(caseSummaries.caseId, cases.id), eq(caseSummaries.state, 'ended'), isNull(caseSummaries.missingAnchor)),
    )
    .leftJoin(assignments, eq(assignments.caseId, cases.id))
    .where(and(inArray(cases.id, ids), kept, sql`not ${mailToGo}`, sql`not ${isStale}`))
    .groupBy(cases.id)
  return { complete: rows, end: ids.at(-1) ?? null }
}

/** Participants of these cases whose contact data are kept. */
export async function contactsOfCases(db: Db, caseIds: string[]): Promise<{ id: string; caseId: string }[]> {
  return await db
    .select({ id: participants.id, caseId: participants.caseId })
    .from(participants)
    .where(and(inArray(participants.caseId, caseIds), isNull(participants.contactRemovedAt)))
}

/** Of cases that have been complete since before a moment, and of which contact data are kept: how many, of how many people. */
export async function countComplete(db: Db, studyId: string, before: string): Promise<{ cases: number; people: number }> {
  const [row] = await db
    .select({ cases: count(), people: sql<number>`coalesce(sum(${caseSummaries.contacts}), 0)` })
    .from(caseSummaries)
    .where(completeBefore(db, studyId, before))
  return row ?? { cases: 0, people: 0 }
}

/** The codes of those that have been complete for longest. */
export async function firstComplete(db: Db, studyId: string, before: string, limit: number): Promise<string[]> {
  const rows = await db
    .select({ code: caseSummaries.code })
    .from(caseSummaries)
    .where(completeBefore(db, studyId, before))
    .orderBy(asc(caseSummaries.endedAt), asc(caseSummaries.code))
    .limit(limit)
  return rows.map(({ code }) => code)
}

/** As summaries have it; what happened to a case since then keeps it out. */
const completeBefore = (db: Db, studyId: string, before: string) =>
  and(
    eq(caseSummaries.studyId, studyId),
    isNotNull(caseSummaries.endedAt),
    lt(caseSummaries.endedAt, before),
    eq(caseSummaries.mailToGo, false),
    gt(caseSummaries.contacts, 0),
    notInArray(caseSummaries.caseId, db.select({ caseId: staleCases.caseId }).from(staleCases)),
  )

/** How many participants of a study had their contact data removed. */
export async function contactsRemoved(db: Db, studyId: string): Promise<number> {
  const [row] = await db
    .select({ people: sql<number>`coalesce(sum(${caseSummaries.contactsRemoved}), 0)` })
    .from(caseSummaries)
    // In the words of the index, which holds only these.
    .where(and(eq(caseSummaries.studyId, studyId), sql`${caseSummaries.contactsRemoved} > 0`))
  return row?.people ?? 0
}
