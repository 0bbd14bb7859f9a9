/** Long work on all cases of a study: what it is, how far it is, and what became of it. See docs/database.md. */
import { belongsTo, index, json, key, label, moment, table, whole } from '../columns.ts'
import { studies } from './studies.ts'

/** adopt: another version of the protocol or of an instrument. rescore: other norm tables. */
export type JobKind = 'adopt' | 'rescore'

/**
 * looking: what it would change is counted, in the memory of one server. looked: it can be done now. doing: under way, or left by whoever
 * was stopped in the middle of it and gone on with by the ticker. cancelled, failed: what was done of it stays, and it can be gone on with.
 */
export type JobState = 'looking' | 'looked' | 'doing' | 'done' | 'cancelled' | 'failed'

/** With what the words of a page have to name, such as the case. */
export interface JobFailure extends Record<string, unknown> {
  fault: string
  /** In English, with the case or the definition that it is about. */
  why: string
}

export const jobs = table(
  'jobs',
  {
    id: key().primaryKey(),
    studyId: belongsTo(() => studies.id),
    kind: label().$type<JobKind>().notNull(),
    /** What was asked for: `{ reference, from }`, or `{ norms }`. */
    entry: json<Record<string, unknown>>().notNull(),
    state: label().$type<JobState>().notNull(),
    /** Id of the account that looked, and then of the one that decided; null for a command. */
    startedBy: key(),
    startedAt: moment().notNull(),
    /** Why, in the words of whoever decided. */
    why: label(),
    /** What it would change, as it was when somebody looked. */
    preview: json<Record<string, unknown>>(),
    /** Id of the last case that is done, in the order of ids; empty before the first, null before it is decided. */
    last: key(),
    /** Cases that are done. */
    done: whole().notNull(),
    /** What changed in them: cases whose plan did, or scores that were added. */
    changed: whole().notNull(),
    /** When cases were last done: one that stands still was left by whoever did it. */
    movedAt: moment().notNull(),
    endedAt: moment(),
    failure: json<JobFailure>(),
  },
  (t) => [index('jobs_study').on(t.studyId, t.startedAt), index('jobs_state').on(t.state)],
)
