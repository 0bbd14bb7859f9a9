/** Taking away what was registered by mistake, of which nothing was said and to which nothing was sent. */
import { and, asc, eq, gt, inArray, or } from 'drizzle-orm'
import { accessLog } from '../db/study-schema/access-log.ts'
import { assignments } from '../db/study-schema/assignments.ts'
import { extensions } from '../db/study-schema/care.ts'
import { children } from '../db/study-schema/cases.ts'
import { contactAttempts } from '../db/study-schema/contact-attempts.ts'
import { events, tasks } from '../db/study-schema/journal.ts'
import { messages } from '../db/study-schema/messages.ts'
import { consents, participants } from '../db/study-schema/participants.ts'
import type { Db } from '../db/tx.ts'

/**
 * A participant with what was planned for and about them. Events stay, and name them no more. Fails, as the foreign keys see to, when
 * anything else hangs on them: a link, a consent, an answer.
 */
export async function deleteParticipant(tx: Db, id: string): Promise<void> {
  const theirs = or(eq(assignments.participantId, id), eq(assignments.aboutId, id))
  await tx.delete(tasks).where(eq(tasks.participantId, id))
  await tx.delete(messages).where(eq(messages.participantId, id))
  await tx.delete(assignments).where(theirs)
  await tx.update(events).set({ participantId: null }).where(eq(events.participantId, id))
  await tx.delete(participants).where(eq(participants.id, id))
}

/** What staff ticked for somebody as they registered them. */
export async function deleteTicksOf(tx: Db, participantId: string): Promise<void> {
  await tx.delete(consents).where(eq(consents.participantId, participantId))
}

/** Whether staff kept a window of theirs open for longer. */
export async function hasExtension(db: Db, participantId: string): Promise<boolean> {
  const found = await db.select({ wave: extensions.wave }).from(extensions).where(eq(extensions.participantId, participantId)).limit(1)
  return found.length > 0
}

/** Whether staff tried by hand to reach them, with a list on paper perhaps. */
export async function wasTried(db: Db, participantId: string): Promise<boolean> {
  const found = await db
    .select({ id: contactAttempts.id })
    .from(contactAttempts)
    .where(eq(contactAttempts.participantId, participantId))
    .limit(1)
  return found.length > 0
}

/** Whether a list of theirs was printed at the desk: it may be on its way to them. */
export async function wasPrinted(db: Db, caseId: string, participantId: string): Promise<boolean> {
  return (await printedOf(db, caseId)).some(({ detail }) => detail?.person === participantId)
}

/** How often a list of this case was printed at the desk. */
export const countPrinted = async (db: Db, caseId: string): Promise<number> => (await printedOf(db, caseId)).length

const printedOf = async (db: Db, caseId: string) =>
  await db
    .select({ detail: accessLog.detail })
    .from(accessLog)
    .where(and(eq(accessLog.caseId, caseId), eq(accessLog.action, 'printed list'), eq(accessLog.outcome, 'allowed')))

/** A child of a case; those after it move up. */
export async function deleteChild(tx: Db, caseId: string, number: number): Promise<void> {
  await tx.delete(children).where(and(eq(children.caseId, caseId), eq(children.number, number)))
  const later = await tx
    .select({ number: children.number })
    .from(children)
    .where(and(eq(children.caseId, caseId), gt(children.number, number)))
    .orderBy(asc(children.number))
  for (const one of later)
    await tx
      .update(children)
      .set({ number: one.number - 1 })
      .where(and(eq(children.caseId, caseId), eq(children.number, one.number)))
}

/** Whether anything was sent to somebody of this case, begun or answered there. */
export async function isUnderWay(db: Db, caseId: string): Promise<boolean> {
  const sent = await db
    .select({ id: messages.id })
    .from(messages)
    .where(and(eq(messages.caseId, caseId), inArray(messages.state, ['claimed', 'sent', 'unknown', 'refused'])))
    .limit(1)
  if (sent.length > 0) return true
  const said = await db
    .select({ id: assignments.id })
    .from(assignments)
    .where(and(eq(assignments.caseId, caseId), inArray(assignments.state, ['in progress', 'completed'])))
    .limit(1)
  return said.length > 0
}
