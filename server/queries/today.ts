/** What needs a person now, within reach of whoever asks. Reads only. */
import { and, asc, count, eq, gt, gte, inArray, isNotNull, isNull, lt, min, ne, notExists, or, sql } from 'drizzle-orm'
import type { Reach } from '../access/roles.ts'
import { alias } from '../db/columns.ts'
import { assignments, isUnfinished } from '../db/study-schema/assignments.ts'
import { cases, children } from '../db/study-schema/cases.ts'
import { tasks } from '../db/study-schema/journal.ts'
import { messages } from '../db/study-schema/messages.ts'
import { participants } from '../db/study-schema/participants.ts'
import { caseSummaries } from '../db/study-schema/summaries.ts'
import type { Db } from '../db/tx.ts'
import { isInUse } from './cases.ts'
import { inReach } from './reach.ts'

/** A study, and the part of it within reach. */
export interface Within {
  studyId: string
  within: Reach
}

/** How many open tasks there are of each kind. */
export async function countTasks(db: Db, { studyId, within }: Within): Promise<{ kind: string; total: number }[]> {
  return await db
    .select({ kind: tasks.kind, total: count() })
    .from(tasks)
    .innerJoin(cases, eq(cases.id, tasks.caseId))
    .where(and(eq(tasks.studyId, studyId), isNull(tasks.doneAt), isInUse, inReach(cases, within)))
    .groupBy(tasks.kind)
}

/** The open tasks of a kind, oldest first. */
export async function tasksOfKind(db: Db, { studyId, within }: Within, kind: string, limit: number) {
  return await db
    .select({
      id: tasks.id,
      detail: tasks.detail,
      createdAt: tasks.createdAt,
      code: cases.code,
      person: tasks.participantId,
      role: participants.role,
      number: participants.number,
      wave: messages.wave,
      message: messages.kind,
    })
    .from(tasks)
    .innerJoin(cases, eq(cases.id, tasks.caseId))
    .leftJoin(participants, eq(participants.id, tasks.participantId))
    .leftJoin(messages, eq(messages.id, tasks.messageId))
    .where(and(eq(tasks.studyId, studyId), isNull(tasks.doneAt), eq(tasks.kind, kind), isInUse, inReach(cases, within)))
    .orderBy(asc(tasks.id))
    .limit(limit)
}

const others = alias(assignments, 'others')

/** Of whom mail goes to and who did not say no, nothing came in about a wave yet, while something closes from `from` until `until`; and how many there are in all. */
export async function closingSoon(
  db: Db,
  { studyId, within, from, until }: Within & { from: string; until: string },
  limit: number,
): Promise<{ total: number; rows: Closing[] }> {
  const due = db
    .select()
    .from(assignments)
    .where(and(isUnfinished, gte(assignments.closesAt, from), lt(assignments.closesAt, until), eq(assignments.studyId, studyId)))
    .as('due')
  const completed = db
    .select({ one: sql`1` })
    .from(others)
    .where(and(eq(others.participantId, due.participantId), eq(others.wave, due.wave), eq(others.state, 'completed')))
  const saidNo = db
    .select({ one: sql`1` })
    .from(tasks)
    .where(and(eq(tasks.studyId, studyId), isNull(tasks.doneAt), eq(tasks.kind, 'said no'), eq(tasks.participantId, due.participantId)))
  const rows = await db
    .select({
      code: cases.code,
      role: participants.role,
      number: participants.number,
      wave: due.wave,
      closesAt: sql<string>`min(${due.closesAt})`.as('closes'),
      begun: sql<number>`max(case when ${due.startedAt} is null then 0 else 1 end)`,
      lists: count(),
      total: sql<number>`count(*) over ()`,
    })
    .from(due)
    .innerJoin(participants, eq(participants.id, due.participantId))
    .innerJoin(cases, eq(cases.id, due.caseId))
    .where(
      and(
        ne(due.state, 'scheduled'),
        eq(participants.state, 'active'),
        isNull(participants.withoutMailAt),
        inReach(cases, within),
        notExists(completed),
        notExists(saidNo),
      ),
    )
    .groupBy(due.participantId, due.wave, cases.code, participants.role, participants.number)
    .orderBy(sql`closes`, asc(cases.code))
    .limit(limit)
  return { total: rows[0]?.total ?? 0, rows: rows.map(({ total: _, begun, ...row }) => ({ ...row, begun: begun === 1 })) }
}

/**
 * Lists of people without a mail address that are open and not answered, or open until `until`: nobody but staff asks for them. One row a
 * person and wave, what closes first on top.
 */
export async function toAskByHand(db: Db, { studyId, within, now, until }: Within & { now: string; until: string }): Promise<ByHand[]> {
  const { opensAt, closesAt } = assignments
  // They are few among all who are asked: they come first, and only their lists are looked at.
  const theirs = db
    .select({ id: participants.id })
    .from(participants)
    .where(and(isNotNull(participants.withoutMailAt), eq(participants.state, 'active')))
  const rows = await db
    .select({
      code: cases.code,
      person: participants.id,
      role: participants.role,
      number: participants.number,
      wave: assignments.wave,
      opensAt: min(opensAt),
      closesAt: min(closesAt),
      lists: count(),
    })
    .from(assignments)
    .innerJoin(participants, eq(participants.id, assignments.participantId))
    .innerJoin(cases, eq(cases.id, assignments.caseId))
    .where(
      and(
        inArray(assignments.participantId, theirs),
        eq(assignments.studyId, studyId),
        inReach(cases, within),
        // Spelled out: `state` alone could be that of the participant.
        inArray(assignments.state, ['scheduled', 'open', 'in progress']),
        gt(closesAt, now),
        lt(opensAt, until),
      ),
    )
    .groupBy(cases.code, participants.id, participants.role, participants.number, assignments.wave)
    .orderBy(asc(min(closesAt)), asc(cases.code), asc(participants.id))
  return rows.map((row) => ({
    ...row,
    opened: (row.opensAt ?? '') <= now,
    opensAt: row.opensAt ?? '',
    closesAt: row.closesAt ?? '',
  }))
}

/** The lists of some people that have not come, in no particular order. */
export async function listsToAsk(db: Db, people: string[]) {
  return await db
    .select({
      assignment: assignments.id,
      person: assignments.participantId,
      wave: assignments.wave,
      instrument: assignments.instrumentId,
      version: assignments.instrumentVersion,
    })
    .from(assignments)
    .where(and(inArray(assignments.participantId, people), inArray(assignments.state, ['scheduled', 'open', 'in progress'])))
}

export interface ByHand extends Omit<Closing, 'begun'> {
  /** The pseudonym, by which the telephone number is asked for. */
  person: string
  /** Whether any of the lists can be filled in by now. */
  opened: boolean
  opensAt: string
}

export interface Closing {
  code: string
  role: string
  number: number
  wave: string
  closesAt: string
  begun: boolean
  lists: number
}

/** Children born in one of these months (`YYYY-MM`), in families of which something is open or to come. */
export async function childrenBornIn(db: Db, { studyId, within }: Within, months: string[]) {
  return await db
    .select({ code: caseSummaries.code, number: children.number, birthMonth: children.birthMonth })
    .from(children)
    .innerJoin(caseSummaries, eq(caseSummaries.caseId, children.caseId))
    .where(
      and(
        inArray(children.birthMonth, months),
        eq(caseSummaries.studyId, studyId),
        inReach(caseSummaries, within),
        or(eq(caseSummaries.state, 'answering'), eq(caseSummaries.state, 'waiting')),
      ),
    )
    .orderBy(asc(children.birthMonth), asc(caseSummaries.code))
}
