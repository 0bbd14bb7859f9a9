/** Lists that staff type in on behalf of somebody: from paper, over the telephone, in an interview, out of a file. See docs/entering.md. */
import type { Answers } from '../../../instruments/schema.ts'
import { belongsTo, day, index, json, key, label, moment, sql, table, uniqueIndex, whole, yes } from '../columns.ts'
import { assignments } from './assignments.ts'
import { studies } from './studies.ts'

export const entryMeans = ['paper', 'telephone', 'interview', 'file'] as const
/** How staff came by the answers. */
export type EntryMeans = (typeof entryMeans)[number]

/** typing: under way; typed: one of two that are compared, and all in it; used: the response was made of it. */
export type EntryState = 'typing' | 'typed' | 'used'
/** Whose typing of an item counts. */
export type Side = 'first' | 'second'

/** What is still to be done. */
const isUnused = sql.raw("state <> 'used'")

export const entries = table(
  'entries',
  {
    id: key().primaryKey(),
    studyId: belongsTo(() => studies.id),
    assignmentId: belongsTo(() => assignments.id),
    /** 1, or 2 where the same is typed again by somebody else. */
    pass: whole().notNull(),
    /** Whether a second person types it too. */
    double: yes().notNull(),
    /** Id of the account of whoever types. */
    enteredBy: key().notNull(),
    means: label().$type<EntryMeans>().notNull(),
    answeredOn: day().notNull(),
    /** Language in which it was asked. */
    language: label().notNull(),
    /** Why it is typed in after its window. */
    reason: label(),
    state: label().$type<EntryState>().notNull(),
    /** Counts up by one a save; a save that builds on an older one is refused. */
    revision: whole().notNull(),
    answers: json<Answers>().notNull(),
    skipped: json<string[]>().notNull(),
    page: label(),
    begunAt: moment().notNull(),
    savedAt: moment().notNull(),
    /** Milliseconds that typing took so far; how they are counted, `typedFor` says. */
    typedMs: whole().notNull().default(0),
    /** Of the second: which typing counts, by item that differed, who decided that and why. */
    decision: json<Record<string, Side>>(),
    decidedBy: key(),
    decidedAt: moment(),
    decisionReason: label(),
  },
  (t) => [uniqueIndex('entries_pass').on(t.assignmentId, t.pass), index('entries_unused').on(t.studyId, t.begunAt).where(isUnused)],
)
