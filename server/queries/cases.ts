import { and, asc, count, eq, inArray, isNotNull, isNull, or, sql } from 'drizzle-orm'
import { anchors, cases, children } from '../db/study-schema/cases.ts'
import type { Db } from '../db/tx.ts'
import { contains } from './contains.ts'
import { inBatches } from './in-batches.ts'
import { byId, insertion, ofCase, prepared } from './prepared.ts'

export type Case = typeof cases.$inferSelect

/** Of cases that belong in the study: all but those that were registered by mistake. */
export const isInUse = isNull(cases.mistakenAt)

/** Joins the child by whose age norms are chosen. */
export const isIndexChild = and(eq(children.caseId, cases.id), eq(children.number, 1))

export const insertChild: (tx: Db, row: typeof children.$inferSelect) => Promise<void> = insertion(children)

const childrenOfCase = ofCase(children, asc(children.number))

/** The months of birth of a case's children, the index child first. */
export const childrenOf = async (db: Db, caseId: string): Promise<string[]> =>
  (await childrenOfCase(db, caseId)).map(({ birthMonth }) => birthMonth)

export const insertCase: (tx: Db, row: Case) => Promise<void> = insertion(cases)

export const findCase: (db: Db, id: string) => Promise<Case | undefined> = byId(cases)

/** The cases that were taken out as the same family as this one, by code. */
export async function takenOutAs(db: Db, { id, studyId }: Pick<Case, 'id' | 'studyId'>): Promise<Case[]> {
  return await db
    .select()
    .from(cases)
    .where(and(eq(cases.studyId, studyId), isNotNull(cases.mistakenAt), eq(cases.sameAsId, id)))
    .orderBy(asc(cases.code))
}

/** How many families of a study do not belong in it. */
export async function countMistaken(db: Db, studyId: string): Promise<number> {
  const [row] = await db
    .select({ families: count() })
    .from(cases)
    .where(and(eq(cases.studyId, studyId), isNotNull(cases.mistakenAt)))
  return row?.families ?? 0
}

/** Which of `codes` the study already has. */
export async function takenCodes(db: Db, studyId: string, codes: string[]): Promise<string[]> {
  const taken: string[] = []
  for (const some of inBatches(codes)) {
    const rows = await db
      .select({ code: cases.code })
      .from(cases)
      .where(and(eq(cases.studyId, studyId), inArray(cases.code, some)))
    taken.push(...rows.map(({ code }) => code))
  }
  return taken
}

export async function findCaseByCode(db: Db, studyId: string, code: string): Promise<Case | undefined> {
  const [found] = await db
    .select()
    .from(cases)
    .where(and(eq(cases.studyId, studyId), eq(cases.code, code)))
  return found
}

/** Whether a text is part of the code or the region of some case of the study. */
export async function isOfSomeCase(db: Db, studyId: string, text: string): Promise<boolean> {
  const [found] = await db
    .select({ id: cases.id })
    .from(cases)
    .where(and(eq(cases.studyId, studyId), or(contains(cases.code, text), contains(cases.region, text))))
    .limit(1)
  return found !== undefined
}

/** All cases of a study, in the order of their codes. */
export async function casesOfStudy(db: Db, studyId: string): Promise<Case[]> {
  return await db.select().from(cases).where(eq(cases.studyId, studyId)).orderBy(asc(cases.code))
}

/** Moves a case to an arm and cohort. */
export async function setPlace(tx: Db, id: string, { arm, cohort }: Pick<Case, 'arm' | 'cohort'>): Promise<void> {
  await tx.update(cases).set({ arm, cohort }).where(eq(cases.id, id))
}

/** That a case does not belong in the study since `mistakenAt`, why, and as which other case it was registered before; nulls: it does. */
export async function setMistaken(
  tx: Db,
  id: string,
  { mistakenAt, mistakeReason, sameAsId }: Pick<Case, 'mistakenAt' | 'mistakeReason' | 'sameAsId'>,
): Promise<void> {
  await tx.update(cases).set({ mistakenAt, mistakeReason, sameAsId }).where(eq(cases.id, id))
}

export async function setRegion(tx: Db, id: string, region: string | null): Promise<void> {
  await tx.update(cases).set({ region }).where(eq(cases.id, id))
}

/** `number`: which child; `birthMonth`: `YYYY-MM`. */
export async function setBirthMonth(tx: Db, caseId: string, number: number, birthMonth: string): Promise<void> {
  await tx
    .update(children)
    .set({ birthMonth })
    .where(and(eq(children.caseId, caseId), eq(children.number, number)))
}

const putAnchor = prepared((db) => {
  const [date, recordedAt] = [sql.placeholder('date'), sql.placeholder('now')]
  return db
    .insert(anchors)
    .values({ caseId: sql.placeholder('caseId'), name: sql.placeholder('name'), date, recordedAt })
    .onConflictDoUpdate({ target: [anchors.caseId, anchors.name], set: { date: sql`${date}`, recordedAt: sql`${recordedAt}` } })
})

/** Records the date of an anchor; a new date takes the place of the old one (the event log keeps both). */
export async function setAnchor(tx: Db, caseId: string, name: string, date: string, now: string): Promise<void> {
  await putAnchor(tx).execute({ caseId, name, date, now })
}

const anchorsOfCase = ofCase(anchors)

/** The dates of a case's anchors by name. */
export async function anchorsOf(db: Db, caseId: string): Promise<Record<string, string>> {
  const rows = await anchorsOfCase(db, caseId)
  return Object.fromEntries(rows.map(({ name, date }) => [name, date]))
}
