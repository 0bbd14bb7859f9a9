/** Which exports were made, and those that the desk makes: somebody whose answers are erased may be in files that lie elsewhere. See docs/database.md. */
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
    /** How much of it can be recognised. */
    tier: label().$type<'pseudonymous' | 'shared'>().notNull().default('pseudonymous'),
    /** What it is for, in the words of whoever made it. */
    purpose: label(),
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

/**
 * Exports at the desk: what became of each, also after the server was stopped in the middle of one.
 *
 * making: under way, or cut off with the server that did it.
 */
export type ExportJobState = 'making' | 'done' | 'cancelled' | 'failed'

export const exportJobs = table(
  'export_jobs',
  {
    id: key().primaryKey(),
    studyId: belongsTo(() => studies.id),
    /** Id of the account that asked for it. */
    startedBy: key().notNull(),
    startedAt: moment().notNull(),
    endedAt: moment(),
    state: label().$type<ExportJobState>().notNull(),
    /** What was asked for: tier, layouts, formats, language, filter, purpose. */
    choices: json<Record<string, unknown>>().notNull(),
    cases: whole().notNull(),
    /** Why it failed, as it was told. */
    failure: label(),
    /** Of its manifest.json, once it is made: by this it is found in `exports`. */
    manifestSha256: label(),
    /** When its files were removed from the data folder. */
    removedAt: moment(),
  },
  (t) => [
    index('export_jobs_study').on(t.studyId, t.startedAt),
    // Each pass of the ticker asks which still have files.
    index('export_jobs_files').on(t.state, t.removedAt),
  ],
)
