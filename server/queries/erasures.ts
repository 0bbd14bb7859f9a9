/** What people wished that a backup must not undo, as the journal has it. Reads only. */
import { and, asc, gt, inArray, isNotNull, max } from 'drizzle-orm'
import { events } from '../db/study-schema/journal.ts'
import { studies } from '../db/study-schema/studies.ts'
import type { Db } from '../db/tx.ts'

export interface Wish {
  event: number
  at: string
  what: string
  participant: string | null
  detail: Record<string, unknown> | null
}

/** Events of these kinds after the one with number `after`, at most `limit`, in order. */
export async function wishesAfter(db: Db, after: number, kinds: readonly string[], limit: number): Promise<Wish[]> {
  return await db
    .select({ event: events.id, at: events.at, what: events.kind, participant: events.participantId, detail: events.detail })
    .from(events)
    .where(and(gt(events.id, after), inArray(events.kind, [...kinds]), isNotNull(events.participantId)))
    .orderBy(asc(events.id))
    .limit(limit)
}

/** The number of the latest event of all; 0 before the first. */
export async function latestEvent(db: Db): Promise<number> {
  const [row] = await db.select({ last: max(events.id) }).from(events)
  return row?.last ?? 0
}

/** The study that was opened first of all. */
export async function firstStudy(db: Db): Promise<{ id: string; createdAt: string } | undefined> {
  const [first] = await db
    .select({ id: studies.id, createdAt: studies.createdAt })
    .from(studies)
    .orderBy(asc(studies.createdAt), asc(studies.id))
    .limit(1)
  return first
}
