/** What staff look at of cases. Reads only; their lists are in case-pages.ts. */
import { asc, eq, inArray } from 'drizzle-orm'
import { alias } from '../db/columns.ts'
import { type AssignmentState, assignments } from '../db/study-schema/assignments.ts'
import { anchors } from '../db/study-schema/cases.ts'
import { consents, participants } from '../db/study-schema/participants.ts'
import { responses, scores } from '../db/study-schema/responses.ts'
import type { Db } from '../db/tx.ts'

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
