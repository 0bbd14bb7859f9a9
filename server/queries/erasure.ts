/**
 * Erasing what somebody answered, at their request: the one place where rows of `responses` and `scores`, to which is otherwise only
 * added, are taken away. That there was a response stays, in the state and dates of its assignment.
 */
import { and, eq, inArray, isNotNull, isNull, notExists, or, sql } from 'drizzle-orm'
import { assignments } from '../db/study-schema/assignments.ts'
import { contactAttempts } from '../db/study-schema/contact-attempts.ts'
import { entries } from '../db/study-schema/entries.ts'
import { messages } from '../db/study-schema/messages.ts'
import { participants } from '../db/study-schema/participants.ts'
import { drafts, responses, scores } from '../db/study-schema/responses.ts'
import { queryNotes, valueChanges, valueQueries } from '../db/study-schema/values.ts'
import type { Db } from '../db/tx.ts'

export interface Erased {
  responses: number
  scores: number
  drafts: number
}

/**
 * What a participant said: the lists that are theirs, and interviews with them, which somebody else of their case wrote down. Of no
 * other case is anything looked at: this is asked whenever somebody opens their page.
 */
const theirs = (db: Db, participantId: string) =>
  db
    .select({ id: assignments.id })
    .from(assignments)
    .where(
      and(
        eq(assignments.caseId, db.select({ id: participants.caseId }).from(participants).where(eq(participants.id, participantId))),
        or(eq(assignments.participantId, participantId), eq(assignments.aboutId, participantId)),
      ),
    )

const responsesOf = (db: Db, participantId: string) =>
  db
    .select({ id: responses.id })
    .from(responses)
    .where(inArray(responses.assignmentId, theirs(db, participantId)))

export async function eraseAnswersOf(tx: Db, participantId: string): Promise<Erased> {
  await eraseWhatStaffKept(tx, participantId)
  const gone = {
    scores: await tx
      .delete(scores)
      .where(inArray(scores.responseId, responsesOf(tx, participantId)))
      .returning({ id: scores.id }),
    responses: await tx
      .delete(responses)
      .where(inArray(responses.assignmentId, theirs(tx, participantId)))
      .returning({ id: responses.id }),
    drafts: await tx
      .delete(drafts)
      .where(inArray(drafts.assignmentId, theirs(tx, participantId)))
      .returning({ id: drafts.assignmentId }),
  }
  return { responses: gone.responses.length, scores: gone.scores.length, drafts: gone.drafts.length }
}

/**
 * What staff typed in for them, values that were changed, what was said about values, and what came of calling: all may hold what they
 * answered.
 */
async function eraseWhatStaffKept(tx: Db, participantId: string): Promise<void> {
  await tx.delete(entries).where(inArray(entries.assignmentId, theirs(tx, participantId)))
  await tx.delete(contactAttempts).where(eq(contactAttempts.participantId, participantId))
  await tx.delete(valueChanges).where(inArray(valueChanges.responseId, responsesOf(tx, participantId)))
  const asked = tx
    .select({ id: valueQueries.id })
    .from(valueQueries)
    .where(inArray(valueQueries.assignmentId, theirs(tx, participantId)))
  await tx.delete(queryNotes).where(inArray(queryNotes.queryId, asked))
  await tx.delete(valueQueries).where(inArray(valueQueries.assignmentId, theirs(tx, participantId)))
}

/** Whether anything that they said is kept. */
export async function hasAnswers(db: Db, participantId: string): Promise<boolean> {
  const response = await responsesOf(db, participantId).limit(1)
  const draft = await db
    .select({ id: drafts.assignmentId })
    .from(drafts)
    .where(inArray(drafts.assignmentId, theirs(db, participantId)))
    .limit(1)
  return response.length + draft.length > 0
}

/** What is there of somebody: answers that came in and that were typed, interviews with them included, lists that are open or to come, and mail to go. */
export async function keptOf(
  db: Db,
  participantId: string,
): Promise<{ responses: number; drafts: number; open: number; messages: number }> {
  const unfinished = db
    .select({ id: assignments.id })
    .from(assignments)
    .where(and(eq(assignments.participantId, participantId), inArray(assignments.state, ['scheduled', 'open', 'in progress'])))
  const typed = db
    .select({ id: drafts.assignmentId })
    .from(drafts)
    .where(inArray(drafts.assignmentId, theirs(db, participantId)))
  const mail = db
    .select({ id: messages.id })
    .from(messages)
    .where(and(eq(messages.participantId, participantId), eq(messages.state, 'planned')))
  const [sent, begun, open, toGo] = [await responsesOf(db, participantId), await typed, await unfinished, await mail]
  return { responses: sent.length, drafts: begun.length, open: open.length, messages: toGo.length }
}

export async function markErased(tx: Db, id: string, now: string): Promise<void> {
  await tx.update(participants).set({ answersErasedAt: now }).where(eq(participants.id, id))
}

/** Participants whose answers were erased, who get no mail any more, and whose contact data are still there. */
export async function contactToRemove(db: Db): Promise<{ id: string; caseId: string }[]> {
  const mailToGo = db
    .select({ one: sql`1` })
    .from(messages)
    .where(and(eq(messages.participantId, participants.id), inArray(messages.state, ['planned', 'claimed'])))
  return await db
    .select({ id: participants.id, caseId: participants.caseId })
    .from(participants)
    .where(and(isNotNull(participants.answersErasedAt), isNull(participants.contactRemovedAt), notExists(mailToGo)))
}

/** Also takes away what tells that a mailbox is the same as another one. */
export async function markContactRemoved(tx: Db, id: string, now: string): Promise<void> {
  await tx.update(participants).set({ contactRemovedAt: now, mailboxKey: null }).where(eq(participants.id, id))
}
