/** Reports that were worked out at the desk and are kept for a while. What is in one is a file of the data folder. See docs/database.md. */
import { belongsTo, index, json, key, label, moment, table, whole } from '../columns.ts'
import { studies } from './studies.ts'

/** working: under way, or cut off with the server that did it. */
export type KeptReportState = 'working' | 'done' | 'cancelled' | 'failed'

export const reports = table(
  'reports',
  {
    id: key().primaryKey(),
    studyId: belongsTo(() => studies.id),
    /** Id of the account that asked for it. */
    startedBy: key().notNull(),
    /** The moment that it tells of. */
    startedAt: moment().notNull(),
    endedAt: moment(),
    state: label().$type<KeptReportState>().notNull(),
    /** How per cent are rounded, and below which number it leaves out. */
    options: json<Record<string, unknown>>().notNull(),
    /** `id@version` of the protocol whose report it is. */
    protocol: label().notNull(),
    cases: whole().notNull(),
    /** Why it failed, as it was told. */
    failure: label(),
    /** When what it says of single cases was removed from the data folder, since somebody's answers were erased. */
    casesRemovedAt: moment(),
    /** When the rest of it was removed. */
    removedAt: moment(),
  },
  (t) => [index('reports_study').on(t.studyId, t.startedAt), index('reports_files').on(t.state, t.removedAt)],
)
