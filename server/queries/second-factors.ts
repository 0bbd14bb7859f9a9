/** Second factors of staff, and the codes for whoever lost them. */
import { and, asc, eq, isNotNull, isNull, lt, ne } from 'drizzle-orm'
import type { Sealer } from '../access/sealing.ts'
import { recoveryCodes, secondFactors } from '../db/identity-schema/staff.ts'
import type { Db } from '../db/tx.ts'

export type SecondFactor = typeof secondFactors.$inferSelect

/** What is sealed of a second factor: the secret of one-time codes, or a passkey's public key in base64url. */
export type FactorSecret = { secret: string } | { publicKey: string; transports: string[] }

export async function insertFactor(
  tx: Db,
  sealer: Sealer,
  factor: Pick<SecondFactor, 'id' | 'staffId' | 'kind' | 'name' | 'credentialId' | 'counter' | 'createdAt' | 'confirmedAt'>,
  secret: FactorSecret,
): Promise<void> {
  await tx.insert(secondFactors).values({ ...factor, sealed: sealer.seal(secret, factor.id), keyId: sealer.keyId })
}

/** The factors of an account that its owner has shown to work, oldest first. */
export async function confirmedFactors(db: Db, staffId: string): Promise<SecondFactor[]> {
  return await db
    .select()
    .from(secondFactors)
    .where(and(eq(secondFactors.staffId, staffId), isNotNull(secondFactors.confirmedAt)))
    .orderBy(asc(secondFactors.createdAt))
}

export async function findFactor(db: Db, id: string): Promise<SecondFactor | undefined> {
  const [row] = await db.select().from(secondFactors).where(eq(secondFactors.id, id))
  return row
}

export const secretOf = (sealer: Sealer, { sealed, id }: SecondFactor): FactorSecret => sealer.open(sealed, id) as FactorSecret

/** Notes that a counter was used. False when one as high was used before: then somebody else has used the same code. */
export async function takeCounter(tx: Db, id: string, counter: number): Promise<boolean> {
  const used = await tx
    .update(secondFactors)
    .set({ counter })
    .where(and(eq(secondFactors.id, id), lt(secondFactors.counter, counter)))
    .returning({ id: secondFactors.id })
  return used.length > 0
}

/** Notes the counter of a passkey, which its own library has compared. */
export async function setCounter(tx: Db, id: string, counter: number): Promise<void> {
  await tx.update(secondFactors).set({ counter }).where(eq(secondFactors.id, id))
}

/** Removes secrets of one-time codes but this one: of an app there is one at a time. */
export async function removeOtherOneTimeCodes(tx: Db, staffId: string, id: string): Promise<void> {
  await tx.delete(secondFactors).where(and(eq(secondFactors.staffId, staffId), eq(secondFactors.kind, 'totp'), ne(secondFactors.id, id)))
}

export async function confirmFactor(tx: Db, id: string, now: string): Promise<void> {
  await tx.update(secondFactors).set({ confirmedAt: now }).where(eq(secondFactors.id, id))
}

export async function removeFactor(tx: Db, id: string): Promise<void> {
  await tx.delete(secondFactors).where(eq(secondFactors.id, id))
}

/** Removes all that stands beside the password: factors and recovery codes. */
export async function removeSecondFactors(tx: Db, staffId: string): Promise<void> {
  await tx.delete(secondFactors).where(eq(secondFactors.staffId, staffId))
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.staffId, staffId))
}

/** Removes those that were begun and never shown to work. */
export async function removeUnconfirmed(tx: Db, staffId: string): Promise<void> {
  await tx.delete(secondFactors).where(and(eq(secondFactors.staffId, staffId), isNull(secondFactors.confirmedAt)))
}

/** Puts new recovery codes in the place of all that there were. */
export async function replaceRecoveryCodes(tx: Db, staffId: string, hashes: string[], now: string): Promise<void> {
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.staffId, staffId))
  await tx.insert(recoveryCodes).values(hashes.map((codeHash) => ({ codeHash, staffId, createdAt: now })))
}

/** Uses a recovery code up. False when it is not one of this account, or was used. */
export async function takeRecoveryCode(tx: Db, staffId: string, codeHash: string, now: string): Promise<boolean> {
  const used = await tx
    .update(recoveryCodes)
    .set({ usedAt: now })
    .where(and(eq(recoveryCodes.codeHash, codeHash), eq(recoveryCodes.staffId, staffId), isNull(recoveryCodes.usedAt)))
    .returning({ codeHash: recoveryCodes.codeHash })
  return used.length > 0
}

export async function unusedRecoveryCodes(db: Db, staffId: string): Promise<number> {
  return await db.$count(recoveryCodes, and(eq(recoveryCodes.staffId, staffId), isNull(recoveryCodes.usedAt)))
}
