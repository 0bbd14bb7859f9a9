import { and, eq, gt, lte, sql } from 'drizzle-orm'
import { devices } from '../db/study-schema/sessions.ts'
import type { Db } from '../db/tx.ts'
import { insertion, prepared } from './prepared.ts'

export type Device = typeof devices.$inferSelect

/** The device with this mark, if it still counts. */
export async function findDevice(db: Db, markHash: string, now: string): Promise<Device | undefined> {
  const [found] = await db
    .select()
    .from(devices)
    .where(and(eq(devices.markHash, markHash), gt(devices.expiresAt, now)))
  return found
}

export const insertDevice: (tx: Db, row: Device) => Promise<void> = insertion(devices)

/** A later link keeps a device for longer. */
export async function keepDeviceUntil(tx: Db, id: string, expiresAt: string): Promise<void> {
  await tx.update(devices).set({ expiresAt }).where(eq(devices.id, id))
}

export async function removeDevice(tx: Db, id: string): Promise<void> {
  await tx.delete(devices).where(eq(devices.id, id))
}

const removeExpired = prepared((db) => db.delete(devices).where(lte(devices.expiresAt, sql.placeholder('now'))))

export async function removeExpiredDevices(tx: Db, now: string): Promise<void> {
  await removeExpired(tx).execute({ now })
}
