/** Accounts of staff and what they may do where. Names and addresses go in and out sealed. */
import { and, asc, eq, inArray } from 'drizzle-orm'
import type { Grant } from '../access/roles.ts'
import { isStaffRole } from '../access/roles.ts'
import type { Sealer } from '../access/sealing.ts'
import { staff, staffRoles, type staffStates } from '../db/identity-schema/staff.ts'
import type { Db } from '../db/tx.ts'

export type StaffState = (typeof staffStates)[number]
export type StaffRow = typeof staff.$inferSelect

export interface StaffMember {
  id: string
  name: string
  address: string
  language: string
  state: StaffState
  createdAt: string
  /** Whether a password was chosen. */
  hasPassword: boolean
}

/** By what an account is found: its address, whatever the case of its letters. */
export const addressMark = (sealer: Sealer, address: string): string => sealer.mark('staff', address.toLowerCase())

export async function insertStaff(
  tx: Db,
  sealer: Sealer,
  { id, name, address, language, now }: { id: string; name: string; address: string; language: string; now: string },
): Promise<void> {
  const sealed = sealer.seal({ name, address }, id)
  await tx.insert(staff).values({
    id,
    addressMark: addressMark(sealer, address),
    sealed,
    keyId: sealer.keyId,
    language,
    state: 'invited',
    createdAt: now,
    stateAt: now,
  })
}

export async function findStaffByAddress(db: Db, sealer: Sealer, address: string): Promise<StaffRow | undefined> {
  const [row] = await db
    .select()
    .from(staff)
    .where(eq(staff.addressMark, addressMark(sealer, address)))
  return row
}

/** By what the account of somebody is found who signs in elsewhere: the provider, and its own name for them. */
export const subjectMark = (sealer: Sealer, issuer: string, subject: string): string => sealer.mark('staff subject', issuer, subject)

export async function findStaffBySubject(db: Db, mark: string): Promise<StaffRow | undefined> {
  const [row] = await db.select().from(staff).where(eq(staff.subjectMark, mark))
  return row
}

export async function setSubject(tx: Db, id: string, mark: string): Promise<void> {
  await tx.update(staff).set({ subjectMark: mark }).where(eq(staff.id, id))
}

export async function findStaff(db: Db, id: string): Promise<StaffRow | undefined> {
  const [row] = await db.select().from(staff).where(eq(staff.id, id))
  return row
}

export async function staffByIds(db: Db, ids: string[]): Promise<StaffRow[]> {
  return await db.select().from(staff).where(inArray(staff.id, ids))
}

/** Everybody with an account, oldest first. */
export async function listStaff(db: Db): Promise<StaffRow[]> {
  return await db.select().from(staff).orderBy(asc(staff.createdAt), asc(staff.id))
}

/** The account as people see it. */
export function memberOf(sealer: Sealer, row: StaffRow): StaffMember {
  const { name, address } = sealer.open(row.sealed, row.id) as { name: string; address: string }
  const { id, language, state, createdAt } = row
  return { id, name, address, language, state, createdAt, hasPassword: row.passwordHash !== null }
}

/** `passwordHash`: null for an account that has to choose one anew. */
export async function setPassword(tx: Db, id: string, passwordHash: string | null): Promise<void> {
  await tx.update(staff).set({ passwordHash }).where(eq(staff.id, id))
}

export async function setStaffState(tx: Db, id: string, state: StaffState, now: string): Promise<void> {
  await tx.update(staff).set({ state, stateAt: now }).where(eq(staff.id, id))
}

export async function setStaffLanguage(tx: Db, id: string, language: string): Promise<void> {
  await tx.update(staff).set({ language }).where(eq(staff.id, id))
}

export async function grant(tx: Db, staffId: string, { studyId, role, region }: Grant, now: string): Promise<void> {
  await tx.insert(staffRoles).values({ staffId, studyId, role, region, grantedAt: now }).onConflictDoNothing()
}

/** False when there was no such role. */
export async function revoke(tx: Db, staffId: string, { studyId, role, region }: Grant): Promise<boolean> {
  const where = and(
    eq(staffRoles.staffId, staffId),
    eq(staffRoles.studyId, studyId),
    eq(staffRoles.role, role),
    eq(staffRoles.region, region),
  )
  const gone = await tx.delete(staffRoles).where(where).returning({ role: staffRoles.role })
  return gone.length > 0
}

/** The grants of these accounts. A role that this version does not know gives nothing. */
export async function grantsOf(db: Db, staffIds: string[]): Promise<(Grant & { staffId: string })[]> {
  const rows = await db
    .select({ staffId: staffRoles.staffId, studyId: staffRoles.studyId, role: staffRoles.role, region: staffRoles.region })
    .from(staffRoles)
    .where(inArray(staffRoles.staffId, staffIds))
    .orderBy(asc(staffRoles.studyId), asc(staffRoles.role), asc(staffRoles.region))
  return rows.flatMap(({ role, ...rest }) => (isStaffRole(role) ? [{ ...rest, role }] : []))
}
