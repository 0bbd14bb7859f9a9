/** What needs a person. */
import { and, asc, eq, isNull } from 'drizzle-orm'
import { cases } from '../db/study-schema/cases.ts'
import { tasks } from '../db/study-schema/journal.ts'
import { messages } from '../db/study-schema/messages.ts'
import { participants } from '../db/study-schema/participants.ts'
import type { Db } from '../db/tx.ts'
import { isInUse } from './cases.ts'

export type Task = typeof tasks.$inferSelect

/** Adds a task, unless there already is one of this kind about the same message. Returns whether it was added. */
export async function addTask(tx: Db, task: Omit<Task, 'id' | 'doneAt'>): Promise<boolean> {
  const added = await tx.insert(tasks).values(task).onConflictDoNothing().returning({ id: tasks.id })
  return added.length === 1
}

/** Closes the open task of a kind about a message. */
export async function closeMessageTask(tx: Db, messageId: string, kind: string, now: string): Promise<void> {
  await tx
    .update(tasks)
    .set({ doneAt: now })
    .where(and(eq(tasks.messageId, messageId), eq(tasks.kind, kind), isNull(tasks.doneAt)))
}

/** Closes what is open about a participant's address. */
export const closeAddressTasks = (tx: Db, participantId: string, now: string): Promise<void> =>
  closeTasksOf(tx, participantId, 'address refused', now)

/** Closes every open task of a kind about a participant. */
export async function closeTasksOf(tx: Db, participantId: string, kind: string, now: string): Promise<void> {
  await tx.update(tasks).set({ doneAt: now }).where(isOpenTask(participantId, kind))
}

const isOpenTask = (participantId: string, kind: string) =>
  and(eq(tasks.participantId, participantId), eq(tasks.kind, kind), isNull(tasks.doneAt))

/** `studyId`: that of the participant, so that only what is open there is looked through. */
export async function hasOpenTask(db: Db, studyId: string, participantId: string, kind: string): Promise<boolean> {
  const rows = await db
    .select({ id: tasks.id })
    .from(tasks)
    .where(and(eq(tasks.studyId, studyId), isOpenTask(participantId, kind)))
    .limit(1)
  return rows.length > 0
}

/** Participants of a study about whom there is an open task of a kind. */
export async function participantsWithTask(db: Db, studyId: string, kind: string): Promise<Set<string>> {
  const rows = await db
    .select({ id: tasks.participantId })
    .from(tasks)
    .where(and(eq(tasks.studyId, studyId), eq(tasks.kind, kind), isNull(tasks.doneAt)))
  return new Set(rows.flatMap(({ id }) => (id === null ? [] : [id])))
}

/** Closes an open task of a study. Returns whether there was one. */
export async function closeTask(tx: Db, studyId: string, id: number, now: string): Promise<boolean> {
  const closed = await tx
    .update(tasks)
    .set({ doneAt: now })
    .where(and(eq(tasks.studyId, studyId), eq(tasks.id, id), isNull(tasks.doneAt)))
    .returning({ id: tasks.id })
  return closed.length === 1
}

/** An open task of a case. */
export async function findOpenTask(db: Db, caseId: string, id: number): Promise<Task | undefined> {
  const [found] = await db
    .select()
    .from(tasks)
    .where(and(eq(tasks.caseId, caseId), eq(tasks.id, id), isNull(tasks.doneAt)))
  return found
}

/** What is still to be done in a study, oldest first, with the case and the person that it is about. */
export async function openTasks(db: Db, studyId: string) {
  return await db
    .select({
      id: tasks.id,
      kind: tasks.kind,
      detail: tasks.detail,
      createdAt: tasks.createdAt,
      caseCode: cases.code,
      role: participants.role,
      number: participants.number,
      wave: messages.wave,
      message: messages.kind,
      messageId: tasks.messageId,
      participantId: tasks.participantId,
    })
    .from(tasks)
    .innerJoin(cases, eq(cases.id, tasks.caseId))
    .leftJoin(participants, eq(participants.id, tasks.participantId))
    .leftJoin(messages, eq(messages.id, tasks.messageId))
    .where(and(eq(tasks.studyId, studyId), isNull(tasks.doneAt), isInUse))
    .orderBy(asc(tasks.id))
}
