/** What staff note about a case. */
import type { Context } from '../context.ts'
import { insertNote, type notesOfCase } from '../queries/notes.ts'

/** Adds a note; it can not be changed or removed afterwards. */
export async function addNote({ stores, clock }: Context, caseId: string, staffId: string, text: string): Promise<void> {
  await stores.study.withTx((tx) => insertNote(tx, { caseId, staffId, at: clock.now(), text }))
}

/** Notes as they are shown, newest first. `names`: of staff, by the id of their account. */
export const describeNotes = (notes: Awaited<ReturnType<typeof notesOfCase>>, names: (staffId: string) => string | null) =>
  notes.toReversed().map(({ id, at, text, staffId }) => ({ id, at, text, by: names(staffId) }))
