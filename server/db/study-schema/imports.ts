/** Imports at the desk: what became of each, also after the server was stopped in the middle of one. See docs/import.md. */
import { belongsTo, index, json, key, label, moment, table, whole } from '../columns.ts'
import { studies } from './studies.ts'

/**
 * registering: under way, or cut off with the server that did it. done: written in the same transaction as the cases. refused: another
 * registration took a code meanwhile.
 */
export type ImportState = 'registering' | 'done' | 'refused' | 'cancelled' | 'failed'

export const imports = table(
  'imports',
  {
    id: key().primaryKey(),
    studyId: belongsTo(() => studies.id),
    /** Id of the account that began it. */
    startedBy: key().notNull(),
    startedAt: moment().notNull(),
    endedAt: moment(),
    state: label().$type<ImportState>().notNull(),
    cases: whole().notNull(),
    participants: whole().notNull(),
    /** Why it was refused: lines, columns and case codes. No names. */
    problems: json<{ line: number; column: string; fault: string; reason: string }[]>().notNull(),
    /** Arms that were drawn by lot: how many cases got each. */
    arms: json<Record<string, number>>().notNull(),
  },
  (t) => [index('imports_study').on(t.studyId, t.startedAt)],
)
