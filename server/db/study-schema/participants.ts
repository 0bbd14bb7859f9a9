/** People in a case, under their pseudonyms, and what they agreed to. See docs/database.md. */
import { belongsTo, index, key, label, moment, serial, sql, table, uniqueIndex, whole, yes } from '../columns.ts'
import { cases } from './cases.ts'

export const participantStates = ['active', 'declined', 'withdrawn', 'handed over'] as const
export const participants = table(
  'participants',
  {
    id: key().primaryKey(),
    caseId: belongsTo(() => cases.id),
    role: label().notNull(),
    /** First, second ... of this role in the case, as they were registered: exports and screens tell two parents apart by it. */
    number: whole().notNull(),
    language: label().notNull(),
    sex: label(),
    state: label().$type<(typeof participantStates)[number]>().notNull(),
    stateAt: moment().notNull(),
    /** Coded reason of the protocol for which they declined or withdrew. */
    stateReason: label(),
    /** When they came into the case, if later than the case itself. */
    joinedAt: moment(),
    /** Whose place they took, when a case was handed over. */
    succeedsId: key(),
    /** Since when they have no mail address, on purpose: nothing is mailed to them, and their lists are asked by hand. */
    withoutMailAt: moment(),
    /** Set when a mail server refused the address for good: no more mail until staff correct it. */
    addressRefusedAt: moment(),
    /** Since when they want no reminders; invitations still come. */
    remindersStoppedAt: moment(),
    /** When what they answered was erased at their request, and when after that their contact data were. */
    answersErasedAt: moment(),
    contactRemovedAt: moment(),
    /**
     * Of roles that see the case code: the same for whoever is in this role with the same mail address in another case of the
     * study, so that they have one page with all their cases. A keyed hash, see `mailboxKeyOf`; null for everybody else.
     */
    mailboxKey: label(),
  },
  (t) => [
    uniqueIndex('participants_place').on(t.caseId, t.role, t.number),
    index('participants_mailbox').on(t.mailboxKey),
    // Few are: the first page of a study looks for what is to be asked of them.
    index('participants_without_mail').on(t.withoutMailAt).where(sql.raw('without_mail_at is not null')),
    // Every pass of the ticker looks for these: it holds only them.
    index('participants_erasing').on(t.answersErasedAt).where(sql.raw('answers_erased_at is not null and contact_removed_at is null')),
  ],
)

export const consents = table(
  'consents',
  {
    id: serial(),
    participantId: belongsTo(() => participants.id),
    purpose: label().notNull(),
    version: label().notNull(),
    given: yes().notNull(),
    language: label().notNull(),
    /** By which the translation of the statement is known, as for responses. */
    translation: label(),
    at: moment().notNull(),
    /** Who recorded it: the participant on the page, or staff, from paper or by telephone. */
    recordedBy: label().$type<'participant' | 'staff'>().notNull().default('participant'),
  },
  (t) => [index('consents_participant').on(t.participantId)],
)
