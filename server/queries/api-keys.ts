/** Keys by which other software reads a study in the name of somebody. */
import { and, desc, eq, gt, isNull } from 'drizzle-orm'
import { apiKeys, staff } from '../db/identity-schema/staff.ts'
import type { Db } from '../db/tx.ts'
import type { StaffRow } from './staff.ts'

export type ApiKey = typeof apiKeys.$inferSelect

export async function insertApiKey(tx: Db, key: Omit<ApiKey, 'revokedAt' | 'lastUsedAt'>): Promise<void> {
  await tx.insert(apiKeys).values(key)
}

/** The key and whose it is; undefined when it is over or revoked, or the account is not in use. */
export async function findApiKey(db: Db, keyHash: string, now: string): Promise<{ key: ApiKey; account: StaffRow } | undefined> {
  const [row] = await db
    .select({ key: apiKeys, account: staff })
    .from(apiKeys)
    .innerJoin(staff, eq(staff.id, apiKeys.staffId))
    .where(and(eq(apiKeys.keyHash, keyHash), isNull(apiKeys.revokedAt), gt(apiKeys.expiresAt, now), eq(staff.state, 'active')))
  return row
}

/** All keys of an account, newest first, those that are over included. */
export async function apiKeysOf(db: Db, staffId: string): Promise<ApiKey[]> {
  return await db.select().from(apiKeys).where(eq(apiKeys.staffId, staffId)).orderBy(desc(apiKeys.createdAt), desc(apiKeys.id))
}

export async function touchApiKey(tx: Db, id: string, now: string): Promise<void> {
  await tx.update(apiKeys).set({ lastUsedAt: now }).where(eq(apiKeys.id, id))
}

/** Whether this account had such a key that was not revoked before. */
export async function revokeApiKey(tx: Db, { id, staffId }: Pick<ApiKey, 'id' | 'staffId'>, now: string): Promise<boolean> {
  const mine = and(eq(apiKeys.id, id), eq(apiKeys.staffId, staffId), isNull(apiKeys.revokedAt))
  return (await tx.update(apiKeys).set({ revokedAt: now }).where(mine).returning({ id: apiKeys.id })).length > 0
}
