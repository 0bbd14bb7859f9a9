/** What staff did by hand to reach somebody. */
import { asc, inArray } from 'drizzle-orm'
import { contactAttempts } from '../db/study-schema/contact-attempts.ts'
import type { Db } from '../db/tx.ts'
import { inBatches } from './in-batches.ts'
import { ofCase } from './prepared.ts'

export type ContactAttempt = typeof contactAttempts.$inferSelect

/** Returns its number. */
export async function insertAttempt(tx: Db, row: Omit<ContactAttempt, 'id'>): Promise<number> {
  const [added] = await tx.insert(contactAttempts).values(row).returning({ id: contactAttempts.id })
  return added?.id ?? 0
}

/** In the order in which they were recorded. */
export const attemptsOfCase: (db: Db, caseId: string) => Promise<ContactAttempt[]> = ofCase(contactAttempts, asc(contactAttempts.id))

/** Of some people, in the order in which they were recorded. */
export async function attemptsOfPeople(db: Db, participants: string[]): Promise<ContactAttempt[]> {
  const found: ContactAttempt[] = []
  for (const some of inBatches(participants))
    found.push(
      ...(await db.select().from(contactAttempts).where(inArray(contactAttempts.participantId, some)).orderBy(asc(contactAttempts.id))),
    )
  return found
}
