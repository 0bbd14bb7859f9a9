/** Which exports were made: somebody whose answers are erased may be in files that lie elsewhere. See docs/database.md. */
import { belongsTo, index, json, key, label, moment, table, whole } from '../columns.ts'
import { studies } from './studies.ts'

export const exports = table(
  'exports',
  {
    id: key().primaryKey(),
    studyId: belongsTo(() => studies.id),
    madeAt: moment().notNull(),
    /** Where it was made: with the command, or at the desk. */
    via: label().$type<'command' | 'desk'>().notNull(),
    /** Id of the account that made it; null for the command. */
    staffId: key(),
    /** sha256 of its manifest.json, by which the files can be recognised. */
    manifestSha256: label().notNull(),
    layouts: json<string[]>().notNull(),
    formats: json<string[]>().notNull(),
    /** Which cases were chosen; null for all of the study. */
    filter: json<Record<string, unknown>>(),
    cases: whole().notNull(),
    /** When staff said that the files were destroyed, everywhere, and who said so. */
    destroyedAt: moment(),
    destroyedBy: key(),
    /** Ids of the cases in it. The last column: whoever lists exports does not read it. */
    caseIds: json<string[]>().notNull(),
  },
  (t) => [index('exports_study').on(t.studyId, t.madeAt)],
)
