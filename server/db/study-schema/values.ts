/** Questions of researchers about values, what came of them, and values that were changed. See docs/queries.md. */
import type { Answer } from '../../../instruments/schema.ts'
import { belongsTo, index, json, key, label, moment, serial, table, whole } from '../columns.ts'
import { assignments } from './assignments.ts'
import { cases } from './cases.ts'
import { responses } from './responses.ts'
import { studies } from './studies.ts'

export const queryStates = ['open', 'answered', 'closed'] as const
export type QueryState = (typeof queryStates)[number]
export const queryNoteKinds = ['asked', 'answered', 'asked again', 'value changed', 'closed'] as const
export type QueryNoteKind = (typeof queryNoteKinds)[number]

/** A question about a value: of which list, of which item. */
export const valueQueries = table(
  'value_queries',
  {
    id: serial(),
    studyId: belongsTo(() => studies.id),
    caseId: belongsTo(() => cases.id),
    assignmentId: belongsTo(() => assignments.id),
    /** The item, or its place in a record: `placements[1].start`. Null when it is about the list as a whole. */
    item: label(),
    state: label().$type<QueryState>().notNull(),
    /** Id of the account that asked. */
    askedBy: key().notNull(),
    askedAt: moment().notNull(),
    changedAt: moment().notNull(),
  },
  (t) => [index('value_queries_state').on(t.studyId, t.state, t.id), index('value_queries_case').on(t.caseId)],
)

/** What was said about a query, in order; only ever added to. */
export const queryNotes = table(
  'query_notes',
  {
    id: serial(),
    queryId: whole()
      .notNull()
      .references(() => valueQueries.id),
    kind: label().$type<QueryNoteKind>().notNull(),
    by: key().notNull(),
    at: moment().notNull(),
    text: label(),
  },
  (t) => [index('query_notes_query').on(t.queryId)],
)

/** Values that staff changed after the response was there; only ever added to. */
export const valueChanges = table(
  'value_changes',
  {
    id: serial(),
    responseId: belongsTo(() => responses.id),
    /** The item, or its place in a record. */
    item: label().notNull(),
    /** Null: not answered. */
    before: json<Answer | null>(),
    after: json<Answer | null>(),
    by: key().notNull(),
    at: moment().notNull(),
    reason: label().notNull(),
    queryId: whole().references(() => valueQueries.id),
  },
  (t) => [index('value_changes_response').on(t.responseId)],
)
