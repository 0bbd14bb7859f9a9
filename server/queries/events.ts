import { asc, eq, sql } from 'drizzle-orm'
import { events } from '../db/study-schema.ts'
import type { Db } from '../db/tx.ts'
import { prepared } from './prepared.ts'

export type Event = typeof events.$inferSelect
export type NewEvent = Pick<Event, 'at' | 'studyId' | 'kind'> & Partial<Event>

const insert = prepared((db) =>
  db
    .insert(events)
    .values({
      at: sql.placeholder('at'),
      studyId: sql.placeholder('studyId'),
      caseId: sql.placeholder('caseId'),
      participantId: sql.placeholder('participantId'),
      wave: sql.placeholder('wave'),
      kind: sql.placeholder('kind'),
      detail: sql.placeholder('detail'),
    })
    .prepare(),
)

/** Writes down what happened. Events are only ever added. */
export async function recordEvent(tx: Db, event: NewEvent): Promise<void> {
  await insert(tx).execute({ caseId: null, participantId: null, wave: null, detail: {}, ...event })
}

export async function eventsOfCase(db: Db, caseId: string): Promise<Event[]> {
  return await db.select().from(events).where(eq(events.caseId, caseId)).orderBy(asc(events.id))
}
