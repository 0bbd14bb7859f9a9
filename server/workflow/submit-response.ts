/** Takes a completed list: checks it, stores the response and its scores, and closes the assignment, all in one transaction. */
import { type AnswerCheck, answerChecker } from '../../instruments/answers.ts'
import { formatReference } from '../../instruments/definition.ts'
import type { Instrument } from '../../instruments/schema.ts'
import type { Yardstick } from '../../norms/assess.ts'
import { dayOf } from '../../protocols/local-time.ts'
import type { Protocol } from '../../protocols/schema.ts'
import type { Context } from '../context.ts'
import type { EntryMeans } from '../db/study-schema/entries.ts'
import type { Db } from '../db/tx.ts'
import { normsOfStudy, pricesOfStudy } from '../definitions/norms-of-study.ts'
import { translationChecksum } from '../definitions/translation-checksum.ts'
import { type Assignment, completeAssignment, firstOfMailbox, type Unfinished, unfinishedInWave } from '../queries/assignments.ts'
import { findDraft, removeDraft } from '../queries/drafts.ts'
import { recordEvent } from '../queries/events.ts'
import { cancelMessagesOfWave } from '../queries/messages.ts'
import type { Respondent } from '../queries/participants.ts'
import { findResponseOf, insertResponse, insertScores, newResponseId } from '../queries/responses.ts'
import { Refusal } from '../refusal.ts'
import { listInEvent } from './about-whom.ts'
import { seesCases } from './caseload.ts'
import { needOpen, respondentFor } from './find-own-assignment.ts'
import { needConsent } from './need-consent.ts'
import { needEnterable } from './need-enterable.ts'
import { needLanguage } from './need-language.ts'
import { instrumentOf } from './packet.ts'
import { raiseAlarms } from './raise-alarms.ts'
import { replanCase } from './replan-case.ts'
import { needNewest } from './save-draft.ts'
import { packetOrder } from './schedule-order.ts'
import { factsOf, scoreRows, sha256 } from './score-response.ts'
import { visibleDraft, withSealed } from './sealed-answers.ts'
import type { Who } from './study-of-participant.ts'

export interface Submission {
  answers: unknown
  /** Items that the person chose to leave open. */
  skipped: string[]
  /** Language in which the list was shown. */
  language: string
  /** Items whose answers of another device, kept in the draft, are sent along; without it all that are sealed from this one. */
  sealed?: string[] | undefined
  /** The revision of the draft that this builds on. When another device saved a later one, that has to be decided first. */
  revision?: number | undefined
  /** Seconds that the page's timer ran; without it those that came with the draft. */
  duration?: number | undefined
  /** What the page calls this submission. The same one again is answered the same and stored once. */
  save?: string | undefined
  /** Where staff typed it in. The participant's own draft has no part in it then, and stays. */
  entered?: Entered | undefined
}

/** Who typed it in (id of the account), how they came by it, the day on which it was answered, and how long typing took. */
export type Entered = Record<'enteredBy' | 'answeredOn', string> & { means: EntryMeans; typedMs: number }

export interface Submitted {
  completed: true
  /** The next list of this wave that is open, if there is one; of somebody with several cases else the first of another case. */
  next: string | null
}

/**
 * Stores a submission and resolves when it is on disk. The same submission again is answered the same and stored once;
 * another one for a list that is already completed is refused.
 */
export async function submitResponse(context: Context, who: Who, id: string, submission: Submission): Promise<Submitted> {
  // All in one transaction, the checks too: they take microseconds, and see the state that the response will be written to.
  return await context.stores.study.withTx((tx) => submitWithin(tx, context, who, id, submission))
}

/** The same within a transaction that does more. */
export async function submitWithin(tx: Db, context: Context, who: Who, id: string, submission: Submission): Promise<Submitted> {
  const { clock } = context
  const { respondent, protocol, deviceId, assignment } = await respondentFor(tx, context, who, id)
  const instrument = instrumentOf(context, assignment)
  const draft = await findDraft(tx, id)
  const { entered } = submission
  const given = entered ? submission.answers : withSealed(submission.answers, draft, deviceId, submission.sealed)
  const check = answerChecker(instrument)(given)
  const now = clock.now()
  if (assignment.state === 'completed' && (await isSame(tx, id, check, submission)))
    return { completed: true, next: (await nextList(tx, protocol, assignment, now)) ?? (await nextCase(tx, protocol, respondent, now)) }
  if (entered) needEnterable(context, protocol, respondent, assignment, entered.answeredOn)
  else needOpen(context, respondent, assignment)
  if (submission.revision !== undefined) needNewest(draft, submission.revision, (newest) => visibleDraft(newest, deviceId, instrument))
  await needLanguage(tx, context, { studyId: respondent.studyId, protocol }, submission.language)
  await needConsent(tx, protocol, respondent)
  refuseIncomplete(check, submission.skipped)

  const translation = translationChecksum(context.definitions.translated.instruments.of(formatReference(instrument), submission.language))
  const response = responseRow(
    assignment,
    instrument,
    check,
    { ...submission, duration: submission.duration ?? (entered ? undefined : (draft?.duration ?? undefined)), translation },
    now,
  )
  await insertResponse(tx, response)
  const yardstick: Yardstick = {
    instrument,
    tables: normsOfStudy(context.definitions, protocol, respondent.adoptedNorms),
    bandSets: context.definitions.norms.bandSets,
    priceTables: pricesOfStudy(context.definitions, protocol),
  }
  const completedOn = entered?.answeredOn ?? dayOf(now, protocol.timeZone)
  const facts = factsOf(respondent, completedOn)
  await insertScores(tx, scoreRows(yardstick, check, facts, response.id, { now, completedOn }))
  await completeAssignment(tx, id, now)
  if (!entered) await removeDraft(tx, id)
  await recordEvent(tx, {
    at: now,
    studyId: respondent.studyId,
    caseId: respondent.caseId,
    participantId: respondent.id,
    wave: assignment.wave,
    kind: 'completed',
    detail: {
      ...listInEvent(assignment),
      version: instrument.version,
      skipped: response.skipped.length,
      ...(entered && { means: entered.means, answeredOn: entered.answeredOn, by: entered.enteredBy }),
    },
  })
  await raiseAlarms(tx, protocol, respondent, { instrument: instrument.id, answers: check.answers, now })
  if (isAskedAfter(protocol, instrument.id)) await replanCase(tx, context, respondent.caseId)
  const left = await unfinishedInWave(tx, respondent.id, assignment.wave)
  if (left.length === 0) await cancelMessagesOfWave(tx, { participantId: respondent.id, wave: assignment.wave, reason: 'completed', now })
  return { completed: true, next: first(left, protocol, now) ?? (await nextCase(tx, protocol, respondent, now)) }
}

/** Whether what is asked of a case depends on the answers to this instrument. */
export const isAskedAfter = ({ schedule }: Protocol, instrument: string): boolean =>
  schedule.some(({ when }) => when?.answers?.instrument === instrument)

/** Refuses answers that are wrong, and open questions that nobody chose to leave open. */
export function refuseIncomplete(check: AnswerCheck, skipped: string[]): void {
  if (check.problems.length > 0) throw new Refusal('answers-invalid', { problems: check.problems })
  const required = new Set(check.required.map(({ item }) => item))
  const missing = check.open.filter(({ item }) => required.has(item) || !skipped.includes(item))
  if (missing.length > 0)
    throw new Refusal('answers-missing', { missing: missing.map(({ item, page }) => ({ item, page, required: required.has(item) })) })
}

const responseRow = (
  { id }: Assignment,
  instrument: Instrument,
  check: AnswerCheck,
  { language, translation, save, duration, entered }: Submission & { translation: string | null },
  now: string,
) => ({
  id: newResponseId(now),
  assignmentId: id,
  instrumentId: instrument.id,
  instrumentVersion: instrument.version,
  definitionHash: definitionHash(instrument),
  answers: check.answers,
  skipped: check.open.map(({ item }) => item),
  notApplicable: check.notApplicable,
  language,
  translation,
  submittedAt: now,
  submissionId: save ?? null,
  duration: duration ?? null,
  enteredBy: entered?.enteredBy ?? null,
  means: entered?.means ?? null,
  answeredOn: entered?.answeredOn ?? null,
  entryDuration: entered === undefined ? null : Math.round(entered.typedMs / 1000),
})

const hashes = new WeakMap<Instrument, string>()

/** sha256 of an instrument as it was read, as responses keep it. */
export function definitionHash(instrument: Instrument): string {
  const known = hashes.get(instrument) ?? sha256(JSON.stringify(instrument))
  hashes.set(instrument, known)
  return known
}

/** By its name where it has one: answers that were sealed are no longer kept apart, and nothing may tell what they were. */
async function isSame(tx: Db, assignmentId: string, { answers, problems }: AnswerCheck, { save }: Submission): Promise<boolean> {
  const stored = await findResponseOf(tx, assignmentId)
  if (save !== undefined && stored?.submissionId === save) return true
  return problems.length === 0 && JSON.stringify(stored?.answers) === JSON.stringify(answers)
}

async function nextList(
  tx: Db,
  protocol: Protocol,
  { participantId, wave }: Pick<Assignment, 'participantId' | 'wave'>,
  now: string,
): Promise<string | null> {
  return first(await unfinishedInWave(tx, participantId, wave), protocol, now)
}

async function nextCase(
  tx: Db,
  protocol: Protocol,
  { mailboxKey, role, studyId, caseId }: Respondent,
  now: string,
): Promise<string | null> {
  if (mailboxKey === null || !seesCases(protocol, role)) return null
  const other = await firstOfMailbox(tx, { mailboxKey, role, studyId, caseId }, now)
  return other ? await nextList(tx, protocol, other, now) : null
}

function first(left: Unfinished[], protocol: Protocol, now: string): string | null {
  return left.toSorted(packetOrder(protocol)).find(({ opensAt, closesAt }) => opensAt <= now && now < closesAt)?.id ?? null
}
