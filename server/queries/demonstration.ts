/** What only the demonstration asks. Reads only. */
import { and, asc, desc, eq, gt, inArray, max, sql } from 'drizzle-orm'
import { assignments } from '../db/study-schema/assignments.ts'
import { events } from '../db/study-schema/journal.ts'
import { messages } from '../db/study-schema/messages.ts'
import { participants } from '../db/study-schema/participants.ts'
import type { Db } from '../db/tx.ts'

/** The number of the latest event; 0 before the first. */
export async function lastEvent(db: Db): Promise<number> {
  const [row] = await db.select({ last: max(events.id) }).from(events)
  return row?.last ?? 0
}

/** What was recorded after the event with number `after`, in order. */
export async function eventsAfter(db: Db, studyId: string, after: number) {
  return await db
    .select({ at: events.at, kind: events.kind, wave: events.wave, detail: events.detail })
    .from(events)
    .where(and(eq(events.studyId, studyId), gt(events.id, after)))
    .orderBy(asc(events.id))
}

/** The Message-ID of the mail in which a message went. */
const sentAs = sql<string>`coalesce(${messages.mailId}, ${messages.messageId})`

/** Message-IDs of the mails of somebody in `role` who still has a list open in the wave that the mail is about, newest first. */
export async function mailsStillOpen(db: Db, studyId: string, role: string): Promise<string[]> {
  const rows = await db
    .selectDistinct({ messageId: sentAs, settledAt: messages.settledAt })
    .from(messages)
    .innerJoin(participants, eq(participants.id, messages.participantId))
    .innerJoin(assignments, and(eq(assignments.participantId, messages.participantId), eq(assignments.wave, messages.wave)))
    .where(
      and(
        eq(messages.studyId, studyId),
        eq(messages.state, 'sent'),
        eq(participants.role, role),
        inArray(assignments.state, ['open', 'in progress']),
      ),
    )
    .orderBy(desc(messages.settledAt))
  return rows.map(({ messageId }) => messageId)
}
