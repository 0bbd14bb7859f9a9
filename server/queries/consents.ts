import { asc, eq, sql } from 'drizzle-orm'
import { consents } from '../db/study-schema/participants.ts'
import type { Db } from '../db/tx.ts'
import { prepared } from './prepared.ts'

export type ConsentRow = typeof consents.$inferSelect

export async function insertConsent(
  tx: Db,
  row: Omit<ConsentRow, 'id' | 'translation'> & Partial<Pick<ConsentRow, 'translation'>>,
): Promise<void> {
  await tx.insert(consents).values(row)
}

const ofParticipant = prepared((db) =>
  db
    .select({ purpose: consents.purpose, version: consents.version, given: consents.given })
    .from(consents)
    .where(eq(consents.participantId, sql.placeholder('participantId')))
    .orderBy(asc(consents.id)),
)

/** The latest word of a participant on each purpose. */
export async function consentsOf(db: Db, participantId: string): Promise<Map<string, Pick<ConsentRow, 'purpose' | 'version' | 'given'>>> {
  const rows = await ofParticipant(db).execute({ participantId })
  return new Map(rows.map((row) => [row.purpose, row]))
}

/** Every word on record, the first one first. */
export const allConsentsOf = async (db: Db, participantId: string): Promise<Pick<ConsentRow, 'purpose' | 'version' | 'given'>[]> =>
  await ofParticipant(db).execute({ participantId })
