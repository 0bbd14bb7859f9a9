/** Tries that failed, so that guessing is slowed. See docs/database.md. */
import { index, key, moment, table, whole } from '../columns.ts'

export const tries = table(
  'tries',
  {
    /** What is tried and from where, as a mark that cannot be turned back into an address. */
    key: key().primaryKey(),
    count: whole().notNull(),
    /** When they no longer count. */
    expiresAt: moment().notNull(),
  },
  (t) => [index('tries_expiry').on(t.expiresAt)],
)
