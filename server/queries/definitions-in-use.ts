/** Which definitions a data folder needs, and what they were when people answered. Reads only. */
import { count } from 'drizzle-orm'
import { responses } from '../db/study-schema/responses.ts'
import { studies } from '../db/study-schema/studies.ts'
import type { Db } from '../db/tx.ts'

/** Each version of an instrument as it was answered, by the hash of what was shown, and how often. */
export async function answeredDefinitions(db: Db) {
  return await db
    .select({ id: responses.instrumentId, version: responses.instrumentVersion, hash: responses.definitionHash, responses: count() })
    .from(responses)
    .groupBy(responses.instrumentId, responses.instrumentVersion, responses.definitionHash)
}

/** `id@version` of the protocol of each study. */
export async function protocolsInUse(db: Db): Promise<string[]> {
  const rows = await db.selectDistinct({ id: studies.protocolId, version: studies.protocolVersion }).from(studies)
  return rows.map(({ id, version }) => `${id}@${version}`)
}
