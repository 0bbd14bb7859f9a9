/** What re-scoring reads and writes: responses with all that made their scores, a few cases at a time. */
import { asc, eq, inArray } from 'drizzle-orm'
import { assignments } from '../db/study-schema/assignments.ts'
import { cases, children } from '../db/study-schema/cases.ts'
import { participants } from '../db/study-schema/participants.ts'
import { responses } from '../db/study-schema/responses.ts'
import { studies } from '../db/study-schema/studies.ts'
import type { Db } from '../db/tx.ts'
import { isIndexChild } from './cases.ts'
import { countingScores } from './counting-scores.ts'
import type { Response, Score } from './responses.ts'

/** A response with what its scores were made of, beside its answers. */
export interface Scorable {
  response: Pick<Response, 'id' | 'instrumentId' | 'instrumentVersion' | 'answers' | 'notApplicable' | 'submittedAt' | 'answeredOn'>
  caseId: string
  participantId: string
  wave: string
  sex: string | null
  childBirthMonth: string | null
  /** By scale, the score that counts. */
  scores: Map<string, Score>
}

/** All responses of these cases, in the order in which they came in. */
export async function scorableResponses(db: Db, caseIds: string[]): Promise<Scorable[]> {
  const rows = await db
    .select({
      response: {
        id: responses.id,
        instrumentId: responses.instrumentId,
        instrumentVersion: responses.instrumentVersion,
        answers: responses.answers,
        notApplicable: responses.notApplicable,
        submittedAt: responses.submittedAt,
        answeredOn: responses.answeredOn,
      },
      caseId: assignments.caseId,
      participantId: assignments.participantId,
      wave: assignments.wave,
      sex: participants.sex,
      childBirthMonth: children.birthMonth,
    })
    .from(assignments)
    .innerJoin(responses, eq(responses.assignmentId, assignments.id))
    .innerJoin(participants, eq(participants.id, assignments.participantId))
    .innerJoin(cases, eq(cases.id, assignments.caseId))
    .leftJoin(children, isIndexChild)
    .where(inArray(assignments.caseId, caseIds))
    .orderBy(asc(responses.submittedAt), asc(responses.id))
  const counting = await countingScores(db, caseIds)
  return rows.map((row) => ({ ...row, scores: counting.get(row.response.id) ?? new Map() }))
}

/** Instrument versions that were answered in a study. */
export async function answeredInstruments(db: Db, studyId: string): Promise<{ id: string; version: string }[]> {
  return await db
    .selectDistinct({ id: responses.instrumentId, version: responses.instrumentVersion })
    .from(assignments)
    .innerJoin(responses, eq(responses.assignmentId, assignments.id))
    .where(eq(assignments.studyId, studyId))
    .orderBy(asc(responses.instrumentId), asc(responses.instrumentVersion))
}

/** From now on, scores of the study are made by these tables first. */
export async function setAdoptedNorms(tx: Db, studyId: string, adoptedNorms: string[]): Promise<void> {
  await tx.update(studies).set({ adoptedNorms }).where(eq(studies.id, studyId))
}
