import { and, eq } from 'drizzle-orm'
import { sampledCases } from '../db/study-schema.ts'
import type { Db } from '../db/tx.ts'

/** Names of the samples that a case is in. */
export async function samplesOfCase(db: Db, caseId: string): Promise<string[]> {
  const rows = await db
    .select({ name: sampledCases.name })
    .from(sampledCases)
    .where(and(eq(sampledCases.caseId, caseId), eq(sampledCases.included, true)))
  return rows.map(({ name }) => name)
}
