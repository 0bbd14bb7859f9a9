/** What happened, what needs a person, and settings that are data. See docs/database.md. */
import { belongsTo, index, json, key, label, moment, serial, table, uniqueIndex } from '../columns.ts'
import { cases } from './cases.ts'
import { messages } from './messages.ts'
import { participants } from './participants.ts'
import { studies } from './studies.ts'

/** What needs a person. */
export const tasks = table(
  'tasks',
  {
    id: serial(),
    studyId: belongsTo(() => studies.id),
    caseId: belongsTo(() => cases.id),
    participantId: key().references(() => participants.id),
    messageId: key().references(() => messages.id),
    kind: label().notNull(),
    detail: label(),
    createdAt: moment().notNull(),
    doneAt: moment(),
  },
  (t) => [index('tasks_open').on(t.studyId, t.doneAt), uniqueIndex('tasks_message_kind').on(t.messageId, t.kind)],
)

/** Everything that happened, in order. */
export const events = table(
  'events',
  {
    id: serial(),
    at: moment().notNull(),
    studyId: belongsTo(() => studies.id),
    caseId: key().references(() => cases.id),
    participantId: key().references(() => participants.id),
    wave: label(),
    kind: label().notNull(),
    detail: json<Record<string, unknown>>(),
  },
  (t) => [index('events_case').on(t.caseId)],
)

/** Settings of this installation that are data, not environment: the demonstration's clock. */
export const settings = table('settings', { name: key().primaryKey(), value: label().notNull() })
