/** Cases: families, with what is known of them. See docs/database.md. */
import { belongsTo, day, index, key, label, moment, primaryKey, table, uniqueIndex, whole, yes } from '../columns.ts'
import { studies } from './studies.ts'

/** double: registered before, as another case; not-eligible: not a family that the study is about; test: no family at all. */
export const mistakeReasons = ['double', 'not-eligible', 'test'] as const
export type MistakeReason = (typeof mistakeReasons)[number]

export const cases = table(
  'cases',
  {
    id: key().primaryKey(),
    studyId: belongsTo(() => studies.id),
    code: label().notNull(),
    arm: label().notNull(),
    cohort: label().notNull(),
    region: label(),
    registeredAt: moment().notNull(),
    /** The case with which this one is compared: that of a shadow case. */
    indexCaseId: key(),
    /** Since when it is known that the case does not belong in the study, why, and as which other case the family was registered before. */
    mistakenAt: moment(),
    mistakeReason: label().$type<MistakeReason>(),
    sameAsId: key(),
  },
  (t) => [uniqueIndex('cases_study_code').on(t.studyId, t.code), index('cases_index').on(t.indexCaseId)],
)

/** The children of a case. Number 1 is the index child: the one by whose age norms are chosen. */
export const children = table(
  'children',
  {
    caseId: belongsTo(() => cases.id),
    number: whole().notNull(),
    /** Year and month of birth, `YYYY-MM`. */
    birthMonth: label().notNull(),
  },
  (t) => [primaryKey({ columns: [t.caseId, t.number] }), index('children_birth_month').on(t.birthMonth)],
)

/** Of a case that is compared with an index case: whether each matching criterion of the protocol is met. */
export const matches = table(
  'matches',
  {
    caseId: belongsTo(() => cases.id),
    criterion: label().notNull(),
    met: yes().notNull(),
    /** What staff wrote beside it; never a name. */
    note: label(),
    recordedAt: moment().notNull(),
  },
  (t) => [primaryKey({ columns: [t.caseId, t.criterion] })],
)

export const anchors = table(
  'anchors',
  {
    caseId: belongsTo(() => cases.id),
    name: label().notNull(),
    date: day().notNull(),
    recordedAt: moment().notNull(),
  },
  (t) => [primaryKey({ columns: [t.caseId, t.name] })],
)
