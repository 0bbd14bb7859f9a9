import { and, eq, inArray, lt, sql } from 'drizzle-orm'
import { links, messages } from '../db/study-schema/messages.ts'
import type { Db } from '../db/tx.ts'
import { insertion, prepared } from './prepared.ts'

export type Link = typeof links.$inferSelect

const insert = insertion(links)

const removeOthers = prepared((db) =>
  db.delete(links).where(and(eq(links.participantId, sql.placeholder('participantId')), eq(links.messageId, sql.placeholder('messageId')))),
)

/** Records the link of a message. One of an earlier attempt goes: it certainly reached nobody, or there would be no later attempt. */
export async function putMessageLink(tx: Db, link: Link & { messageId: string }): Promise<void> {
  await removeOthers(tx).execute({ participantId: link.participantId, messageId: link.messageId })
  await insert(tx, link)
}

const byToken = prepared((db) =>
  db
    .select()
    .from(links)
    .where(eq(links.tokenHash, sql.placeholder('tokenHash'))),
)

/** The link with this token hash, expired or not. */
export async function findLink(db: Db, tokenHash: string): Promise<Link | undefined> {
  const [found] = await byToken(db).execute({ tokenHash })
  return found
}

/** The links of a participant open what another one has from now on, or nothing. */
export async function passLinksOn(tx: Db, participantId: string, to: string | null): Promise<void> {
  const own = eq(links.participantId, participantId)
  if (to === null) await tx.delete(links).where(own)
  else await tx.update(links).set({ participantId: to }).where(own)
}

/** The links in mails about a wave work at least until this moment. */
export async function keepLinksUntil(
  tx: Db,
  { participantId, wave }: { participantId: string; wave: string },
  until: string,
): Promise<void> {
  const ofWave = tx
    .select({ id: messages.id })
    .from(messages)
    .where(and(eq(messages.participantId, participantId), eq(messages.wave, wave)))
  await tx
    .update(links)
    .set({ expiresAt: until })
    .where(and(eq(links.participantId, participantId), inArray(links.messageId, ofWave), lt(links.expiresAt, until)))
}
