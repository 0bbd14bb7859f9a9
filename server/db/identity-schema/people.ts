/** identity.sqlite: who the participants are. Nothing here says what they answered; the pseudonym is the only link. */
import { bytes, key, label, moment, table } from '../columns.ts'

export const people = table('people', {
  /** The participant's id in study.sqlite. */
  pseudonym: key().primaryKey(),
  /** AES-256-GCM over a JSON object with name and address; the pseudonym is its additional data. */
  sealed: bytes().notNull(),
  /** Which key sealed it, so that keys can be changed. */
  keyId: label().notNull(),
  storedAt: moment().notNull(),
})

/** The seed of a study's lots, sealed: whoever could read it would know the arm of families that are still to come. */
export const allocationSeeds = table('allocation_seeds', {
  studyId: key().primaryKey(),
  sealed: bytes().notNull(),
  keyId: label().notNull(),
  storedAt: moment().notNull(),
})
