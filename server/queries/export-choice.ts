/** Which cases and people an export holds. */
import { and, asc, eq, inArray, isNotNull } from 'drizzle-orm'
import { cases } from '../db/study-schema/cases.ts'
import { consents } from '../db/study-schema/participants.ts'
import type { Db } from '../db/tx.ts'
import { isInUse } from './cases.ts'

/** A list that is not given leaves nothing out. */
export interface CaseChoice {
  arms?: string[]
  cohorts?: string[]
  regions?: string[]
}

/** Ids of the cases that belong in the study, in the order of their codes. */
export async function chosenCases(db: Db, studyId: string, { arms, cohorts, regions }: CaseChoice): Promise<string[]> {
  const rows = await db
    .select({ id: cases.id })
    .from(cases)
    .where(
      and(
        eq(cases.studyId, studyId),
        isInUse,
        arms && inArray(cases.arm, arms),
        cohorts && inArray(cases.cohort, cohorts),
        regions && inArray(cases.region, regions),
      ),
    )
    .orderBy(asc(cases.code))
  return rows.map(({ id }) => id)
}

/** Regions in which there are cases, by alphabet. */
export async function regionsOfCases(db: Db, studyId: string): Promise<string[]> {
  const rows = await db
    .selectDistinct({ region: cases.region })
    .from(cases)
    .where(and(eq(cases.studyId, studyId), isInUse, isNotNull(cases.region)))
    .orderBy(asc(cases.region))
  return rows.flatMap(({ region }) => region ?? [])
}

/** The last word of each of these participants on each purpose; who never said anything is not there. */
export async function lastWords(db: Db, participantIds: string[]): Promise<Map<string, Map<string, boolean>>> {
  const rows = await db
    .select({ id: consents.participantId, purpose: consents.purpose, given: consents.given })
    .from(consents)
    .where(inArray(consents.participantId, participantIds))
    .orderBy(asc(consents.id))
  const words = new Map<string, Map<string, boolean>>()
  for (const { id, purpose, given } of rows) words.set(id, (words.get(id) ?? new Map<string, boolean>()).set(purpose, given))
  return words
}
