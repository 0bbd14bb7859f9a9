import { and, eq, gt, lte, sql } from 'drizzle-orm'
import { participants, sessions } from '../db/study-schema.ts'
import type { Db } from '../db/tx.ts'
import type { Participant } from './participants.ts'
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

export async function removeSession(tx: Db, tokenHash: string): Promise<void> {
  await tx.delete(sessions).where(eq(sessions.tokenHash, tokenHash))
}

export async function removeExpiredSessions(tx: Db, now: string): Promise<void> {
  await tx.delete(sessions).where(lte(sessions.expiresAt, now))
}
