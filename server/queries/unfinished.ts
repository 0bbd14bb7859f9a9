/** What is still to come in a study, counted. */
import { and, count, eq, sql } from 'drizzle-orm'
import { type AssignmentState, assignments } from '../db/study-schema/assignments.ts'
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

/** No more than so many lists and messages are counted: whoever looks must not wait for all of a large study. */
export const countedAtMost = 10_000

export async function unfinishedOf(db: Db, studyId: string): Promise<Unfinished> {
  // Written out, so that the index of what is unfinished is used; a parameter could be any state.
  const some = db
    .select({ state: assignments.state })
    .from(assignments)
    .where(and(eq(assignments.studyId, studyId), sql.raw("state in ('scheduled', 'open', 'in progress')")))
    .limit(countedAtMost)
    .as('some')
  const lists = await db.select({ state: some.state, counted: count() }).from(some).groupBy(some.state)
  const planned = db
    .select({ id: messages.id })
    .from(messages)
    .where(and(eq(messages.state, 'planned'), eq(messages.studyId, studyId)))
    .limit(countedAtMost)
    .as('planned')
  const [toGo] = await db.select({ counted: count() }).from(planned)
  const of = (state: AssignmentState): number => lists.find((row) => row.state === state)?.counted ?? 0
  return { open: of('open') + of('in progress'), begun: of('in progress'), ahead: of('scheduled'), messages: toGo?.counted ?? 0 }
}
