import type { Db } from '../db/tx.ts'
import type { Definitions } from '../definitions/load.ts'
import { periodsOfStudy } from '../definitions/protocol-of-study.ts'
import { Failure } from '../failure.ts'
import { casesOfStudy } from '../queries/cases.ts'
import { fatesInStudy, participationInStudy } from '../queries/flow.ts'
import { findStudy, listStudies } from '../queries/studies.ts'
import { familyFlow } from './family-flow.ts'

/** The flow of families through a study, as it is now. Throws a Failure when there is no such study. */
export async function studyFlow(db: Db, definitions: Definitions, studyId: string) {
  const study = await findStudy(db, studyId)
  if (!study)
    throw new Failure(`There is no study ${studyId}; there is: ${(await listStudies(db)).map(({ id }) => id).join(', ') || 'none'}.`)
  const participants = Map.groupBy(await participationInStudy(db, study.id), ({ caseId }) => caseId)
  const assignments = Map.groupBy(await fatesInStudy(db, study.id), ({ caseId }) => caseId)
  const cases = (await casesOfStudy(db, study.id)).map(({ id, arm, cohort, mistakenAt }) => ({
    arm,
    cohort,
    mistaken: mistakenAt !== null,
    participants: participants.get(id) ?? [],
    assignments: assignments.get(id) ?? [],
  }))
  const protocols = periodsOfStudy(definitions, study).map(({ protocol }) => protocol)
  return { study: study.id, ...familyFlow(protocols, cases) }
}

export type StudyFlow = Awaited<ReturnType<typeof studyFlow>>
