/** Links by which staff choose a password. */
import { and, asc, eq, gt, inArray, isNull } from 'drizzle-orm'
import { type linkMails, staffLinks } from '../db/identity-schema/staff.ts'
import type { Db } from '../db/tx.ts'

export type StaffLink = typeof staffLinks.$inferSelect
export type LinkMail = (typeof linkMails)[number]

export async function removeOpenLinks(tx: Db, staffId: string): Promise<void> {
  await tx.delete(staffLinks).where(and(eq(staffLinks.staffId, staffId), isNull(staffLinks.usedAt)))
}

/** A new link takes the place of those that are still open. */
export async function insertStaffLink(tx: Db, link: Omit<StaffLink, 'usedAt' | 'mailDetail'>): Promise<void> {
  await removeOpenLinks(tx, link.staffId)
  await tx.insert(staffLinks).values(link)
}

/** Notes what became of the mail with a link. */
export async function setLinkMail(tx: Db, tokenHash: string, mail: LinkMail, mailDetail: string): Promise<void> {
  await tx.update(staffLinks).set({ mail, mailDetail }).where(eq(staffLinks.tokenHash, tokenHash))
}

/** Of each account the link that was made last. */
export async function lastLinks(db: Db, staffIds: string[]): Promise<Map<string, StaffLink>> {
  const rows = await db.select().from(staffLinks).where(inArray(staffLinks.staffId, staffIds)).orderBy(asc(staffLinks.createdAt))
  return new Map(rows.map((row) => [row.staffId, row]))
}

/** A link that is still good, or undefined. */
export async function findStaffLink(db: Db, tokenHash: string, now: string): Promise<StaffLink | undefined> {
  const [row] = await db
    .select()
    .from(staffLinks)
    .where(and(eq(staffLinks.tokenHash, tokenHash), isNull(staffLinks.usedAt), gt(staffLinks.expiresAt, now)))
  return row
}

/** False when it was used in the meantime. */
export async function takeStaffLink(tx: Db, tokenHash: string, now: string): Promise<boolean> {
  const used = await tx
    .update(staffLinks)
    .set({ usedAt: now })
    .where(and(eq(staffLinks.tokenHash, tokenHash), isNull(staffLinks.usedAt)))
    .returning({ tokenHash: staffLinks.tokenHash })
  return used.length > 0
}
