/** Whose contact data there are to be, and whose there are: nothing holds the two databases together but this. Reads only. */
import { inArray, isNull } from 'drizzle-orm'
import { people } from '../db/identity-schema/people.ts'
import { participants } from '../db/study-schema/participants.ts'
import type { Db } from '../db/tx.ts'
import { inBatches } from './in-batches.ts'

/** Participants whose contact data were not removed. Of study.sqlite. */
export async function participantsToReach(db: Db): Promise<string[]> {
  const rows = await db.select({ id: participants.id }).from(participants).where(isNull(participants.contactRemovedAt))
  return rows.map(({ id }) => id)
}

/** Of whom among `ids` there are no contact data. Of identity.sqlite. */
export async function withoutContact(db: Db, ids: string[]): Promise<string[]> {
  const known = new Set<string>()
  for (const some of inBatches(ids))
    for (const { id } of await db.select({ id: people.pseudonym }).from(people).where(inArray(people.pseudonym, some))) known.add(id)
  return ids.filter((id) => !known.has(id))
}
