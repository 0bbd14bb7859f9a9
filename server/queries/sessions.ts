import { and, eq, gt, lte, sql } from 'drizzle-orm'
import { cases, children } from '../db/study-schema/cases.ts'
import { participants } from '../db/study-schema/participants.ts'
import { sessions } from '../db/study-schema/sessions.ts'
import { studies } from '../db/study-schema/studies.ts'
import type { Db } from '../db/tx.ts'
import { isIndexChild } from './cases.ts'
import { type Participant, type Respondent, respondentColumns } from './participants.ts'
import { insertion, prepared } from './prepared.ts'

/** A participant in a session, and the device on which it was opened. */
export interface Visitor extends Participant {
  deviceId: string | null
}

const insert = insertion(sessions)

export async function insertSession(tx: Db, { deviceId = null, ...row }: typeof sessions.$inferInsert): Promise<void> {
  await insert(tx, { ...row, deviceId })
}

const bySession = prepared((db) =>
  db
    .select({ participant: participants, deviceId: sessions.deviceId })
    .from(sessions)
    .innerJoin(participants, eq(participants.id, sessions.participantId))
    .where(and(eq(sessions.tokenHash, sql.placeholder('tokenHash')), gt(sessions.expiresAt, sql.placeholder('now')))),
)

/** Who is in the session with this token hash, if it is still open. */
export async function participantOfSession(db: Db, tokenHash: string, now: string): Promise<Visitor | undefined> {
  const [found] = await bySession(db).execute({ tokenHash, now })
  return found && { ...found.participant, deviceId: found.deviceId }
}

const respondent = prepared((db) =>
  db
    .select({ ...respondentColumns, deviceId: sessions.deviceId })
    .from(sessions)
    .innerJoin(participants, eq(participants.id, sessions.participantId))
    .innerJoin(cases, eq(cases.id, participants.caseId))
    .innerJoin(studies, eq(studies.id, cases.studyId))
    .leftJoin(children, isIndexChild)
    .where(and(eq(sessions.tokenHash, sql.placeholder('tokenHash')), gt(sessions.expiresAt, sql.placeholder('now')))),
)

/** The same, with what every answer has to know of them. */
export async function respondentOfSession(
  db: Db,
  tokenHash: string,
  now: string,
): Promise<(Respondent & { deviceId: string | null }) | undefined> {
  const [row] = await respondent(db).execute({ tokenHash, now })
  return row
}

/** Ends a session; returns the device on which it was opened. */
export async function removeSession(tx: Db, tokenHash: string): Promise<string | null> {
  const [gone] = await tx.delete(sessions).where(eq(sessions.tokenHash, tokenHash)).returning({ deviceId: sessions.deviceId })
  return gone?.deviceId ?? null
}

/** Ends every session that was opened on a device. */
export async function removeSessionsOn(tx: Db, deviceId: string): Promise<void> {
  await tx.delete(sessions).where(eq(sessions.deviceId, deviceId))
}

const removeExpired = prepared((db) => db.delete(sessions).where(lte(sessions.expiresAt, sql.placeholder('now'))))

export async function removeExpiredSessions(tx: Db, now: string): Promise<void> {
  await removeExpired(tx).execute({ now })
}

/** Whoever is in a session of a participant is another one from now on, or nobody. */
export async function passSessionsOn(tx: Db, participantId: string, to: string | null): Promise<void> {
  const own = eq(sessions.participantId, participantId)
  if (to === null) await tx.delete(sessions).where(own)
  else await tx.update(sessions).set({ participantId: to }).where(own)
}
