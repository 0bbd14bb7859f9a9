/** The outbox: every message there is to be, and what became of it. */
import { and, asc, eq, inArray, lte, sql } from 'drizzle-orm'
import { notByIndex } from '../db/columns.ts'
import { onceFree, unlessInHand } from '../db/locks.ts'
import { messages } from '../db/study-schema/messages.ts'
import { participants } from '../db/study-schema/participants.ts'
import type { Db } from '../db/tx.ts'
import { byId, insertion, ofCase, prepared } from './prepared.ts'

export type Message = typeof messages.$inferSelect
export type NewMessage = Pick<Message, 'id' | 'studyId' | 'caseId' | 'participantId' | 'wave' | 'kind' | 'dueAt' | 'nextAt' | 'messageId'>

const insert = insertion(messages)
const untouched = {
  state: 'planned',
  attempts: 0,
  claimedAt: null,
  claimedBy: null,
  settledAt: null,
  mailId: null,
  text: null,
  textSha256: null,
  detail: null,
} as const

/** Adds messages that are to be sent. */
export async function insertMessages(tx: Db, rows: NewMessage[]): Promise<void> {
  for (const row of rows) await insert(tx, { ...row, ...untouched })
}

/** Looks at what waits for a participant right away, not when it was to be looked at again. */
export async function hastenMessages(tx: Db, participantId: string): Promise<void> {
  await tx
    .update(messages)
    .set({ nextAt: sql`${messages.dueAt}`, detail: null })
    .where(and(eq(messages.participantId, participantId), eq(messages.state, 'planned')))
}

/** Looks at a planned message now, whenever it was to go out. */
export async function hastenMessage(tx: Db, id: string, now: string): Promise<void> {
  await tx
    .update(messages)
    .set({ nextAt: now, detail: null })
    .where(and(eq(messages.id, id), eq(messages.state, 'planned')))
}

/** Writes something down about what some process has in hand to a participant, for whoever settles it. */
export async function noteInHand(tx: Db, participantId: string, detail: string): Promise<void> {
  await tx
    .update(messages)
    .set({ detail })
    .where(and(eq(messages.participantId, participantId), eq(messages.state, 'claimed')))
}

export const messagesOfCase: (db: Db, caseId: string) => Promise<Message[]> = ofCase(messages, asc(messages.dueAt))

export const findMessage: (db: Db, id: string) => Promise<Message | undefined> = byId(messages)

/** The messages that went in the mail with this Message-ID: one, or several that shared it. */
export async function messagesInMail(db: Db, messageId: string): Promise<Message[]> {
  const alone = await db.select().from(messages).where(eq(messages.messageId, messageId))
  if (alone.length > 0) return alone
  return await db.select().from(messages).where(eq(messages.mailId, messageId)).orderBy(asc(messages.id))
}

const inHand = prepared((db) =>
  unlessInHand(
    db
      .select()
      .from(messages)
      .where(and(eq(messages.id, sql.placeholder('id')), eq(messages.state, 'planned'))),
  ),
)

/** A planned message, which until the end of this transaction nobody else gets; undefined when another process has it. */
export async function findPlanned(tx: Db, id: string): Promise<Message | undefined> {
  const [found] = await inHand(tx).execute({ id })
  return found
}

/** Waits until nobody else has any of these messages in hand, and keeps them for this transaction. */
export async function keepInHand(tx: Db, ids: string[]): Promise<void> {
  await onceFree(tx.select({ id: messages.id }).from(messages).where(inArray(messages.id, ids)).orderBy(asc(messages.id)))
}

const ofKind = prepared((db) =>
  db
    .select()
    .from(messages)
    .where(
      and(
        eq(messages.participantId, sql.placeholder('participantId')),
        eq(messages.wave, sql.placeholder('wave')),
        eq(messages.kind, sql.placeholder('kind')),
      ),
    ),
)

/** The message of this kind to a participant about a wave. */
export async function findMessageOf(
  db: Db,
  { participantId, wave }: Pick<Message, 'participantId' | 'wave'>,
  kind: string,
): Promise<Message | undefined> {
  const [found] = await ofKind(db).execute({ participantId, wave, kind })
  return found
}

/** Plans a message for another moment, also one that was called off, unless it is under way or out of our hands. */
export async function moveMessage(tx: Db, id: string, at: string): Promise<void> {
  await tx
    .update(messages)
    .set({ state: 'planned', dueAt: at, nextAt: at, attempts: 0, settledAt: null, detail: null })
    .where(and(eq(messages.id, id), inArray(messages.state, ['planned', 'cancelled'])))
}

const cancel = prepared((db) =>
  db
    .update(messages)
    .set({ state: 'cancelled', settledAt: sql`${sql.placeholder('now')}`, detail: sql`${sql.placeholder('reason')}` })
    .where(and(eq(messages.id, sql.placeholder('id')), eq(messages.state, 'planned'))),
)

/** Calls off a message, unless it is under way or settled. */
export async function cancelMessage(tx: Db, id: string, reason: string, now: string): Promise<void> {
  await cancel(tx).execute({ id, reason, now })
}

/** Calls off all that is still to be sent to a participant. */
export async function cancelMessagesTo(tx: Db, participantId: string, reason: string, now: string): Promise<void> {
  await tx
    .update(messages)
    .set({ state: 'cancelled', settledAt: now, detail: reason })
    .where(and(eq(messages.participantId, participantId), eq(messages.state, 'planned')))
}

const cancelOfWave = prepared((db) =>
  db
    .update(messages)
    .set({ state: 'cancelled', settledAt: sql`${sql.placeholder('now')}`, detail: sql`${sql.placeholder('reason')}` })
    .where(
      and(
        eq(messages.participantId, sql.placeholder('participantId')),
        eq(messages.wave, sql.placeholder('wave')),
        eq(messages.state, 'planned'),
      ),
    ),
)

/** Calls off what is still to be sent to a participant about a wave. */
export async function cancelMessagesOfWave(
  tx: Db,
  about: { participantId: string; wave: string; reason: string; now: string },
): Promise<void> {
  await cancelOfWave(tx).execute(about)
}

const due = prepared((db) =>
  db
    .select({ id: messages.id, participantId: messages.participantId, studyId: messages.studyId })
    .from(messages)
    .where(and(eq(messages.state, 'planned'), lte(messages.nextAt, sql.placeholder('now'))))
    .orderBy(asc(messages.nextAt))
    .limit(sql.placeholder('limit')),
)

export type DueMessage = Pick<Message, 'id' | 'participantId' | 'studyId'>

/** At most `limit` messages whose moment has come, the longest waiting first. */
export async function dueMessages(db: Db, now: string, limit: number): Promise<DueMessage[]> {
  return await due(db).execute({ now, limit })
}

/** More than anybody has cases; what is beyond goes in a mail of its own. */
const bundleAtMost = 100

const dueOfMailbox = prepared((db) =>
  db
    .select({ id: messages.id, participantId: messages.participantId, studyId: messages.studyId })
    .from(messages)
    .innerJoin(participants, eq(participants.id, messages.participantId))
    .where(
      and(
        eq(participants.mailboxKey, sql.placeholder('mailboxKey')),
        eq(participants.role, sql.placeholder('role')),
        eq(messages.studyId, sql.placeholder('studyId')),
        // By the mailbox, not by going through all that is due to anybody: few are behind one mailbox.
        sql`${notByIndex(messages.state)} = 'planned'`,
        sql`${notByIndex(messages.nextAt)} <= ${sql.placeholder('now')}`,
      ),
    )
    .orderBy(asc(messages.nextAt), asc(messages.id))
    .limit(bundleAtMost),
)

/** Messages whose moment has come to whoever is in a role of a study behind this mailbox. */
export async function dueMessagesOfMailbox(
  db: Db,
  mailbox: { mailboxKey: string; role: string; studyId: string; now: string },
): Promise<DueMessage[]> {
  return await dueOfMailbox(db).execute(mailbox)
}

const claim = prepared((db) =>
  db
    .update(messages)
    .set({
      state: 'claimed',
      claimedAt: sql`${sql.placeholder('now')}`,
      claimedBy: sql`${sql.placeholder('claimedBy')}`,
      mailId: sql`${sql.placeholder('mailId')}`,
      text: sql`${sql.placeholder('text')}`,
      textSha256: sql`${sql.placeholder('textSha256')}`,
    })
    .where(and(eq(messages.id, sql.placeholder('id')), eq(messages.state, 'planned'))),
)

/** Who takes a message in hand, and what goes out. */
export interface Taking {
  claimedBy: string
  now: string
  /** The Message-ID of a mail that it shares with others. */
  mailId?: string | null
  /** The words of the mail, and their sha256. */
  text: string
  textSha256: string
}

/** Takes a planned message into the hands of one process. */
export async function claimMessage(tx: Db, id: string, { claimedBy, now, mailId = null, text, textSha256 }: Taking): Promise<void> {
  await claim(tx).execute({ id, claimedBy, now, mailId, text, textSha256 })
}

/** Looks at a planned message again later; `detail` says why. */
export async function holdMessage(tx: Db, id: string, nextAt: string, detail: string): Promise<void> {
  await tx
    .update(messages)
    .set({ nextAt, detail })
    .where(and(eq(messages.id, id), eq(messages.state, 'planned')))
}

const settle = prepared((db) =>
  db
    .update(messages)
    .set({
      state: sql`${sql.placeholder('state')}`,
      attempts: sql`${sql.placeholder('attempts')}`,
      nextAt: sql`${sql.placeholder('nextAt')}`,
      settledAt: sql`${sql.placeholder('settledAt')}`,
      detail: sql`${sql.placeholder('detail')}`,
    })
    .where(and(eq(messages.id, sql.placeholder('id')), eq(messages.state, sql.placeholder('from')))),
)

/** Records what became of a message that is in state `from`. */
export async function settleMessage(
  tx: Db,
  { id, state: from }: Message,
  settlement: Pick<Message, 'state' | 'attempts' | 'nextAt' | 'settledAt' | 'detail'>,
): Promise<void> {
  await settle(tx).execute({ id, from, ...settlement })
}

const claimed = prepared((db) =>
  db
    .select()
    .from(messages)
    .where(and(eq(messages.state, 'claimed'), lte(messages.claimedAt, sql.placeholder('moment')))),
)

/** Claims made at or before `moment`. */
export async function claimsUntil(db: Db, moment: string): Promise<Message[]> {
  return await claimed(db).execute({ moment })
}
