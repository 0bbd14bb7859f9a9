/** Lists that staff are typing in. */
import { and, asc, eq, gt, inArray, lte, sql } from 'drizzle-orm'
import type { Reach } from '../access/roles.ts'
import { alias } from '../db/columns.ts'
import { assignments } from '../db/study-schema/assignments.ts'
import { cases } from '../db/study-schema/cases.ts'
import { entries } from '../db/study-schema/entries.ts'
import { participants } from '../db/study-schema/participants.ts'
import type { Db } from '../db/tx.ts'

/** As the indexes have it, with the table's name: other tables that are joined have a state, too. */
const isUnfinished = sql.raw("assignments.state in ('scheduled', 'open', 'in progress')")
const isUnused = sql.raw("entries.state <> 'used'")

export type Entry = typeof entries.$inferSelect

/** The first typing of a list, then the second. */
export async function entriesOf(db: Db, assignmentId: string): Promise<Entry[]> {
  return await db.select().from(entries).where(eq(entries.assignmentId, assignmentId)).orderBy(asc(entries.pass))
}

export async function entriesOfCase(db: Db, caseId: string): Promise<Entry[]> {
  const rows = await db
    .select({ entry: entries })
    .from(assignments)
    .innerJoin(entries, eq(entries.assignmentId, assignments.id))
    .where(eq(assignments.caseId, caseId))
    .orderBy(asc(entries.pass))
  return rows.map(({ entry }) => entry)
}

export async function insertEntry(tx: Db, entry: Entry): Promise<void> {
  await tx.insert(entries).values(entry)
}

export async function updateEntry(tx: Db, id: string, to: Partial<Entry>): Promise<void> {
  await tx.update(entries).set(to).where(eq(entries.id, id))
}

export async function removeEntry(tx: Db, id: string): Promise<void> {
  await tx.delete(entries).where(eq(entries.id, id))
}

/** Only these regions; all, where nothing limits it. */
const within = (reach: Reach) => (reach === 'everywhere' ? undefined : inArray(cases.region, [...(reach ?? [])]))

/** What is being typed in a study, oldest first. */
export async function unusedEntries(db: Db, studyId: string, reach: Reach, limit: number) {
  return await db
    .select({
      assignment: entries.assignmentId,
      pass: entries.pass,
      double: entries.double,
      state: entries.state,
      enteredBy: entries.enteredBy,
      begunAt: entries.begunAt,
      savedAt: entries.savedAt,
      caseCode: cases.code,
      region: cases.region,
      wave: assignments.wave,
      instrument: assignments.instrumentId,
      version: assignments.instrumentVersion,
      role: participants.role,
    })
    .from(entries)
    .innerJoin(assignments, eq(assignments.id, entries.assignmentId))
    .innerJoin(participants, eq(participants.id, assignments.participantId))
    .innerJoin(cases, eq(cases.id, assignments.caseId))
    .where(and(eq(entries.studyId, studyId), isUnused, within(reach)))
    .orderBy(asc(entries.begunAt))
    .limit(limit)
}

/** The second typing of a list. */
const another = alias(entries, 'another')

/** Lists of which one typing is done and another is to come, or two are to be compared; those that wait longest first. */
export async function waitingEntries(db: Db, studyId: string, reach: Reach, limit: number) {
  return await db
    .select({
      assignment: entries.assignmentId,
      enteredBy: entries.enteredBy,
      savedAt: entries.savedAt,
      /** How far the second is: null while nobody has begun it. */
      second: another.state,
      code: cases.code,
      region: cases.region,
      wave: assignments.wave,
      instrument: assignments.instrumentId,
      version: assignments.instrumentVersion,
      role: participants.role,
      number: participants.number,
    })
    .from(entries)
    .leftJoin(another, and(eq(another.assignmentId, entries.assignmentId), eq(another.pass, 2)))
    .innerJoin(assignments, eq(assignments.id, entries.assignmentId))
    .innerJoin(participants, eq(participants.id, assignments.participantId))
    .innerJoin(cases, eq(cases.id, assignments.caseId))
    .where(
      and(eq(entries.studyId, studyId), isUnused, eq(entries.pass, 1), eq(entries.double, true), eq(entries.state, 'typed'), within(reach)),
    )
    .orderBy(asc(entries.savedAt))
    .limit(limit)
}

interface Work {
  studyId: string
  instrument: string
  roles: string[]
  reach: Reach
  now: string
  limit: number
}

/** Open lists of one instrument that are for these roles, those that close first first. */
export async function openWork(db: Db, { studyId, instrument, roles, reach, now, limit }: Work) {
  return await db
    .select({
      assignment: assignments.id,
      caseCode: cases.code,
      region: cases.region,
      wave: assignments.wave,
      instrument: assignments.instrumentId,
      version: assignments.instrumentVersion,
      role: participants.role,
      closesAt: assignments.closesAt,
      state: assignments.state,
    })
    .from(assignments)
    .innerJoin(participants, eq(participants.id, assignments.participantId))
    .innerJoin(cases, eq(cases.id, assignments.caseId))
    .where(
      and(
        eq(assignments.studyId, studyId),
        eq(assignments.instrumentId, instrument),
        isUnfinished,
        gt(assignments.closesAt, now),
        lte(assignments.opensAt, now),
        inArray(participants.role, roles),
        eq(participants.state, 'active'),
        within(reach),
      ),
    )
    .orderBy(asc(assignments.closesAt), asc(assignments.id))
    .limit(limit)
}
