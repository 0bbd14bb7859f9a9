/** Values that staff change: the one place where a response becomes another, with what it was beside it. */
import { asc, eq, inArray } from 'drizzle-orm'
import { assignments } from '../db/study-schema/assignments.ts'
import { responses } from '../db/study-schema/responses.ts'
import { valueChanges } from '../db/study-schema/values.ts'
import type { Db } from '../db/tx.ts'
import type { Response } from './responses.ts'

export type ValueChange = typeof valueChanges.$inferSelect

/** Gives a response other answers, and keeps what each of these items was before. */
export async function changeResponse(
  tx: Db,
  id: string,
  to: Pick<Response, 'answers' | 'skipped' | 'notApplicable'>,
  changed: Omit<ValueChange, 'id' | 'responseId'>[],
): Promise<void> {
  await tx.insert(valueChanges).values(changed.map((change) => ({ ...change, responseId: id })))
  await tx.update(responses).set(to).where(eq(responses.id, id))
}

/** All changes of a response, in order. */
export async function changesOf(db: Db, responseId: string): Promise<ValueChange[]> {
  return await db.select().from(valueChanges).where(eq(valueChanges.responseId, responseId)).orderBy(asc(valueChanges.id))
}

/** All changes of these responses, in order. */
export async function changesOfResponses(db: Db, responseIds: string[]): Promise<ValueChange[]> {
  return await db.select().from(valueChanges).where(inArray(valueChanges.responseId, responseIds)).orderBy(asc(valueChanges.id))
}

/** Whether any value of a study was changed. */
export async function hasValueChanges(db: Db, studyId: string): Promise<boolean> {
  const found = await db
    .select({ id: valueChanges.id })
    .from(valueChanges)
    .innerJoin(responses, eq(responses.id, valueChanges.responseId))
    .innerJoin(assignments, eq(assignments.id, responses.assignmentId))
    .where(eq(assignments.studyId, studyId))
    .limit(1)
  return found.length > 0
}
