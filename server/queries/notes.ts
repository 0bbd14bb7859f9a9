/** What staff noted about a case. */
import { asc } from 'drizzle-orm'
import { notes } from '../db/study-schema/care.ts'
import type { Db } from '../db/tx.ts'
import { insertion, ofCase } from './prepared.ts'

export type Note = typeof notes.$inferSelect

/** Notes are only ever added. */
export const insertNote: (tx: Db, row: Omit<Note, 'id'>) => Promise<void> = insertion(notes)

/** In the order in which they were written. */
export const notesOfCase: (db: Db, caseId: string) => Promise<Note[]> = ofCase(notes, asc(notes.id))
