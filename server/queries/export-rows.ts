/** What an export reads: the cases of a study in the order of their codes, each with all that was recorded about it. */
import { aliasedTable, and, asc, eq, gt, inArray, isNotNull, isNull, notExists, sql } from 'drizzle-orm'
import type { Answers } from '../../instruments/schema.ts'
import { assignments } from '../db/study-schema/assignments.ts'
import { anchors, cases, children, matches } from '../db/study-schema/cases.ts'
import { participants } from '../db/study-schema/participants.ts'
import { responses, scores } from '../db/study-schema/responses.ts'
import type { Db } from '../db/tx.ts'
import type { Assignment } from './assignments.ts'
import { type Case, isInUse } from './cases.ts'
import { countingScores } from './counting-scores.ts'
import type { Participant } from './participants.ts'
import type { Response, Score } from './responses.ts'
import { changesOfResponses, type ValueChange } from './value-changes.ts'

export interface ExportCase extends Case {
  /** Dates by name. */
  anchors: Record<string, string>
  /** Months of birth of its children, the index child first. */
  children: string[]
  /** Code of the case with which it is compared. */
  indexCase: string | null
  /** By matching criterion, 1 where it is met and 0 where it is not. */
  matches: Map<string, 0 | 1>
  participants: Participant[]
  assignments: ExportAssignment[]
}

/** `instrumentVersion` is the version that was answered, where there is a response. */
export interface ExportAssignment extends Assignment {
  participant: Participant
  /** The participant whom it is about; null when it is about the case. */
  about: Participant | null
  /** How much it counts, by weight of the protocol; filled in by the export, see `weights.ts` there. */
  weights?: ReadonlyMap<string, number>
  response?: ExportResponse
}

export interface ExportResponse extends Omit<Response, 'skipped' | 'notApplicable'> {
  answers: Answers
  skipped: Set<string>
  notApplicable: Set<string>
  /** By scale, the score that counts. */
  scores: Map<string, Score>
  /** Values that staff changed, in order. */
  changes: ValueChange[]
}

/** So many cases at a time are in memory: few, since a case can have thousands of answers, and more go no faster. */
const casesAtOnce = 10

/** How cases are read. */
export interface Reading {
  atOnce: number
  /** Scores and changed values, which are most of what there is of a case; without these their maps and lists are empty. */
  withScoresAndChanges: boolean
}

/** All that belong in a study, in the order of their codes. */
export async function* exportCases(
  db: Db,
  studyId: string,
  { atOnce, withScoresAndChanges }: Reading = { atOnce: casesAtOnce, withScoresAndChanges: true },
): AsyncGenerator<ExportCase[]> {
  let last = ''
  for (;;) {
    const rows = await db
      .select()
      .from(cases)
      .where(and(eq(cases.studyId, studyId), isInUse, gt(cases.code, last)))
      .orderBy(asc(cases.code))
      .limit(atOnce)
    const end = rows.at(-1)
    if (!end) return
    last = end.code
    yield await withAllRecorded(db, rows, withScoresAndChanges)
  }
}

/** Those with these ids, in this order. */
export async function* exportCasesOf(db: Db, ids: readonly string[]): AsyncGenerator<ExportCase[]> {
  for (let start = 0; start < ids.length; start += casesAtOnce) {
    const here = ids.slice(start, start + casesAtOnce)
    const rows = new Map((await db.select().from(cases).where(inArray(cases.id, here))).map((row) => [row.id, row]))
    yield await withAllRecorded(
      db,
      here.map((id) => need(rows, id)),
    )
  }
}

async function withAllRecorded(db: Db, rows: Case[], withScoresAndChanges = true): Promise<ExportCase[]> {
  const ids = rows.map(({ id }) => id)
  const whole = new Map<string, ExportCase>(
    rows.map((row) => [
      row.id,
      { ...row, anchors: {}, children: [], indexCase: null, matches: new Map(), participants: [], assignments: [] },
    ]),
  )

  for (const { caseId, name, date } of await db.select().from(anchors).where(inArray(anchors.caseId, ids)).orderBy(asc(anchors.name)))
    need(whole, caseId).anchors[name] = date

  const born = await db.select().from(children).where(inArray(children.caseId, ids)).orderBy(asc(children.number))
  for (const { caseId, birthMonth } of born) need(whole, caseId).children.push(birthMonth)

  const indexCases = aliasedTable(cases, 'index_cases')
  const compared = await db
    .select({ id: cases.id, code: indexCases.code })
    .from(cases)
    .innerJoin(indexCases, eq(indexCases.id, cases.indexCaseId))
    .where(and(inArray(cases.id, ids), isNull(indexCases.mistakenAt)))
  for (const { id, code } of compared) need(whole, id).indexCase = code
  for (const { caseId, criterion, met } of await db.select().from(matches).where(inArray(matches.caseId, ids))) {
    const shadow = need(whole, caseId)
    if (shadow.indexCase !== null) shadow.matches.set(criterion, met ? 1 : 0)
  }

  const people = new Map<string, Participant>()
  const registered = await db
    .select()
    .from(participants)
    .where(inArray(participants.caseId, ids))
    .orderBy(asc(participants.role), asc(participants.number))
  for (const participant of registered) {
    people.set(participant.id, participant)
    need(whole, participant.caseId).participants.push(participant)
  }

  const scored = withScoresAndChanges ? await countingScores(db, ids) : new Map<string, Map<string, Score>>()
  const assigned = await db
    .select({ assignment: assignments, response: responses })
    .from(assignments)
    .leftJoin(responses, eq(responses.assignmentId, assignments.id))
    .where(inArray(assignments.caseId, ids))
    .orderBy(asc(assignments.id))
  const responseIds = assigned.flatMap(({ response }) => response?.id ?? [])
  const changes = withScoresAndChanges ? await changesOfResponses(db, responseIds) : []
  const changed = Map.groupBy(changes, ({ responseId }) => responseId)
  for (const { assignment, response } of assigned)
    need(whole, assignment.caseId).assignments.push({
      ...assignment,
      instrumentVersion: response?.instrumentVersion ?? assignment.instrumentVersion,
      participant: need(people, assignment.participantId),
      about: assignment.aboutId === null ? null : need(people, assignment.aboutId),
      ...(response && {
        response: {
          ...response,
          skipped: new Set(response.skipped),
          notApplicable: new Set(response.notApplicable),
          scores: scored.get(response.id) ?? new Map(),
          changes: changed.get(response.id) ?? [],
        },
      }),
    })
  return [...whole.values()]
}

/** Which instruments were assigned when and to whom, each combination once. */
export async function assignedPlaces(db: Db, studyId: string): Promise<AssignedPlace[]> {
  const subjects = aliasedTable(participants, 'subjects')
  return await db
    .selectDistinct({
      instrument: assignments.instrumentId,
      version: sql<string>`coalesce(${responses.instrumentVersion}, ${assignments.instrumentVersion})`,
      wave: assignments.wave,
      role: participants.role,
      number: participants.number,
      about: subjects.role,
      aboutNumber: subjects.number,
    })
    .from(assignments)
    .innerJoin(participants, eq(participants.id, assignments.participantId))
    .leftJoin(subjects, eq(subjects.id, assignments.aboutId))
    .leftJoin(responses, eq(responses.assignmentId, assignments.id))
    .innerJoin(cases, eq(cases.id, assignments.caseId))
    .where(and(eq(assignments.studyId, studyId), isInUse))
}

export interface AssignedPlace {
  instrument: string
  version: string
  wave: string
  role: string
  number: number
  /** Role and number of the participant whom it is about; null when it is about the case. */
  about: string | null
  aboutNumber: number | null
}

/** Names of anchors that cases of the study have. */
export async function anchorNames(db: Db, studyId: string): Promise<string[]> {
  const rows = await db
    .selectDistinct({ name: anchors.name })
    .from(anchors)
    .innerJoin(cases, eq(cases.id, anchors.caseId))
    .where(and(eq(cases.studyId, studyId), isInUse))
    .orderBy(asc(anchors.name))
  return rows.map(({ name }) => name)
}

/** Norm tables by which the scores that count were standardised. */
export async function normsUsed(db: Db, studyId: string): Promise<UsedNorm[]> {
  const later = aliasedTable(scores, 'later')
  const made = db
    .select({ id: later.id })
    .from(later)
    .where(and(eq(later.responseId, scores.responseId), eq(later.scale, scores.scale), gt(later.id, scores.id)))
  const rows = await db
    .selectDistinct({
      instrument: scores.instrumentId,
      instrumentVersion: scores.instrumentVersion,
      scale: scores.scale,
      id: scores.normId,
      version: scores.normVersion,
      status: scores.normStatus,
    })
    .from(scores)
    .innerJoin(responses, eq(responses.id, scores.responseId))
    .innerJoin(assignments, eq(assignments.id, responses.assignmentId))
    // Of several of one scale the one made last counts.
    .where(and(eq(assignments.studyId, studyId), isNotNull(scores.normId), notExists(made)))
    .orderBy(asc(scores.instrumentId), asc(scores.instrumentVersion), asc(scores.scale), asc(scores.normId), asc(scores.normVersion))
  return rows.map((row) => ({ ...row, id: String(row.id), version: String(row.version) }))
}

export interface UsedNorm {
  instrument: string
  instrumentVersion: string
  scale: string
  id: string
  version: string
  status: string | null
}

function need<Value>(map: Map<string, Value>, key: string): Value {
  const value = map.get(key)
  if (value === undefined) throw new Error(`${key} is referred to and not there`)
  return value
}
