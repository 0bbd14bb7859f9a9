/**
 * What lists and counts are read from: of every case one line, of every list of a case one, and the sums of those. Made from the
 * records by `summarise`, and thrown away and made again without loss. See docs/decisions/0031-summaries-of-cases.md.
 */
import { belongsTo, index, key, label, moment, primaryKey, sql, table, uniqueIndex, whole, yes } from '../columns.ts'
import { cases } from './cases.ts'
import { studies } from './studies.ts'

export const caseStates = ['answering', 'waiting', 'ended'] as const
/** answering: a list is open now; waiting: nothing is open, more is to come; ended: nothing is to come any more. */
export type CaseState = (typeof caseStates)[number]
/** mistake: the case does not belong in the study, and is counted nowhere else. */
export const familyStates = ['active', 'refused', 'withdrew', 'nobody', 'mistake'] as const
export type FamilyState = (typeof familyStates)[number]

export const caseSummaries = table(
  'case_summaries',
  {
    caseId: key()
      .primaryKey()
      .references(() => cases.id),
    studyId: belongsTo(() => studies.id),
    code: label().notNull(),
    arm: label().notNull(),
    cohort: label().notNull(),
    region: label(),
    registeredAt: moment().notNull(),
    state: label().$type<CaseState>().notNull(),
    /** When a list opens or closes next; the end of time where nothing is to come, so that it sorts last. */
    nextAt: moment().notNull(),
    /** When something happened last. */
    lastAt: moment().notNull(),
    /** Anchors, with spaces between them, of which one is needed: without it a wave that is asked of this case has no date. */
    missingAnchor: label(),
    /** What the first role of the protocol, which speaks for the family, said about taking part, and why. */
    family: label().$type<FamilyState>().notNull(),
    familyReason: label(),
    /** When the last list ended, of a case of which nothing is to come any more; null while something is. */
    endedAt: moment(),
    /** Whether mail is still to go. */
    mailToGo: yes().notNull().default(false),
    /** Of how many people contact data are kept, and of how many they were removed. */
    contacts: whole().notNull().default(0),
    contactsRemoved: whole().notNull().default(0),
  },
  (t) => [
    // What a time for keeping contact data would remove is counted from these two alone.
    index('case_summaries_ended').on(t.studyId, t.endedAt, t.mailToGo, t.contacts, t.caseId, t.code).where(sql.raw('ended_at is not null')),
    index('case_summaries_removed').on(t.studyId, t.contactsRemoved).where(sql.raw('contacts_removed > 0')),
    // So few that all the others are counted by an index that does not hold what the family said.
    index('case_summaries_mistakes').on(t.studyId).where(sql.raw("family = 'mistake'")),
    uniqueIndex('case_summaries_code').on(t.studyId, t.code),
    index('case_summaries_registered').on(t.studyId, t.registeredAt, t.code),
    index('case_summaries_next').on(t.studyId, t.nextAt, t.code),
    index('case_summaries_last').on(t.studyId, t.lastAt, t.code),
    index('case_summaries_region').on(t.studyId, t.region, t.code),
  ],
)

/**
 * - completed: it came in, from somebody at least
 * - open: it can be answered now
 * - ahead: its window is still to come
 * - called off: it will not come, for a reason that staff recorded
 * - expired: nobody answered in time
 * - dropped: it is no longer asked: whoever was asked stopped, or the case changed
 */
export const listOutcomes = ['completed', 'open', 'ahead', 'called off', 'expired', 'dropped'] as const
export type ListOutcome = (typeof listOutcomes)[number]

/** Stands for all lists of a role in a wave together. */
export const anyList = '*'

/** One list in one wave of those in one role of one case; two parents are one family. */
export const caseLists = table(
  'case_lists',
  {
    caseId: belongsTo(() => cases.id),
    studyId: belongsTo(() => studies.id),
    wave: label().notNull(),
    role: label().notNull(),
    /** An instrument, or `anyList`. */
    instrument: label().notNull(),
    outcome: label().$type<ListOutcome>().notNull(),
    /** Coded reason for which it was called off. */
    reason: label(),
    /** Whether its window has opened, a mail about its wave went out, a link was opened in its window, and it was begun. */
    asked: yes().notNull(),
    sent: yes().notNull(),
    opened: yes().notNull(),
    started: yes().notNull(),
    /** Whether somebody is asked it by hand, who has no mail address. */
    byHand: yes().notNull().default(false),
    /** Mondays of the weeks in which its window opened and in which it came in. */
    askedWeek: label(),
    completedWeek: label(),
  },
  (t) => [
    primaryKey({ columns: [t.caseId, t.wave, t.role, t.instrument] }),
    index('case_lists_place').on(t.studyId, t.wave, t.role, t.instrument, t.outcome, t.asked, t.sent, t.opened, t.started, t.caseId),
  ],
)

/** How many cases have the same of a list; `key` is the canonical JSON of the other columns. */
export const listCounts = table(
  'list_counts',
  {
    key: label().primaryKey(),
    studyId: belongsTo(() => studies.id),
    wave: label().notNull(),
    role: label().notNull(),
    instrument: label().notNull(),
    arm: label().notNull(),
    cohort: label().notNull(),
    region: label(),
    outcome: label().$type<ListOutcome>().notNull(),
    reason: label(),
    asked: yes().notNull(),
    sent: yes().notNull(),
    opened: yes().notNull(),
    started: yes().notNull(),
    byHand: yes().notNull().default(false),
    cases: whole().notNull(),
  },
  (t) => [index('list_counts_study').on(t.studyId)],
)

/** In how many cases a role was asked in a wave, and answered, week by week; `key` as above. */
export const weekCounts = table(
  'week_counts',
  {
    key: label().primaryKey(),
    studyId: belongsTo(() => studies.id),
    wave: label().notNull(),
    role: label().notNull(),
    arm: label().notNull(),
    region: label(),
    week: label().notNull(),
    what: label().$type<'asked' | 'completed'>().notNull(),
    cases: whole().notNull(),
  },
  (t) => [index('week_counts_study').on(t.studyId)],
)

/** Cases to which something happened since their summary was made. */
export const staleCases = table('stale_cases', {
  caseId: key()
    .primaryKey()
    .references(() => cases.id),
})
