/** What staff did by hand to reach somebody: they called, went there, sent paper. See docs/database.md. */
import { belongsTo, day, index, key, label, moment, serial, table } from '../columns.ts'
import { cases } from './cases.ts'
import { participants } from './participants.ts'

export const attemptMeans = ['call', 'visit', 'paper', 'message'] as const
export type AttemptMeans = (typeof attemptMeans)[number]

/** `refused` is what they said: that they stop is recorded in its own way. */
export const attemptOutcomes = ['not reached', 'will fill in', 'call back', 'paper sent', 'refused'] as const
export type AttemptOutcome = (typeof attemptOutcomes)[number]

/** Only ever added to, but for erasure. No words of anybody: what the next caller has to know is sealed with the contact data. */
export const contactAttempts = table(
  'contact_attempts',
  {
    id: serial(),
    caseId: belongsTo(() => cases.id),
    participantId: belongsTo(() => participants.id),
    /** About which wave it was; null for all that they are asked. */
    wave: label(),
    means: label().$type<AttemptMeans>().notNull(),
    outcome: label().$type<AttemptOutcome>().notNull(),
    /** The day on which it was tried. */
    triedOn: day().notNull(),
    /** Until this day nobody has to try again; null where nothing was agreed. */
    nextOn: day(),
    /** Id of the account in identity.sqlite. */
    staffId: key().notNull(),
    at: moment().notNull(),
  },
  (t) => [index('contact_attempts_case').on(t.caseId), index('contact_attempts_participant').on(t.participantId)],
)
