/** Browsers in which a link was opened. See docs/database.md. */
import { belongsTo, index, key, moment, table, uniqueIndex } from '../columns.ts'
import { participants } from './participants.ts'

export const sessions = table(
  'sessions',
  {
    tokenHash: key().primaryKey(),
    participantId: belongsTo(() => participants.id),
    createdAt: moment().notNull(),
    expiresAt: moment().notNull(),
    /** The device on which it was opened. */
    deviceId: key(),
  },
  (t) => [index('sessions_expiry').on(t.expiresAt)],
)

/** A browser in which a link was opened and nobody has logged out since. Only the hash of its mark is kept. */
export const devices = table(
  'devices',
  {
    id: key().primaryKey(),
    markHash: key().notNull(),
    createdAt: moment().notNull(),
    expiresAt: moment().notNull(),
  },
  (t) => [uniqueIndex('devices_mark').on(t.markHash), index('devices_expiry').on(t.expiresAt)],
)
