/** What was answered, and how it scored. See docs/database.md. */
import type { Answers } from '../../../instruments/schema.ts'
import { belongsTo, day, decimal, index, json, key, label, moment, serial, table, uniqueIndex, whole } from '../columns.ts'
import { assignments } from './assignments.ts'
import type { EntryMeans } from './entries.ts'

/** What somebody has typed and not sent yet; gone once the response is there. */
export const drafts = table('drafts', {
  assignmentId: key()
    .primaryKey()
    .references(() => assignments.id),
  /** Counts up by one a save; a save that builds on an older one is refused. */
  revision: whole().notNull(),
  answers: json<Answers>().notNull(),
  page: label(),
  savedAt: moment().notNull(),
  /** On which device each answer was given; to every other one it is sealed. An item without an entry is sealed to all. */
  givenOn: json<Record<string, string>>().notNull().default({}),
  /** The device that saved last, and what it called that save: a page knows its own by it. */
  deviceId: key(),
  saveId: label(),
  /** Seconds that the timer of the page ran so far, where whoever asks the questions started it. */
  duration: whole(),
})

export const responses = table(
  'responses',
  {
    id: key().primaryKey(),
    assignmentId: belongsTo(() => assignments.id),
    instrumentId: label().notNull(),
    instrumentVersion: label().notNull(),
    /** sha256 of the definition as it was shown. */
    definitionHash: label().notNull(),
    answers: json<Answers>().notNull(),
    /** Items that were asked and left open on purpose. */
    skipped: json<string[]>().notNull(),
    /** Items that a condition kept from being asked. */
    notApplicable: json<string[]>().notNull(),
    language: label().notNull(),
    /** By which the translation is known that was shown, see server/definitions/translation-checksum.ts. Null in a language of the definition itself. */
    translation: label(),
    submittedAt: moment().notNull(),
    /** What the page called this submission, by which it is known when it comes a second time. */
    submissionId: label(),
    /** Seconds by the timer, see drafts. No answer: how long an interview took. */
    duration: whole(),
    /** Where staff typed it in on behalf of somebody: id of the account, how they came by it, and the day on which it was answered. */
    enteredBy: key(),
    means: label().$type<EntryMeans>(),
    answeredOn: day(),
    /** Seconds that typing it in took; of what was typed twice both together. */
    entryDuration: whole(),
  },
  (t) => [uniqueIndex('responses_assignment').on(t.assignmentId)],
)

export const scores = table(
  'scores',
  {
    /** Of two scores of the same response and scale the one with the higher id is the one that counts. */
    id: serial(),
    responseId: belongsTo(() => responses.id),
    instrumentId: label().notNull(),
    instrumentVersion: label().notNull(),
    scale: label().notNull(),
    raw: decimal(),
    missing: whole().notNull(),
    /** Why there is no raw score or no z, as a code of the score vocabulary. */
    reason: label(),
    z: decimal(),
    band: label(),
    normId: label(),
    normVersion: label(),
    normStatus: label(),
    stratum: label(),
    /** Of costs: the price table by which they were counted. */
    priceTableId: label(),
    priceTableVersion: label(),
    inputHash: label().notNull(),
    scoredAt: moment().notNull(),
  },
  (t) => [index('scores_response').on(t.responseId, t.scale)],
)
