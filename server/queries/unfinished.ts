/** What is still to come in a study, counted. */
import { and, count, eq, inArray } from 'drizzle-orm'
import { assignments } from '../db/study-schema/assignments.ts'
import { messages } from '../db/study-schema/messages.ts'
import type { Db } from '../db/tx.ts'

export interface Unfinished {
  /** Lists that can be answered now, and how many of them were begun. */
  open: number
  begun: number
  /** Lists of which the window is still to come. */
  ahead: number
  /** Messages that are planned. */
  messages: number
}

export async function unfinishedOf(db: Db, studyId: string): Promise<Unfinished> {
  const lists = await db
    .select({ state: assignments.state, lists: count() })
    .from(assignments)
    .where(and(eq(assignments.studyId, studyId), inArray(assignments.state, ['scheduled', 'open', 'in progress'])))
    .groupBy(assignments.state)
  const [planned] = await db
    .select({ messages: count() })
    .from(messages)
    .where(and(eq(messages.studyId, studyId), eq(messages.state, 'planned')))
  const of = (state: string): number => lists.find((row) => row.state === state)?.lists ?? 0
  return { open: of('open') + of('in progress'), begun: of('in progress'), ahead: of('scheduled'), messages: planned?.messages ?? 0 }
}
