/** Windows that staff keep open longer than the protocol does. */
import { extensions } from '../db/study-schema/care.ts'
import type { Db } from '../db/tx.ts'
import { ofCase } from './prepared.ts'

export type Extension = typeof extensions.$inferSelect

export const extensionsOfCase: (db: Db, caseId: string) => Promise<Extension[]> = ofCase(extensions)

/** Keeps a window open until another moment; an earlier extension makes way (the event log keeps both). */
export async function putExtension(tx: Db, row: Extension): Promise<void> {
  const { closesAt, recordedAt } = row
  await tx
    .insert(extensions)
    .values(row)
    .onConflictDoUpdate({ target: [extensions.participantId, extensions.wave], set: { closesAt, recordedAt } })
}
