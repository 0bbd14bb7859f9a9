/** What was drawn: samples, and the lots of arms. See docs/database.md. */
import { belongsTo, index, label, moment, primaryKey, table, uniqueIndex, whole, yes } from '../columns.ts'
import { cases } from './cases.ts'
import { studies } from './studies.ts'

/** A sample of cases that was drawn. It is drawn once. */
export const samples = table(
  'samples',
  {
    studyId: belongsTo(() => studies.id),
    name: label().notNull(),
    seed: label().notNull(),
    size: whole().notNull(),
    drawnAt: moment().notNull(),
  },
  (t) => [primaryKey({ columns: [t.studyId, t.name] })],
)

/** Every case that could have been drawn, in the order of the draw: the first `size` are in, the next are reserves. */
export const sampledCases = table(
  'sampled_cases',
  {
    studyId: belongsTo(() => studies.id),
    name: label().notNull(),
    position: whole().notNull(),
    caseId: belongsTo(() => cases.id),
    /** Whether the case is in the sample: drawn, or a reserve that was called up. */
    included: yes().notNull(),
  },
  (t) => [primaryKey({ columns: [t.studyId, t.name, t.position] }), index('sampled_cases_case').on(t.caseId)],
)

/** The log of the lots: which arm came next, and the case that got it. Lots that nobody drew yet are nowhere. */
export const allocations = table(
  'allocations',
  {
    studyId: belongsTo(() => studies.id),
    /** The facts within which the arms are balanced, as `name=value`, or empty. */
    stratum: label().notNull(),
    /** From 1 on, within the stratum. */
    position: whole().notNull(),
    arm: label().notNull(),
    caseId: belongsTo(() => cases.id),
    at: moment().notNull(),
  },
  (t) => [primaryKey({ columns: [t.studyId, t.stratum, t.position] }), uniqueIndex('allocations_case').on(t.caseId)],
)
