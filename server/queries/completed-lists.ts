/** Completed lists with whom they are about, and who took whose place: what weights are worked out from. */
import { and, asc, eq, gt, inArray } from 'drizzle-orm'
import type { Answers } from '../../instruments/schema.ts'
import { assignments } from '../db/study-schema/assignments.ts'
import { cases } from '../db/study-schema/cases.ts'
import { participants } from '../db/study-schema/participants.ts'
import { responses } from '../db/study-schema/responses.ts'
import type { Db } from '../db/tx.ts'

export interface CompletedList {
  /** Of the assignment. */
  id: string
  instrumentId: string
  wave: string
  participantId: string
  aboutId: string | null
  answers: Answers
}

export interface CaseOfLists {
  lists: CompletedList[]
  participants: { id: string; succeedsId: string | null }[]
}

/** So many cases at a time are in memory. */
const casesAtOnce = 100

/** The completed lists of these instruments (ids), case by case. */
export async function* completedLists(db: Db, studyId: string, instruments: string[]): AsyncGenerator<CaseOfLists> {
  let last = ''
  for (;;) {
    const found = await db
      .select({ id: cases.id })
      .from(cases)
      .where(and(eq(cases.studyId, studyId), gt(cases.id, last)))
      .orderBy(asc(cases.id))
      .limit(casesAtOnce)
    const end = found.at(-1)
    if (!end) return
    last = end.id
    yield* await listsOfCases(
      db,
      found.map(({ id }) => id),
      instruments,
    )
  }
}

async function listsOfCases(db: Db, caseIds: string[], instruments: string[]): Promise<CaseOfLists[]> {
  const lists = await db
    .select({
      caseId: assignments.caseId,
      id: assignments.id,
      instrumentId: assignments.instrumentId,
      wave: assignments.wave,
      participantId: assignments.participantId,
      aboutId: assignments.aboutId,
      answers: responses.answers,
    })
    .from(assignments)
    .innerJoin(responses, eq(responses.assignmentId, assignments.id))
    .where(and(inArray(assignments.caseId, caseIds), inArray(assignments.instrumentId, instruments)))
  const people = await db
    .select({ caseId: participants.caseId, id: participants.id, succeedsId: participants.succeedsId })
    .from(participants)
    .where(inArray(participants.caseId, caseIds))
  const peopleOf = Map.groupBy(people, ({ caseId }) => caseId)
  return [...Map.groupBy(lists, ({ caseId }) => caseId)].map(([caseId, ofCase]) => ({
    lists: ofCase,
    participants: peopleOf.get(caseId) ?? [],
  }))
}
