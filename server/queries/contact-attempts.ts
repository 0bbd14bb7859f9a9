/** What staff did by hand to reach somebody. */
import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import { contactAttempts } from '../db/study-schema/contact-attempts.ts'
import type { Db } from '../db/tx.ts'
import { inBatches } from './in-batches.ts'
import { ofCase, prepared } from './prepared.ts'

export type ContactAttempt = typeof contactAttempts.$inferSelect

/** Returns its number. */
export async function insertAttempt(tx: Db, row: Omit<ContactAttempt, 'id'>): Promise<number> {
  const [added] = await tx.insert(contactAttempts).values(row).returning({ id: contactAttempts.id })
  return added?.id ?? 0
}

/** In the order in which they were recorded. */
export const attemptsOfCase: (db: Db, caseId: string) => Promise<ContactAttempt[]> = ofCase(contactAttempts, asc(contactAttempts.id))

const refused = prepared((db) =>
  db
    .select({ id: contactAttempts.id })
    .from(contactAttempts)
    .where(and(eq(contactAttempts.participantId, sql.placeholder('participantId')), eq(contactAttempts.outcome, 'refused')))
    .limit(1),
)

/** Whether somebody ever said no to a caller. */
export async function everRefused(db: Db, participantId: string): Promise<boolean> {
  return (await refused(db).execute({ participantId })).length > 0
}

/** Of some people, in the order in which they were recorded. */
export async function attemptsOfPeople(db: Db, participants: string[]): Promise<ContactAttempt[]> {
  const found: ContactAttempt[] = []
  for (const some of inBatches(participants))
    found.push(
      ...(await db.select().from(contactAttempts).where(inArray(contactAttempts.participantId, some)).orderBy(asc(contactAttempts.id))),
    )
  return found
}
