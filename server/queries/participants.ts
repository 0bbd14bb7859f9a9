import { and, asc, eq, inArray, isNull, ne, sql } from 'drizzle-orm'
import { compare } from '../../protocols/local-time.ts'
import type { Adoption } from '../../protocols/versions.ts'
import type { Reach } from '../access/roles.ts'
import { cases, children } from '../db/study-schema/cases.ts'
import { type participantStates, participants } from '../db/study-schema/participants.ts'
import { studies } from '../db/study-schema/studies.ts'
import type { Db } from '../db/tx.ts'
import { type Case, isIndexChild } from './cases.ts'
import { inBatches } from './in-batches.ts'
import { byId, insertion, ofCase, prepared } from './prepared.ts'
import { inReach } from './reach.ts'
import type { Study } from './studies.ts'

export type Participant = typeof participants.$inferSelect
/** What every answer has to know of who gives it. No more: each column that is read costs as much as finding the row. */
export interface Respondent {
  id: string
  caseId: string
  role: string
  sex: string | null
  state: ParticipantState
  studyId: string
  protocolId: string
  protocolVersion: string
  childBirthMonth: string | null
  adoptedNorms: string[]
  adoptedVersions: Adoption[]
  mailboxKey: string | null
}

export const respondentColumns = {
  id: participants.id,
  caseId: participants.caseId,
  role: participants.role,
  sex: participants.sex,
  state: participants.state,
  studyId: studies.id,
  protocolId: studies.protocolId,
  protocolVersion: studies.protocolVersion,
  childBirthMonth: children.birthMonth,
  adoptedNorms: studies.adoptedNorms,
  adoptedVersions: studies.adoptedVersions,
  mailboxKey: participants.mailboxKey,
}

/** A participant with the case and the study they are in. */
export interface PlacedParticipant {
  participant: Participant
  found: Case
  study: Study
}
export type ParticipantState = (typeof participantStates)[number]

export const insertParticipant: (tx: Db, row: Participant) => Promise<void> = insertion(participants)

export const findParticipant: (db: Db, id: string) => Promise<Participant | undefined> = byId(participants)

const respondent = prepared((db) =>
  db
    .select(respondentColumns)
    .from(participants)
    .innerJoin(cases, eq(cases.id, participants.caseId))
    .innerJoin(studies, eq(studies.id, cases.studyId))
    .leftJoin(children, isIndexChild)
    .where(eq(participants.id, sql.placeholder('id'))),
)

export async function findRespondent(db: Db, id: string): Promise<Respondent | undefined> {
  const [row] = await respondent(db).execute({ id })
  return row
}

const placed = prepared((db) =>
  db
    .select({ participant: participants, found: cases, study: studies })
    .from(participants)
    .innerJoin(cases, eq(cases.id, participants.caseId))
    .innerJoin(studies, eq(studies.id, cases.studyId))
    .where(eq(participants.id, sql.placeholder('id'))),
)

/** A participant with the case and the study they are in. */
export async function findPlacedParticipant(db: Db, id: string): Promise<PlacedParticipant | undefined> {
  const [row] = await placed(db).execute({ id })
  return row
}

export const participantsOfCase: (db: Db, caseId: string) => Promise<Participant[]> = ofCase(
  participants,
  asc(participants.role),
  asc(participants.number),
)

const ofMailbox = prepared((db) =>
  db
    .select({ participant: participants, found: cases })
    .from(participants)
    .innerJoin(cases, eq(cases.id, participants.caseId))
    .where(
      and(
        eq(participants.mailboxKey, sql.placeholder('mailboxKey')),
        eq(participants.role, sql.placeholder('role')),
        eq(cases.studyId, sql.placeholder('studyId')),
      ),
    )
    .orderBy(asc(cases.code), asc(participants.number)),
)

/** Everybody in a role of a study whose mail goes to the same mailbox, each with their case, by its code. */
export async function participantsOfMailbox(
  db: Db,
  mailbox: { mailboxKey: string; role: string; studyId: string },
): Promise<{ participant: Participant; found: Case }[]> {
  return await ofMailbox(db).execute(mailbox)
}

/** Somebody else behind the same mailbox, one who takes part first. */
export async function anotherOfMailbox(db: Db, { id, mailboxKey }: { id: string; mailboxKey: string }): Promise<string | null> {
  const [other] = await db
    .select({ id: participants.id })
    .from(participants)
    .where(and(eq(participants.mailboxKey, mailboxKey), ne(participants.id, id)))
    .orderBy(asc(participants.state), asc(participants.id))
    .limit(1)
  return other?.id ?? null
}

export async function participantsWithoutMailboxKey(db: Db, studyId: string, roles: string[]): Promise<{ id: string; role: string }[]> {
  return await db
    .select({ id: participants.id, role: participants.role })
    .from(participants)
    .innerJoin(cases, eq(cases.id, participants.caseId))
    .where(and(eq(cases.studyId, studyId), inArray(participants.role, roles), isNull(participants.mailboxKey)))
}

export async function setMailboxKey(tx: Db, id: string, mailboxKey: string | null): Promise<void> {
  await tx.update(participants).set({ mailboxKey }).where(eq(participants.id, id))
}

export async function setParticipantState(
  tx: Db,
  id: string,
  { state, reason = null, now }: { state: ParticipantState; reason?: string | null; now: string },
): Promise<void> {
  await tx.update(participants).set({ state, stateAt: now, stateReason: reason }).where(eq(participants.id, id))
}

/** Since when somebody wants no reminders; null when they want them. */
export async function setRemindersStopped(tx: Db, id: string, remindersStoppedAt: string | null): Promise<void> {
  await tx.update(participants).set({ remindersStoppedAt }).where(eq(participants.id, id))
}

/** Since when somebody has no mail address; null when mail goes to them. */
export async function setWithoutMail(tx: Db, id: string, withoutMailAt: string | null): Promise<void> {
  await tx.update(participants).set({ withoutMailAt }).where(eq(participants.id, id))
}

/** The address was corrected: mail may go to it again. */
export async function clearAddressRefused(tx: Db, id: string): Promise<void> {
  await tx.update(participants).set({ addressRefusedAt: null }).where(eq(participants.id, id))
}

export async function setParticipantLanguage(tx: Db, id: string, language: string): Promise<void> {
  await tx.update(participants).set({ language }).where(eq(participants.id, id))
}

/** What was registered wrongly of somebody. A new role takes its number and the key of its mailbox with it. */
export async function setParticipantFacts(
  tx: Db,
  id: string,
  facts: Partial<Pick<Participant, 'sex' | 'language' | 'role' | 'number' | 'mailboxKey'>>,
): Promise<void> {
  await tx.update(participants).set(facts).where(eq(participants.id, id))
}

/** Those of `ids` who are in a case of this study within reach, by case code. */
export async function placesOf(db: Db, studyId: string, within: Reach, ids: string[]) {
  const columns = {
    id: participants.id,
    caseId: cases.id,
    code: cases.code,
    region: cases.region,
    role: participants.role,
    number: participants.number,
    state: participants.state,
    mistakenAt: cases.mistakenAt,
  }
  const batches = inBatches(ids).map((some) =>
    db
      .select(columns)
      .from(participants)
      .innerJoin(cases, eq(cases.id, participants.caseId))
      .where(and(inArray(participants.id, some), eq(cases.studyId, studyId), inReach(cases, within))),
  )
  const found = (await Promise.all(batches)).flat()
  return found.toSorted((a, b) => compare(a.code, b.code) || compare(a.role, b.role) || a.number - b.number)
}

/** Which of `ids` are participants. */
export async function knownParticipants(db: Db, ids: string[]): Promise<string[]> {
  const known: string[] = []
  for (const some of inBatches(ids)) {
    const rows = await db.select({ id: participants.id }).from(participants).where(inArray(participants.id, some))
    known.push(...rows.map(({ id }) => id))
  }
  return known
}

/** Notes that a mail server refused the address for good; of somebody whose address is gone by now that is no news. */
export async function markAddressRefused(tx: Db, id: string, now: string): Promise<void> {
  await tx
    .update(participants)
    .set({ addressRefusedAt: now })
    .where(and(eq(participants.id, id), isNull(participants.withoutMailAt)))
}
