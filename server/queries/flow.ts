/** What the flow of families counts. */
import { asc, eq } from 'drizzle-orm'
import { assignments } from '../db/study-schema/assignments.ts'
import { cases } from '../db/study-schema/cases.ts'
import { participants } from '../db/study-schema/participants.ts'
import type { Db } from '../db/tx.ts'

/** Everybody in the cases of a study, with what they said about taking part. */
export async function participationInStudy(db: Db, studyId: string) {
  return await db
    .select({
      caseId: participants.caseId,
      role: participants.role,
      state: participants.state,
      stateAt: participants.stateAt,
      stateReason: participants.stateReason,
    })
    .from(participants)
    .innerJoin(cases, eq(cases.id, participants.caseId))
    .where(eq(cases.studyId, studyId))
    .orderBy(asc(participants.role), asc(participants.number))
}

/** Every assignment of a study, with what became of it. */
export async function fatesInStudy(db: Db, studyId: string) {
  return await db
    .select({
      caseId: assignments.caseId,
      instrumentId: assignments.instrumentId,
      wave: assignments.wave,
      state: assignments.state,
      reason: assignments.reason,
      endedAt: assignments.endedAt,
    })
    .from(assignments)
    .where(eq(assignments.studyId, studyId))
    .orderBy(asc(assignments.id))
}
