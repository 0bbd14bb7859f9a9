/** Browsers in which staff are signed in, or half-way. */
import { and, desc, eq, gt, lt, ne, or } from 'drizzle-orm'
import { staff, staffSessions } from '../db/identity-schema/staff.ts'
import type { Db } from '../db/tx.ts'
import type { StaffRow } from './staff.ts'

export type StaffSession = typeof staffSessions.$inferSelect

export async function insertStaffSession(tx: Db, session: Omit<StaffSession, 'challenge'>): Promise<void> {
  await tx.insert(staffSessions).values(session)
}

/** The session and its account; undefined when it is over, was idle since before `idleSince`, or the account is not active. */
export async function findStaffSession(
  db: Db,
  tokenHash: string,
  { now, idleSince }: { now: string; idleSince: string },
): Promise<{ session: StaffSession; account: StaffRow } | undefined> {
  const [row] = await db
    .select({ session: staffSessions, account: staff })
    .from(staffSessions)
    .innerJoin(staff, eq(staff.id, staffSessions.staffId))
    .where(and(eq(staffSessions.tokenHash, tokenHash), gt(staffSessions.expiresAt, now), gt(staffSessions.lastSeenAt, idleSince)))
  return row && row.account.state !== 'disabled' ? row : undefined
}

export async function touchStaffSession(tx: Db, tokenHash: string, now: string): Promise<void> {
  await tx.update(staffSessions).set({ lastSeenAt: now }).where(eq(staffSessions.tokenHash, tokenHash))
}

export async function removeStaffSession(tx: Db, tokenHash: string): Promise<void> {
  await tx.delete(staffSessions).where(eq(staffSessions.tokenHash, tokenHash))
}

/** Ends all sessions of an account: its owner changed the password, or it was disabled. */
export async function removeSessionsOfStaff(tx: Db, staffId: string): Promise<void> {
  await tx.delete(staffSessions).where(eq(staffSessions.staffId, staffId))
}

export async function removeEndedStaffSessions(tx: Db, { now, idleSince }: { now: string; idleSince: string }): Promise<void> {
  await tx.delete(staffSessions).where(or(lt(staffSessions.expiresAt, now), lt(staffSessions.lastSeenAt, idleSince)))
}

/** Ends the sessions of an account but one. */
export async function removeOtherSessions(tx: Db, staffId: string, tokenHash: string): Promise<void> {
  await tx.delete(staffSessions).where(and(eq(staffSessions.staffId, staffId), ne(staffSessions.tokenHash, tokenHash)))
}

/** Sessions of an account in which it is signed in and which are not over, last used first. */
export async function openSessionsOf(
  db: Db,
  staffId: string,
  { now, idleSince }: { now: string; idleSince: string },
): Promise<StaffSession[]> {
  const open = and(gt(staffSessions.expiresAt, now), gt(staffSessions.lastSeenAt, idleSince), eq(staffSessions.stage, 'signed in'))
  return await db
    .select()
    .from(staffSessions)
    .where(and(eq(staffSessions.staffId, staffId), open))
    .orderBy(desc(staffSessions.lastSeenAt))
}

/** What a passkey is asked to sign in this session; null when it was answered. */
export async function setChallenge(tx: Db, tokenHash: string, challenge: string | null): Promise<void> {
  await tx.update(staffSessions).set({ challenge }).where(eq(staffSessions.tokenHash, tokenHash))
}

/** Takes the challenge out of a session: whatever comes of it, it is not asked again. */
export async function takeChallenge(tx: Db, tokenHash: string): Promise<string | null> {
  const [row] = await tx.select({ challenge: staffSessions.challenge }).from(staffSessions).where(eq(staffSessions.tokenHash, tokenHash))
  await setChallenge(tx, tokenHash, null)
  return row?.challenge ?? null
}
