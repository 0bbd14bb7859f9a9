import { and, eq, gt, lte, sql } from 'drizzle-orm'
import { cases, children, participants, sessions, studies } from '../db/study-schema.ts'
import type { Db } from '../db/tx.ts'
import { isIndexChild } from './cases.ts'
import { type Participant, type Respondent, respondentColumns } from './participants.ts'
import { prepared } from './prepared.ts'

export type Session = typeof sessions.$inferSelect

export async function insertSession(tx: Db, row: Session): Promise<void> {
  await tx.insert(sessions).values(row)
}

const bySession = prepared((db) =>
  db
    .select({ participant: participants })
    .from(sessions)
    .innerJoin(participants, eq(participants.id, sessions.participantId))
    .where(and(eq(sessions.tokenHash, sql.placeholder('tokenHash')), gt(sessions.expiresAt, sql.placeholder('now'))))
    .prepare(),
)

/** Who is in the session with this token hash, if it is still open. */
export async function participantOfSession(db: Db, tokenHash: string, now: string): Promise<Participant | undefined> {
  const [found] = await bySession(db).execute({ tokenHash, now })
  return found?.participant
}

const respondent = prepared((db) =>
  db
    .select(respondentColumns)
    .from(sessions)
    .innerJoin(participants, eq(participants.id, sessions.participantId))
    .innerJoin(cases, eq(cases.id, participants.caseId))
    .innerJoin(studies, eq(studies.id, cases.studyId))
    .leftJoin(children, isIndexChild)
    .where(and(eq(sessions.tokenHash, sql.placeholder('tokenHash')), gt(sessions.expiresAt, sql.placeholder('now'))))
    .prepare(),
)

/** The same, with what every answer has to know of them. */
export async function respondentOfSession(db: Db, tokenHash: string, now: string): Promise<Respondent | undefined> {
  const [row] = await respondent(db).execute({ tokenHash, now })
  return row
}

export async function removeSession(tx: Db, tokenHash: string): Promise<void> {
  await tx.delete(sessions).where(eq(sessions.tokenHash, tokenHash))
}

export async function removeExpiredSessions(tx: Db, now: string): Promise<void> {
  await tx.delete(sessions).where(lte(sessions.expiresAt, now))
}
