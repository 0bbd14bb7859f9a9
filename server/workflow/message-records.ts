/** What is written down about a message: what happened to it, and what a person has to do. */
import type { Db } from '../db/tx.ts'
import { recordEvent } from '../queries/events.ts'
import type { Message } from '../queries/messages.ts'
import { addTask } from '../queries/tasks.ts'

/** What staff get to do about mail; docs/mail.md says what each means. */
export type MailTask = 'address refused' | 'message refused' | 'message unknown' | 'message delayed' | 'message missed'

/** Records in the log of the case that a message was sent, postponed, cancelled, ... and why. */
export async function recordMessage(tx: Db, message: Message, what: string, why: string, now: string): Promise<void> {
  const { studyId, caseId, participantId, wave, kind } = message
  await recordEvent(tx, { at: now, studyId, caseId, participantId, wave, kind: `message ${what}`, detail: { message: kind, why } })
}

/** Gives a person a task about a message, unless they have it already. */
export async function addMailTask(tx: Db, message: Message, kind: MailTask, why: string | null, now: string): Promise<void> {
  const { id, studyId, caseId, participantId } = message
  await addTask(tx, { studyId, caseId, participantId, messageId: id, kind, detail: why, createdAt: now })
}
