/** Addresses in the head of mails by which reminders are stopped. */
import { eq } from 'drizzle-orm'
import { reminderLinks } from '../db/study-schema/messages.ts'
import { participants } from '../db/study-schema/participants.ts'
import type { Db } from '../db/tx.ts'
import type { Participant } from './participants.ts'
import { prepared, wholeRow } from './prepared.ts'

const put = prepared((db) => db.insert(reminderLinks).values(wholeRow(reminderLinks)).onConflictDoNothing())

/** Every attempt at a message carries the same address: a second one is there already. */
export async function putReminderLink(tx: Db, row: typeof reminderLinks.$inferInsert): Promise<void> {
  await put(tx).execute(row)
}

export async function participantOfReminderLink(db: Db, tokenHash: string): Promise<Participant | undefined> {
  const [found] = await db
    .select({ participant: participants })
    .from(reminderLinks)
    .innerJoin(participants, eq(participants.id, reminderLinks.participantId))
    .where(eq(reminderLinks.tokenHash, tokenHash))
  return found?.participant
}
