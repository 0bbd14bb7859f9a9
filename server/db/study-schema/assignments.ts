/** Who is asked what, and when. See docs/database.md. */
import { belongsTo, day, index, key, label, moment, sql, table, uniqueIndex } from '../columns.ts'
import { cases } from './cases.ts'
import { participants } from './participants.ts'
import { studies } from './studies.ts'

export const assignmentStates = ['scheduled', 'open', 'in progress', 'completed', 'expired', 'cancelled'] as const
export type AssignmentState = (typeof assignmentStates)[number]
/**
 * Which assignments the ticker still has to open or end. Indexes hold only these, so that one which is over costs
 * nothing; SQLite sees that such an index will do only where a query has the very same words.
 */
export const isScheduled = sql.raw("state = 'scheduled'")
export const isUnfinished = sql.raw("state in ('scheduled', 'open', 'in progress')")
/** Assignments about the case as a whole, not about one participant. */
export const isAboutCase = sql.raw('about_id is null')
export const assignments = table(
  'assignments',
  {
    id: key().primaryKey(),
    studyId: belongsTo(() => studies.id),
    caseId: belongsTo(() => cases.id),
    participantId: belongsTo(() => participants.id),
    /** The participant whom it is about, for an interview with them; null when it is about the case. */
    aboutId: key().references(() => participants.id),
    wave: label().notNull(),
    instrumentId: label().notNull(),
    instrumentVersion: label().notNull(),
    state: label().$type<AssignmentState>().notNull(),
    /** Coded reason of the protocol for which staff called it off. */
    reason: label(),
    opensAt: moment().notNull(),
    closesAt: moment().notNull(),
    /** Day on which the wave falls: anchor plus offset. */
    target: day().notNull(),
    startedAt: moment(),
    endedAt: moment(),
  },
  (t) => [
    uniqueIndex('assignments_key').on(t.participantId, t.wave, t.instrumentId, t.aboutId),
    // Nulls differ from each other in an index: what is about nobody in particular needs one of its own.
    uniqueIndex('assignments_key_of_case').on(t.participantId, t.wave, t.instrumentId).where(isAboutCase),
    index('assignments_case').on(t.caseId),
    index('assignments_opening').on(t.opensAt).where(isScheduled),
    index('assignments_closing').on(t.closesAt).where(isUnfinished),
    // What staff have to do themselves, by the instruments that are theirs.
    index('assignments_work').on(t.studyId, t.instrumentId, t.closesAt).where(isUnfinished),
  ],
)
