/** What staff note about a case. */
import type { Context } from '../context.ts'
import type { Db } from '../db/tx.ts'
import { insertNote, notesOfCase } from '../queries/notes.ts'

/** Adds a note; it can not be changed or removed afterwards. */
export async function addNote({ stores, clock }: Context, caseId: string, staffId: string, text: string): Promise<void> {
  await stores.study.withTx((tx) => insertNote(tx, { caseId, staffId, at: clock.now(), text }))
}

/** The notes of a case, newest first. `names`: of staff, by the id of their account. */
export async function describeNotes(db: Db, caseId: string, names: (staffId: string) => string | null) {
  const notes = await notesOfCase(db, caseId)
  return notes.toReversed().map(({ id, at, text, staffId }) => ({ id, at, text, by: names(staffId) }))
}
