import { and, asc, eq } from 'drizzle-orm'
import { cases } from '../db/study-schema/cases.ts'
import { sampledCases, samples } from '../db/study-schema/draws.ts'
import type { Db } from '../db/tx.ts'
import { insertion } from './prepared.ts'

export type DrawnSample = typeof samples.$inferSelect

export const insertSample: (tx: Db, row: DrawnSample) => Promise<void> = insertion(samples)

export const insertSampledCase: (tx: Db, row: typeof sampledCases.$inferSelect) => Promise<void> = insertion(sampledCases)

/** A sample that was drawn, or undefined. */
export async function findSample(db: Db, studyId: string, name: string): Promise<DrawnSample | undefined> {
  const [found] = await db
    .select()
    .from(samples)
    .where(and(eq(samples.studyId, studyId), eq(samples.name, name)))
  return found
}

export interface SampledCase {
  position: number
  caseId: string
  code: string
  included: boolean
  /** Since when the case does not belong in the study. */
  mistakenAt: string | null
}

/** All cases that could be drawn, in the order of the draw. */
export async function casesOfSample(db: Db, studyId: string, name: string): Promise<SampledCase[]> {
  const { position, caseId, included } = sampledCases
  return await db
    .select({ position, caseId, code: cases.code, included, mistakenAt: cases.mistakenAt })
    .from(sampledCases)
    .innerJoin(cases, eq(cases.id, caseId))
    .where(and(eq(sampledCases.studyId, studyId), eq(sampledCases.name, name)))
    .orderBy(asc(position))
}

/** Takes a case into a sample, or out of it. */
export async function setIncluded(tx: Db, studyId: string, name: string, position: number, included: boolean): Promise<void> {
  await tx
    .update(sampledCases)
    .set({ included })
    .where(and(eq(sampledCases.studyId, studyId), eq(sampledCases.name, name), eq(sampledCases.position, position)))
}

/** Names of the samples that a case is in. */
export async function samplesOfCase(db: Db, caseId: string): Promise<string[]> {
  const rows = await db
    .select({ name: sampledCases.name })
    .from(sampledCases)
    .where(and(eq(sampledCases.caseId, caseId), eq(sampledCases.included, true)))
  return rows.map(({ name }) => name)
}
