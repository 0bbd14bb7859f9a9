/** Who saw, searched, exported, changed or was refused what (the idea of NEN 7513). See docs/security.md. */
import { index, json, key, label, moment, serial, table } from '../columns.ts'

/** Only ever added to; each row's hash covers the row before, so that a change, a gap and a swap are found. */
export const accessLog = table(
  'access_log',
  {
    id: serial(),
    at: moment().notNull(),
    /** Id of the account in identity.sqlite; null for a command on the machine, and for whoever is not signed in. */
    staffId: key(),
    via: label().$type<'desk' | 'key' | 'command'>().notNull(),
    /** What was done, as a code: `saw case`, `searched cases`, `exported` ... */
    action: label().notNull(),
    outcome: label().$type<'allowed' | 'refused'>().notNull(),
    studyId: label(),
    caseId: key(),
    /** Why, as whoever did it said. */
    reason: label(),
    detail: json<Record<string, unknown>>(),
    /** sha256 over the hash of the row before and the canonical JSON of this one. */
    hash: label().notNull(),
  },
  // Each ends in the row number, in which the log is read: by study, and within it by what and by outcome.
  (t) => [
    index('access_log_case').on(t.caseId),
    index('access_log_staff').on(t.staffId),
    index('access_log_study').on(t.studyId),
    index('access_log_action').on(t.studyId, t.action),
    index('access_log_outcome').on(t.studyId, t.outcome),
  ],
)
