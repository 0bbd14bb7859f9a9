/** What staff look at: cases in a list, one case whole, and how many answered. Reads only. */
import { and, asc, count, desc, eq, exists, inArray, like, not, or, type SQL, sql } from 'drizzle-orm'
import type { Reach } from '../access/roles.ts'
import { alias } from '../db/columns.ts'
import { type AssignmentState, assignments } from '../db/study-schema/assignments.ts'
import { anchors, cases } from '../db/study-schema/cases.ts'
import { consents, participants } from '../db/study-schema/participants.ts'
import { responses, scores } from '../db/study-schema/responses.ts'
import type { Db } from '../db/tx.ts'
import type { Case } from './cases.ts'

/** answering: a list is open now; waiting: nothing is open, more is to come; ended: nothing is to come any more. */
export const caseStates = ['answering', 'waiting', 'ended'] as const
export type CaseState = (typeof caseStates)[number]

export interface CaseFilter {
  studyId: string
  /** Part of the case code or the region. */
  search?: string | undefined
  arm?: string | undefined
  state?: CaseState | undefined
  /** The regions within reach of whoever asks. */
  within: Reach
}

export interface CaseSlice {
  offset: number
  limit: number
}

/** Cases by code, newest first, and how many there are in all. */
export async function filterCases(db: Db, filter: CaseFilter, { offset, limit }: CaseSlice): Promise<{ rows: Case[]; total: number }> {
  const wanted = and(
    eq(cases.studyId, filter.studyId),
    inReach(filter.within),
    filter.search ? or(contains(cases.code, filter.search), contains(cases.region, filter.search)) : undefined,
    filter.arm ? eq(cases.arm, filter.arm) : undefined,
    filter.state ? inState(db, filter.state) : undefined,
  )
  const rows = await db.select().from(cases).where(wanted).orderBy(desc(cases.registeredAt), desc(cases.code)).limit(limit).offset(offset)
  const [all] = await db.select({ total: count() }).from(cases).where(wanted)
  return { rows, total: all?.total ?? 0 }
}

/** Cases of these regions; of all, where nothing limits it. */
const inReach = (reach: Reach): SQL | undefined => (reach === 'everywhere' ? undefined : inArray(cases.region, [...(reach ?? [])]))

const contains = (column: typeof cases.code | typeof cases.region, text: string): SQL => like(column, `%${text.replaceAll(/[\\%_]/g, '')}%`)

function inState(db: Db, state: CaseState): SQL | undefined {
  const has = (states: AssignmentState[]) =>
    exists(
      db
        .select({ one: sql`1` })
        .from(assignments)
        .where(and(eq(assignments.caseId, cases.id), inArray(assignments.state, states))),
    )
  const open = has(['open', 'in progress'])
  const ahead = has(['scheduled'])
  if (state === 'answering') return open
  return state === 'waiting' ? and(not(open), ahead) : and(not(open), not(ahead))
}

export interface AssignmentMark {
  caseId: string
  role: string
  participantId: string
  wave: string
  instrumentId: string
  /** The participant whom it is about, if it is about one. */
  about: { id: string; role: string; number: number } | null
  state: AssignmentState
}

/** The participant whom an assignment is about. */
const subjects = alias(participants, 'subjects')

/** Every assignment of these cases, with the role of who has it. */
export async function marksOf(db: Db, caseIds: string[]): Promise<AssignmentMark[]> {
  return await db
    .select({
      caseId: assignments.caseId,
      role: participants.role,
      participantId: assignments.participantId,
      wave: assignments.wave,
      instrumentId: assignments.instrumentId,
      about: { id: subjects.id, role: subjects.role, number: subjects.number },
      state: assignments.state,
    })
    .from(assignments)
    .innerJoin(participants, eq(participants.id, assignments.participantId))
    .leftJoin(subjects, eq(subjects.id, assignments.aboutId))
    .where(inArray(assignments.caseId, caseIds))
    .orderBy(asc(assignments.opensAt), asc(participants.role), asc(participants.number))
}

/** The anchor dates of these cases. */
export async function anchorsOfCases(db: Db, caseIds: string[]): Promise<{ caseId: string; name: string; date: string }[]> {
  return await db
    .select({ caseId: anchors.caseId, name: anchors.name, date: anchors.date })
    .from(anchors)
    .where(inArray(anchors.caseId, caseIds))
    .orderBy(asc(anchors.date))
}

export interface ResponseCount {
  wave: string
  role: string
  instrumentId: string
  /** Cases in which at least one participant of the role completed it. */
  completed: number
  /** Cases without a completed one in which answers are still taken. */
  open: number
  /** Cases that have come this far: the list was open at some time. */
  asked: number
}

/** Response per wave, role and instrument, counted in cases: two parents who both answer are one family. */
export async function countResponse(db: Db, studyId: string, within: Reach): Promise<ResponseCount[]> {
  const perCase = db
    .select({
      wave: assignments.wave,
      role: participants.role,
      instrumentId: assignments.instrumentId,
      completed: sql<number>`max(${assignments.state} = 'completed')`.as('completed'),
      open: sql<number>`max(${assignments.state} in ('open', 'in progress'))`.as('open'),
      asked: sql<number>`max(${assignments.state} <> 'scheduled')`.as('asked'),
    })
    .from(assignments)
    .innerJoin(participants, eq(participants.id, assignments.participantId))
    .innerJoin(cases, eq(cases.id, assignments.caseId))
    .where(and(eq(assignments.studyId, studyId), inReach(within)))
    .groupBy(assignments.caseId, assignments.wave, participants.role, assignments.instrumentId)
    .as('per_case')
  return await db
    .select({
      wave: perCase.wave,
      role: perCase.role,
      instrumentId: perCase.instrumentId,
      completed: sql<number>`sum(${perCase.completed})`,
      open: sql<number>`sum(${perCase.open} and not ${perCase.completed})`,
      asked: sql<number>`sum(${perCase.asked})`,
    })
    .from(perCase)
    .groupBy(perCase.wave, perCase.role, perCase.instrumentId)
}

export async function countCases(db: Db, studyId: string, within: Reach): Promise<number> {
  const [all] = await db
    .select({ total: count() })
    .from(cases)
    .where(and(eq(cases.studyId, studyId), inReach(within)))
  return all?.total ?? 0
}

/** The responses of a case, without their answers. */
export async function responsesOfCase(db: Db, caseId: string) {
  return await db
    .select({
      id: responses.id,
      assignmentId: responses.assignmentId,
      skipped: responses.skipped,
      language: responses.language,
      submittedAt: responses.submittedAt,
    })
    .from(responses)
    .innerJoin(assignments, eq(assignments.id, responses.assignmentId))
    .where(eq(assignments.caseId, caseId))
}

/** All scores of a case in the order in which they were made; of one response and scale the last one counts. */
export async function scoresOfCase(db: Db, caseId: string) {
  return await db
    .select({ participantId: assignments.participantId, aboutId: assignments.aboutId, wave: assignments.wave, score: scores })
    .from(scores)
    .innerJoin(responses, eq(responses.id, scores.responseId))
    .innerJoin(assignments, eq(assignments.id, responses.assignmentId))
    .where(eq(assignments.caseId, caseId))
    .orderBy(asc(scores.id))
}

/** Everything that the participants of a case said about the use of their answers, in order. */
export async function consentsOfCase(db: Db, caseId: string) {
  return await db
    .select({
      participantId: consents.participantId,
      purpose: consents.purpose,
      given: consents.given,
      at: consents.at,
      recordedBy: consents.recordedBy,
    })
    .from(consents)
    .innerJoin(participants, eq(participants.id, consents.participantId))
    .where(eq(participants.caseId, caseId))
    .orderBy(asc(consents.id))
}
