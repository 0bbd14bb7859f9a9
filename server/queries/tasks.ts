/** What needs a person. */
import { and, asc, eq, isNull } from 'drizzle-orm'
import { tasks } from '../db/study-schema.ts'
import type { Db } from '../db/tx.ts'

export type Task = typeof tasks.$inferSelect

/** Adds a task, unless there already is one of this kind about the same message. Returns whether it was added. */
export async function addTask(tx: Db, task: Omit<Task, 'id' | 'doneAt'>): Promise<boolean> {
  const { changes } = await tx.insert(tasks).values(task).onConflictDoNothing()
  return changes === 1
}

/** Closes the open task of a kind about a message. */
export async function closeMessageTask(tx: Db, messageId: string, kind: string, now: string): Promise<void> {
  await tx
    .update(tasks)
    .set({ doneAt: now })
    .where(and(eq(tasks.messageId, messageId), eq(tasks.kind, kind), isNull(tasks.doneAt)))
}

/** What is still to be done in a study, oldest first. */
export async function openTasks(db: Db, studyId: string): Promise<Task[]> {
  return await db
    .select()
    .from(tasks)
    .where(and(eq(tasks.studyId, studyId), isNull(tasks.doneAt)))
    .orderBy(asc(tasks.id))
}
