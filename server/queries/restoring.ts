/** What changes in databases that were put back from a backup, before anybody uses them. */
import { and, asc, eq, isNull, lte } from 'drizzle-orm'
import { staffLinks, staffSessions } from '../db/identity-schema/staff.ts'
import { exportJobs } from '../db/study-schema/exports.ts'
import { messages } from '../db/study-schema/messages.ts'
import { sessions } from '../db/study-schema/sessions.ts'
import type { Db } from '../db/tx.ts'
import type { Message } from './messages.ts'

/** At most `limit` messages that were to be looked at by `moment`, and of which nobody knows what became of them since. */
export async function plannedUntil(db: Db, moment: string, limit: number): Promise<Message[]> {
  return await db
    .select()
    .from(messages)
    .where(and(eq(messages.state, 'planned'), lte(messages.nextAt, moment)))
    .orderBy(asc(messages.nextAt), asc(messages.id))
    .limit(limit)
}

/** Signs out every browser of a participant: some of them may have been signed out since. */
export async function removeAllSessions(tx: Db): Promise<void> {
  await tx.delete(sessions)
}

/** Signs out all staff, and spends every link by which a password is chosen. */
export async function removeStaffSessions(tx: Db): Promise<void> {
  await tx.delete(staffSessions)
  await tx.delete(staffLinks)
}

/** Files of exports are in no backup. */
export async function markAllExportsRemoved(tx: Db, now: string): Promise<void> {
  await tx
    .update(exportJobs)
    .set({ removedAt: now })
    .where(and(eq(exportJobs.state, 'done'), isNull(exportJobs.removedAt)))
}
