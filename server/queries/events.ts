import { and, asc, eq, inArray } from 'drizzle-orm'
import { events } from '../db/study-schema/journal.ts'
import type { Db } from '../db/tx.ts'
import { insertion } from './prepared.ts'
import { markStale } from './stale-cases.ts'

export type Event = typeof events.$inferSelect
export type NewEvent = Pick<Event, 'at' | 'studyId' | 'kind'> & Partial<Event>

const insert = insertion(events)

/** Writes down what happened, and that the summary of the case is to be made anew. Events are only ever added. */
export async function recordEvent(tx: Db, event: NewEvent): Promise<void> {
  await insert(tx, { caseId: null, participantId: null, wave: null, detail: {}, ...event })
  if (event.caseId) await markStale(tx, event.caseId)
}

export async function eventsOfCase(db: Db, caseId: string): Promise<Event[]> {
  return await db.select().from(events).where(eq(events.caseId, caseId)).orderBy(asc(events.id))
}

/** What happened of these kinds in a study, in order. */
export async function eventsOfKinds(db: Db, studyId: string, kinds: string[]): Promise<Event[]> {
  return await db
    .select()
    .from(events)
    .where(and(eq(events.studyId, studyId), inArray(events.kind, kinds)))
    .orderBy(asc(events.id))
}
