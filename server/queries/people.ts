/** Contact data: who is behind a pseudonym. */
import { and, asc, count, eq, gt, inArray, isNull, lt, notExists, or, sql } from 'drizzle-orm'
import { type ContactKind, contactMark, partMarks } from '../access/contact-marks.ts'
import type { Sealer } from '../access/sealing.ts'
import { allocationSeeds, nameParts, people } from '../db/identity-schema/people.ts'
import type { Db } from '../db/tx.ts'
import { inBatches } from './in-batches.ts'
import { insertion, prepared } from './prepared.ts'

export interface Person {
  name: string
  /** One addr-spec, validated when it came in; null for somebody to whom no mail goes. */
  email: string | null
  /** As it was written, checked when it came in; null where none is known. */
  telephone: string | null
  /** How and when they are best reached, in the words of staff; none where nobody said. It is sealed with the rest, and goes with it. */
  reaching?: string | null
}

const markColumns = { name: people.nameMark, address: people.addressMark, telephone: people.telephoneMark }

const insert = insertion(people)
const insertPart = insertion(nameParts)

export async function storePerson(tx: Db, sealer: Sealer, pseudonym: string, person: Person, now: string): Promise<void> {
  await insert(tx, { pseudonym, ...sealedRow(sealer, pseudonym, person, now) })
  await insertParts(tx, sealer, pseudonym, person)
}

/**
 * Corrects what `correction` names; all else stays as it is at that moment, whoever else corrects. What is sealed is one value: it is read,
 * merged and written within `tx`. Returns false, and writes nothing, when the contact data are gone.
 */
export async function correctContact(
  tx: Db,
  sealer: Sealer,
  pseudonym: string,
  correction: Partial<Person>,
  now: string,
): Promise<boolean> {
  const known = await findPerson(tx, sealer, pseudonym)
  if (!known) return false
  const person = { ...known, ...correction }
  await tx
    .update(people)
    .set(sealedRow(sealer, pseudonym, person, now))
    .where(eq(people.pseudonym, pseudonym))
  await replaceParts(tx, sealer, pseudonym, person)
  return true
}

async function insertParts(tx: Db, sealer: Sealer, pseudonym: string, { name }: Person): Promise<void> {
  for (const mark of partMarks(sealer, name)) await insertPart(tx, { pseudonym, mark })
}

async function replaceParts(tx: Db, sealer: Sealer, pseudonym: string, person: Person): Promise<void> {
  await tx.delete(nameParts).where(eq(nameParts.pseudonym, pseudonym))
  await insertParts(tx, sealer, pseudonym, person)
}

const sealedRow = (sealer: Sealer, pseudonym: string, person: Person, storedAt: string) => ({
  sealed: sealer.seal(person, pseudonym),
  keyId: sealer.keyId,
  storedAt,
  ...marksOf(sealer, person),
})

const marksOf = (sealer: Sealer, { name, email, telephone }: Person) => ({
  nameMark: contactMark(sealer, 'name', name),
  addressMark: email === null ? null : contactMark(sealer, 'address', email),
  telephoneMark: telephone === null ? null : contactMark(sealer, 'telephone', telephone),
})

/** Pseudonyms of everybody of whom this is the name, address or telephone number, `limit` at most. */
export async function pseudonymsMarked(db: Db, kind: ContactKind, mark: string, limit: number): Promise<string[]> {
  const rows = await db
    .select({ pseudonym: people.pseudonym })
    .from(people)
    .where(eq(markColumns[kind], mark))
    .orderBy(asc(people.pseudonym))
    .limit(limit)
  return rows.map(({ pseudonym }) => pseudonym)
}

/** Everybody who has one of these marks, with it. */
export async function peopleMarked(db: Db, kind: ContactKind, marks: string[]): Promise<{ pseudonym: string; mark: string }[]> {
  const mark = markColumns[kind]
  const found: { pseudonym: string; mark: string | null }[] = []
  for (const some of inBatches(marks))
    found.push(...(await db.select({ pseudonym: people.pseudonym, mark }).from(people).where(inArray(mark, some))))
  return found.flatMap(({ pseudonym, mark }) => (mark === null ? [] : [{ pseudonym, mark }]))
}

/** Pseudonyms of everybody whose name has all these parts, by their marks; `limit` at most. */
export async function pseudonymsWithParts(db: Db, marks: string[], limit: number): Promise<string[]> {
  const rows = await db
    .select({ pseudonym: nameParts.pseudonym })
    .from(nameParts)
    .where(inArray(nameParts.mark, marks))
    .groupBy(nameParts.pseudonym)
    .having(eq(count(), marks.length))
    .orderBy(asc(nameParts.pseudonym))
    .limit(limit)
  return rows.map(({ pseudonym }) => pseudonym)
}

/** How many parts each of these names has. */
export async function countParts(db: Db, pseudonyms: string[]): Promise<Map<string, number>> {
  const counted = new Map<string, number>()
  for (const some of inBatches(pseudonyms)) {
    const rows = await db
      .select({ pseudonym: nameParts.pseudonym, parts: count() })
      .from(nameParts)
      .where(inArray(nameParts.pseudonym, some))
      .groupBy(nameParts.pseudonym)
    for (const { pseudonym, parts } of rows) counted.set(pseudonym, parts)
  }
  return counted
}

/** Some of those who were stored before there were marks, or before there were marks of the parts of a name. `after`: the last pseudonym that was looked at. */
export async function peopleWithoutMarks(db: Db, after: string, limit: number): Promise<string[]> {
  const rows = await db
    .select({ pseudonym: people.pseudonym })
    .from(people)
    .where(and(or(isNull(people.nameMark), withoutParts(db)), gt(people.pseudonym, after)))
    .orderBy(asc(people.pseudonym))
    .limit(limit)
  return rows.map(({ pseudonym }) => pseudonym)
}

const withoutParts = (db: Db) => notExists(db.select({ one: sql`1` }).from(nameParts).where(eq(nameParts.pseudonym, people.pseudonym)))

/** Marks somebody as they are at that moment. Returns false when their contact data are gone. */
export async function fillMarks(tx: Db, sealer: Sealer, pseudonym: string): Promise<boolean> {
  const person = await findPerson(tx, sealer, pseudonym)
  if (!person) return false
  await tx.update(people).set(marksOf(sealer, person)).where(eq(people.pseudonym, pseudonym))
  await replaceParts(tx, sealer, pseudonym, person)
  return true
}

/** Names of the keys that anything is sealed with, contact data or the seeds of lots. */
export async function keyIds(db: Db): Promise<string[]> {
  const seeds = db.select({ keyId: allocationSeeds.keyId }).from(allocationSeeds)
  const rows = await db.select({ keyId: people.keyId }).from(people).union(seeds)
  return rows.map(({ keyId }) => keyId)
}

/** The person behind a pseudonym, or undefined when their contact data are gone. */
const byPseudonym = prepared((db) =>
  db
    .select()
    .from(people)
    .where(eq(people.pseudonym, sql.placeholder('pseudonym'))),
)

export async function findPerson(db: Db, sealer: Sealer, pseudonym: string): Promise<Person | undefined> {
  const [row] = await byPseudonym(db).execute({ pseudonym })
  // Whoever was stored before there were telephone numbers has none.
  return row && { telephone: null, ...(sealer.open(row.sealed, pseudonym) as Omit<Person, 'telephone'> & Partial<Person>) }
}

export async function removePeople(tx: Db, pseudonyms: string[]): Promise<void> {
  for (const some of inBatches(pseudonyms)) {
    await tx.delete(nameParts).where(inArray(nameParts.pseudonym, some))
    await tx.delete(people).where(inArray(people.pseudonym, some))
  }
}

/** Whose contact data were stored before `moment`, and when. */
export async function storedBefore(db: Db, moment: string): Promise<{ pseudonym: string; storedAt: string }[]> {
  return await db.select({ pseudonym: people.pseudonym, storedAt: people.storedAt }).from(people).where(lt(people.storedAt, moment))
}

/** Pseudonyms of those whose contact data were stored at one of these moments. */
export async function storedAt(db: Db, moments: string[]): Promise<string[]> {
  const pseudonyms: string[] = []
  for (const some of inBatches(moments)) {
    const rows = await db.select({ pseudonym: people.pseudonym }).from(people).where(inArray(people.storedAt, some))
    pseudonyms.push(...rows.map(({ pseudonym }) => pseudonym))
  }
  return pseudonyms
}
