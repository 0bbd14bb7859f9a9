/** identity.sqlite: who the participants are. Nothing here says what they answered; the pseudonym is the only link. */
import { belongsTo, bytes, index, key, label, moment, primaryKey, table } from '../columns.ts'

export const people = table(
  'people',
  {
    /** The participant's id in study.sqlite. */
    pseudonym: key().primaryKey(),
    /** AES-256-GCM over a JSON object with name, address and telephone number; the pseudonym is its additional data. */
    sealed: bytes().notNull(),
    /** Which key sealed it, so that keys can be changed. */
    keyId: label().notNull(),
    storedAt: moment().notNull(),
    /** Keyed hashes by which somebody is found without being readable, see `marksOf`; null where there is nothing to mark, or not yet. */
    nameMark: label(),
    addressMark: label(),
    telephoneMark: label(),
  },
  (t) => [index('people_name').on(t.nameMark), index('people_address').on(t.addressMark), index('people_telephone').on(t.telephoneMark)],
)

/** Keyed hashes of each part of a name by which somebody is looked for: a first name, a surname. They go with the person. */
export const nameParts = table(
  'name_parts',
  {
    pseudonym: belongsTo(() => people.pseudonym),
    mark: label().notNull(),
  },
  (t) => [primaryKey({ columns: [t.pseudonym, t.mark] }), index('name_parts_mark').on(t.mark, t.pseudonym)],
)

/** The seed of a study's lots, sealed: whoever could read it would know the arm of families that are still to come. */
export const allocationSeeds = table('allocation_seeds', {
  studyId: key().primaryKey(),
  sealed: bytes().notNull(),
  keyId: label().notNull(),
  storedAt: moment().notNull(),
})
