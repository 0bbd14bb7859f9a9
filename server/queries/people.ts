/** Contact data: who is behind a pseudonym. */
import { eq, inArray, lt } from 'drizzle-orm'
import type { Sealer } from '../access/sealing.ts'
import { allocationSeeds, people } from '../db/identity-schema/people.ts'
import type { Db } from '../db/tx.ts'
import { inBatches } from './in-batches.ts'
import { insertion } from './prepared.ts'

export interface Person {
  name: string
  /** One addr-spec, validated when it came in; null for somebody to whom no mail goes. */
  email: string | null
}

const insert = insertion(people)

export async function storePerson(tx: Db, sealer: Sealer, pseudonym: string, person: Person, now: string): Promise<void> {
  await insert(tx, { pseudonym, sealed: sealer.seal(person, pseudonym), keyId: sealer.keyId, storedAt: now })
}

/** Puts corrected contact data in the place of those that were there. */
export async function replacePerson(tx: Db, sealer: Sealer, pseudonym: string, person: Person, now: string): Promise<void> {
  await tx
    .update(people)
    .set({ sealed: sealer.seal(person, pseudonym), keyId: sealer.keyId, storedAt: now })
    .where(eq(people.pseudonym, pseudonym))
}

/** Names of the keys that anything is sealed with, contact data or the seeds of lots. */
export async function keyIds(db: Db): Promise<string[]> {
  const seeds = db.select({ keyId: allocationSeeds.keyId }).from(allocationSeeds)
  const rows = await db.select({ keyId: people.keyId }).from(people).union(seeds)
  return rows.map(({ keyId }) => keyId)
}

/** The person behind a pseudonym, or undefined when their contact data are gone. */
export async function findPerson(db: Db, sealer: Sealer, pseudonym: string): Promise<Person | undefined> {
  const [row] = await db.select().from(people).where(eq(people.pseudonym, pseudonym))
  return row && (sealer.open(row.sealed, pseudonym) as Person)
}

export async function removePeople(tx: Db, pseudonyms: string[]): Promise<void> {
  for (const some of inBatches(pseudonyms)) await tx.delete(people).where(inArray(people.pseudonym, some))
}

/** Whose contact data were stored before `moment`, and when. */
export async function storedBefore(db: Db, moment: string): Promise<{ pseudonym: string; storedAt: string }[]> {
  return await db.select({ pseudonym: people.pseudonym, storedAt: people.storedAt }).from(people).where(lt(people.storedAt, moment))
}
