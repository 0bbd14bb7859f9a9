import { and, asc, eq, gt, inArray, lte, ne, sql } from 'drizzle-orm'
import { alias } from '../db/columns.ts'
import { type AssignmentState, assignments } from '../db/study-schema/assignments.ts'
import { cases } from '../db/study-schema/cases.ts'
import { participants } from '../db/study-schema/participants.ts'
import type { Db } from '../db/tx.ts'
import { byId, insertion, ofCase, prepared } from './prepared.ts'

export type Assignment = typeof assignments.$inferSelect

/** States in which answers are still taken, as long as the window is open. */
export const answerable: AssignmentState[] = ['scheduled', 'open', 'in progress']

const insert = insertion(assignments)

export async function insertAssignments(tx: Db, rows: Assignment[]): Promise<void> {
  for (const row of rows) await insert(tx, row)
}

export const findAssignment: (db: Db, id: string) => Promise<Assignment | undefined> = byId(assignments)

export const assignmentsOfCase: (db: Db, caseId: string) => Promise<Assignment[]> = ofCase(assignments)

const ofParticipant = prepared((db) =>
  db
    .select()
    .from(assignments)
    .where(eq(assignments.participantId, sql.placeholder('participantId'))),
)

export async function assignmentsOfParticipant(db: Db, participantId: string): Promise<Assignment[]> {
  return await ofParticipant(db).execute({ participantId })
}

/** The versions of instruments that somebody may have to see: all but those of assignments that are over without an answer. */
export async function instrumentsInUse(db: Db): Promise<{ id: string; version: string }[]> {
  return await db
    .selectDistinct({ id: assignments.instrumentId, version: assignments.instrumentVersion })
    .from(assignments)
    .where(inArray(assignments.state, [...answerable, 'completed']))
}

export async function moveAssignment(
  tx: Db,
  id: string,
  to: Pick<Assignment, 'opensAt' | 'closesAt' | 'target' | 'instrumentVersion' | 'state' | 'endedAt'>,
): Promise<void> {
  await tx.update(assignments).set(to).where(eq(assignments.id, id))
}

/** Ends an assignment, or lets it begin. `reason`: the coded one for which staff called it off. */
export async function setAssignmentState(
  tx: Db,
  id: string,
  change: Pick<Assignment, 'state'> & Partial<Pick<Assignment, 'startedAt' | 'endedAt' | 'reason'>>,
): Promise<void> {
  await tx.update(assignments).set(change).where(eq(assignments.id, id))
}

const complete = prepared((db) =>
  db
    .update(assignments)
    .set({
      state: 'completed',
      endedAt: sql`${sql.placeholder('now')}`,
      startedAt: sql`coalesce(${assignments.startedAt}, ${sql.placeholder('now')})`,
    })
    .where(eq(assignments.id, sql.placeholder('id'))),
)

export async function completeAssignment(tx: Db, id: string, now: string): Promise<void> {
  await complete(tx).execute({ id, now })
}

/** The participant whom an assignment is about. */
const subjects = alias(participants, 'subjects')

const unfinished = prepared((db) =>
  db
    .select({
      id: assignments.id,
      instrumentId: assignments.instrumentId,
      opensAt: assignments.opensAt,
      closesAt: assignments.closesAt,
      about: { role: subjects.role, number: subjects.number },
    })
    .from(assignments)
    .leftJoin(subjects, eq(subjects.id, assignments.aboutId))
    .where(
      and(
        eq(assignments.participantId, sql.placeholder('participantId')),
        eq(assignments.wave, sql.placeholder('wave')),
        inArray(assignments.state, answerable),
      ),
    ),
)

export interface Unfinished extends Pick<Assignment, 'id' | 'instrumentId' | 'opensAt' | 'closesAt'> {
  about: { role: string; number: number } | null
}

/** What somebody with several cases has to do first in another case than `caseId`: the wave of a case whose window closes first. */
export async function firstOfMailbox(
  db: Db,
  { mailboxKey, role, studyId, caseId }: { mailboxKey: string; role: string; studyId: string; caseId: string },
  now: string,
): Promise<Pick<Assignment, 'participantId' | 'wave'> | undefined> {
  const [first] = await db
    .select({ participantId: assignments.participantId, wave: assignments.wave })
    .from(participants)
    .innerJoin(assignments, eq(assignments.participantId, participants.id))
    .innerJoin(cases, eq(cases.id, participants.caseId))
    .where(
      and(
        eq(participants.mailboxKey, mailboxKey),
        eq(participants.role, role),
        eq(participants.state, 'active'),
        eq(assignments.studyId, studyId),
        ne(assignments.caseId, caseId),
        inArray(assignments.state, answerable),
        lte(assignments.opensAt, now),
        gt(assignments.closesAt, now),
      ),
    )
    .orderBy(asc(assignments.closesAt), asc(cases.code), asc(assignments.wave))
    .limit(1)
  return first
}

/** Assignments of a participant in a wave that are not completed, expired or cancelled. */
export async function unfinishedInWave(db: Db, participantId: string, wave: string): Promise<Unfinished[]> {
  return await unfinished(db).execute({ participantId, wave })
}
