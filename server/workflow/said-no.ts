/**
 * Somebody said no to a caller. A caller takes nobody out of a study: it is a task for whoever may, and until they decide no mail goes.
 * They record that this person stops, or close the task with a reason: then it was no refusal after all.
 */
import type { Db } from '../db/tx.ts'
import { everRefused } from '../queries/contact-attempts.ts'
import type { Participant } from '../queries/participants.ts'
import { addTask, closeTasksOf, hasOpenTask } from '../queries/tasks.ts'

/** What staff get to do; docs/cases.md says what it means. */
export const saidNoTask = 'said no'

/** One task, however often they said it. */
export async function noteRefusal(tx: Db, studyId: string, { id, caseId }: Pick<Participant, 'id' | 'caseId'>, now: string): Promise<void> {
  if (await standsRefused(tx, studyId, id)) return
  await addTask(tx, { studyId, caseId, participantId: id, messageId: null, kind: saidNoTask, detail: null, createdAt: now })
}

/** Whether they said no, and nobody has decided yet. Asked for each mail that goes out: only of those who ever did, tasks are looked through. */
export const standsRefused = async (db: Db, studyId: string, participantId: string): Promise<boolean> =>
  (await everRefused(db, participantId)) && (await hasOpenTask(db, studyId, participantId, saidNoTask))

/** They do not take part any more: nothing is left to decide. */
export const settleRefusal = (tx: Db, participantId: string, now: string): Promise<void> => closeTasksOf(tx, participantId, saidNoTask, now)
