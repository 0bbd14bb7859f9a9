/** The outbox, and the links that go out with it. See docs/database.md. */
import { belongsTo, index, key, label, moment, sql, table, uniqueIndex, whole } from '../columns.ts'
import { cases } from './cases.ts'
import { participants } from './participants.ts'
import { studies } from './studies.ts'

/**
 * The outbox. planned: to be sent; claimed: in the hands of one process; sent: the mail server accepted it;
 * cancelled: no longer wanted; refused: the mail server will never take it; unknown: handed over without an answer.
 */
export const messageStates = ['planned', 'claimed', 'sent', 'cancelled', 'refused', 'unknown'] as const
export type MessageState = (typeof messageStates)[number]
export const messages = table(
  'messages',
  {
    id: key().primaryKey(),
    studyId: belongsTo(() => studies.id),
    caseId: belongsTo(() => cases.id),
    participantId: belongsTo(() => participants.id),
    wave: label().notNull(),
    /** `invitation`, or the id of a reminder in the protocol. */
    kind: label().notNull(),
    /** The moment the protocol gives it. */
    dueAt: moment().notNull(),
    /** Not before this moment: dueAt, or later after a temporary failure. */
    nextAt: moment().notNull(),
    state: label().$type<MessageState>().notNull(),
    /** Tries to which a mail server answered; trouble on the way there is not counted. */
    attempts: whole().notNull(),
    claimedAt: moment(),
    claimedBy: label(),
    settledAt: moment(),
    /** Message-ID header: the same for every attempt at the same message. */
    messageId: label().notNull(),
    /** Message-ID of the mail in which it went last, together with others; null where it was alone. */
    mailId: label(),
    /** The words in which it went out last, as in server/mail/wording.ts, and their sha256; null before it was first taken in hand. */
    text: label(),
    textSha256: label(),
    /** What the mail server said, or why it was cancelled; never an address. */
    detail: label(),
  },
  (t) => [
    uniqueIndex('messages_key').on(t.participantId, t.wave, t.kind),
    uniqueIndex('messages_message_id').on(t.messageId),
    index('messages_due').on(t.state, t.nextAt),
    index('messages_case').on(t.caseId),
    // A mail that came back may name what went in it together with others.
    index('messages_mail').on(t.mailId).where(sql.raw('mail_id is not null')),
  ],
)

/** A link in a mail. Only the hash of its token is kept. */
export const links = table(
  'links',
  {
    tokenHash: key().primaryKey(),
    participantId: belongsTo(() => participants.id),
    messageId: key().references(() => messages.id),
    createdAt: moment().notNull(),
    expiresAt: moment().notNull(),
  },
  (t) => [index('links_participant').on(t.participantId)],
)

/** An address in the head of a mail by which reminders are stopped, and nothing else can be done. Only the hash of its token is kept. */
export const reminderLinks = table('reminder_links', {
  tokenHash: key().primaryKey(),
  participantId: belongsTo(() => participants.id),
  createdAt: moment().notNull(),
})
