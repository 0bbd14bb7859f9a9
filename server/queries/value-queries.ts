/** Questions of researchers about values, and what was said about them. */
import { and, asc, count, desc, eq, inArray, lt } from 'drizzle-orm'
import type { Reach } from '../access/roles.ts'
import { assignments } from '../db/study-schema/assignments.ts'
import { cases } from '../db/study-schema/cases.ts'
import { participants } from '../db/study-schema/participants.ts'
import { type QueryState, queryNotes, valueQueries } from '../db/study-schema/values.ts'
import type { Db } from '../db/tx.ts'

export type ValueQuery = typeof valueQueries.$inferSelect
export type QueryNote = typeof queryNotes.$inferSelect

/** Adds a question; returns its number. */
export async function insertQuery(tx: Db, query: Omit<ValueQuery, 'id'>): Promise<number> {
  const [row] = await tx.insert(valueQueries).values(query).returning({ id: valueQueries.id })
  return row?.id ?? 0
}

export async function insertNote(tx: Db, note: Omit<QueryNote, 'id'>): Promise<void> {
  await tx.insert(queryNotes).values(note)
}

export async function setQueryState(tx: Db, id: number, state: QueryState, changedAt: string): Promise<void> {
  await tx.update(valueQueries).set({ state, changedAt }).where(eq(valueQueries.id, id))
}

export async function findQuery(db: Db, caseId: string, id: number): Promise<ValueQuery | undefined> {
  const [row] = await db
    .select()
    .from(valueQueries)
    .where(and(eq(valueQueries.id, id), eq(valueQueries.caseId, caseId)))
  return row
}

/** What was said about these questions, in order. */
export async function notesOf(db: Db, ids: number[]): Promise<QueryNote[]> {
  return await db.select().from(queryNotes).where(inArray(queryNotes.queryId, ids)).orderBy(asc(queryNotes.id))
}

const columns = {
  query: valueQueries,
  caseCode: cases.code,
  wave: assignments.wave,
  instrument: assignments.instrumentId,
  version: assignments.instrumentVersion,
  role: participants.role,
}

const withPlace = (db: Db) =>
  db
    .select(columns)
    .from(valueQueries)
    .innerJoin(assignments, eq(assignments.id, valueQueries.assignmentId))
    .innerJoin(participants, eq(participants.id, assignments.participantId))
    .innerJoin(cases, eq(cases.id, valueQueries.caseId))

/** Questions of a study in a state, latest first, from the one before number `before` on. */
export async function queriesOfStudy(
  db: Db,
  { studyId, state, reach, before, limit }: { studyId: string; state: QueryState; reach: Reach; before: number | null; limit: number },
) {
  return await withPlace(db)
    .where(
      and(
        eq(valueQueries.studyId, studyId),
        eq(valueQueries.state, state),
        before === null ? undefined : lt(valueQueries.id, before),
        reach === 'everywhere' ? undefined : inArray(cases.region, [...(reach ?? [])]),
      ),
    )
    .orderBy(desc(valueQueries.id))
    .limit(limit)
}

/** How many questions of a study stand where. */
export async function countQueries(db: Db, studyId: string, reach: Reach): Promise<{ state: QueryState; total: number }[]> {
  return await db
    .select({ state: valueQueries.state, total: count() })
    .from(valueQueries)
    .innerJoin(cases, eq(cases.id, valueQueries.caseId))
    .where(and(eq(valueQueries.studyId, studyId), reach === 'everywhere' ? undefined : inArray(cases.region, [...(reach ?? [])])))
    .groupBy(valueQueries.state)
}

/** All questions of a case, latest first. */
export async function queriesOfCase(db: Db, caseId: string) {
  return await withPlace(db).where(eq(valueQueries.caseId, caseId)).orderBy(desc(valueQueries.id))
}
