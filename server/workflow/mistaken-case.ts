/** A family that does not belong in the study, because it was registered twice perhaps: nothing is asked of it and it is counted nowhere. */
import type { Changes } from '../../protocols/changes.ts'
import type { Protocol } from '../../protocols/schema.ts'
import { type Reach, reaches } from '../access/roles.ts'
import type { Context } from '../context.ts'
import { type MistakeReason, mistakeReasons } from '../db/study-schema/cases.ts'
import type { Db } from '../db/tx.ts'
import { Failure } from '../failure.ts'
import { lotOfCase } from '../queries/allocations.ts'
import { assignmentsOfCase } from '../queries/assignments.ts'
import { type Case, findCase, findCaseByCode, setMistaken, takenOutAs } from '../queries/cases.ts'
import { attemptsOfCase } from '../queries/contact-attempts.ts'
import { entriesOfCase } from '../queries/entries.ts'
import { recordEvent } from '../queries/events.ts'
import { comparedWith, indexCaseOf } from '../queries/matches.ts'
import { cancelMessage, messagesOfCase } from '../queries/messages.ts'
import { participantsOfCase } from '../queries/participants.ts'
import { countPrinted } from '../queries/removal.ts'
import { samplesOfCase } from '../queries/samples.ts'
import { passSessionsOn } from '../queries/sessions.ts'
import type { CaseKey } from './add-participant.ts'
import { isIncluded } from './caseload.ts'
import { takeMatchBack } from './match-case.ts'
import { needCase } from './need-case.ts'
import { nameOf } from './pick-participant.ts'
import { replanCase } from './replan-case.ts'
import type { Told } from './told.ts'

export { mistakeReasons }

export interface MistakeEntry {
  reason: MistakeReason
  /** Code of the other case of the same family; with the reason `double`, and only then. */
  sameAs?: string | undefined
}

export interface TakenOut {
  changes: Changes
  /** What whoever does it has to know, in the order in which it is best read. */
  notes: MistakeNote[]
}

/**
 * - stopped: somebody said there that they do not take part, which the other case does not know
 * - refused: somebody said no when they were asked by hand, and nobody has recorded that they stop
 * - sent: so many mails went out, and their links open nothing any more
 * - tried: so often somebody was asked by hand: a list on paper may come back, and is of nobody then
 * - printed: so many times a list was printed at the desk, which may come back
 * - lot: an arm was drawn for the family; lots are not given back
 */
export type MistakeNote =
  | { is: 'stopped' | 'refused'; who: { role: string; number: number }[] }
  | { is: 'sent' | 'tried' | 'printed'; count: number }
  | { is: 'lot'; arm: string }

/**
 * Records that a case does not belong in the study, and calls off what was planned. Its links are dead; all that was recorded stays.
 *
 * Throws a Failure, and changes nothing, for a case that is one already, while anything that was answered there is kept, for one that is
 * in a sample, with which another case is compared, or that stays of two that are the same, and where the other case is missing, unknown,
 * outside `within` or itself a mistake.
 */
export async function takeCaseOut(
  context: Context,
  { study: studyId, code }: CaseKey,
  { reason, sameAs }: MistakeEntry,
  told: Told | { why: string },
  within: Reach = 'everywhere',
): Promise<TakenOut> {
  const { found: known } = await needCase(context, studyId, code)
  return await context.stores.study.withTx(async (tx) => {
    const found = (await findCase(tx, known.id)) as Case
    if (found.mistakenAt !== null) fail(`${code} is out of the study already`, 'mistaken-case')
    const other = await otherCase(tx, found, { reason, sameAs }, within)
    await refuseStaying(tx, found, within)
    await refuseUsed(tx, found, other, within)
    const now = context.clock.now()
    const notes = await notesOf(tx, found)
    await setMistaken(tx, found.id, { mistakenAt: now, mistakeReason: reason, sameAsId: other?.id ?? null })
    const detail = { reason, ...(other && { sameAs: other.code }), ...told }
    await recordEvent(tx, { at: now, studyId, caseId: found.id, kind: 'case taken out', detail })
    const changes = await replanCase(tx, context, found.id)
    // Confirmations and what was to be sent again are in no plan.
    for (const { id, state } of await messagesOfCase(tx, found.id))
      if (state === 'planned') await cancelMessage(tx, id, 'case taken out', now)
    for (const { id } of await participantsOfCase(tx, found.id))
      if (!(await isIncluded(tx, context, { id }))) await passSessionsOn(tx, id, null)
    return { changes, notes }
  })
}

/**
 * Puts such a case back: what the protocol still asks is asked. A match with an index case that cannot be one any more, because it was
 * taken out or moved meanwhile, is undone: the record says what it was. Throws a Failure, and changes nothing, for one that is in the study,
 * or of which contact data are gone.
 */
export async function putCaseBack(
  context: Context,
  { study: studyId, code }: CaseKey,
  told: Told | { why: string },
): Promise<{ changes: Changes }> {
  const { found: known, protocol } = await needCase(context, studyId, code, { evenMistaken: true })
  return await context.stores.study.withTx(async (tx) => {
    const found = (await findCase(tx, known.id)) as Case
    if (found.mistakenAt === null) fail(`${code} is in the study`, 'case-in-use')
    await refuseForgotten(tx, protocol, found)
    const now = context.clock.now()
    await setMistaken(tx, found.id, { mistakenAt: null, mistakeReason: null, sameAsId: null })
    await recordEvent(tx, { at: now, studyId, caseId: found.id, kind: 'case put back', detail: { ...told } })
    await undoLostMatch(tx, protocol, found, { now, told })
    return { changes: await replanCase(tx, context, found.id) }
  })
}

async function otherCase(tx: Db, found: Case, { reason, sameAs }: MistakeEntry, within: Reach): Promise<Case | undefined> {
  if (reason !== 'double') {
    if (sameAs !== undefined) fail('Another case is named only of a family that was registered twice', 'same-as')
    return undefined
  }
  if (sameAs === undefined) fail('Of a family that was registered twice, say which case stays', 'same-as')
  const other = await findCaseByCode(tx, found.studyId, sameAs as string)
  if (!other || !reaches(within, other.region)) return fail(`There is no case ${sameAs} in ${found.studyId}`, 'no-other')
  if (other.id === found.id) fail(`${sameAs} is this case itself: name the other one`, 'no-other')
  if (other.mistakenAt !== null) fail(`${sameAs} does not belong in the study either: name the case that stays`, 'no-other')
  return other
}

/** The family that stays, of one that was registered twice: without it both would be gone. */
async function refuseStaying(tx: Db, found: Case, within: Reach): Promise<void> {
  const { code } = found
  const [gone] = await takenOutAs(tx, found)
  if (!gone) return
  const named = reaches(within, gone.region)
  fail(
    `${named ? gone.code : 'A case of another region'} was taken out as the same family as ${code}, which stays: put that one back first`,
    'stays',
    named ? { code: gone.code } : {},
  )
}

async function refuseUsed(tx: Db, found: Case, other: Case | undefined, within: Reach): Promise<void> {
  const { code } = found
  if (await isAnswered(tx, found.id)) {
    if (!other)
      fail(
        `Something was answered in ${code}, and no answer is thrown away: record for its people that they stop, and what they answered counts; once all of it was erased, ${code} can be taken out`,
        'answered',
      )
    else if (await isAnswered(tx, other.id))
      fail(
        `Something was answered in both ${code} and ${other.code}, and no answer is thrown away or moved: let those of one of them stop, with a reason`,
        'both-answered',
        { code, other: other.code },
      )
    else
      fail(
        `Something was answered in ${code} and nothing in ${other.code}: take ${other.code} out, as the same family as ${code}`,
        'other-way',
        {
          code,
          other: other.code,
        },
      )
  }
  const samples = await samplesOfCase(tx, found.id)
  if (samples.length > 0) fail(`${code} is in the sample ${samples.join(', ')}: replace it there first`, 'sampled')
  const [shadow] = await comparedWith(tx, found.id)
  if (shadow) {
    const named = reaches(within, shadow.region)
    const who = named ? shadow.code : 'A case of another region'
    fail(`${who} is compared with ${code}: match it to another case first`, 'compared', named ? { code: shadow.code } : {})
  }
}

/** Whether anybody began, answered or typed in anything that is still there: of whom or about whom answers were erased, nothing is. */
async function isAnswered(tx: Db, caseId: string): Promise<boolean> {
  const erased = new Set(
    (await participantsOfCase(tx, caseId)).flatMap(({ id, answersErasedAt }) => (answersErasedAt === null ? [] : [id])),
  )
  const begun = (await assignmentsOfCase(tx, caseId)).filter(({ startedAt, state }) => startedAt !== null || state === 'completed')
  const isGone = (id: string | null): boolean => id !== null && erased.has(id)
  if (begun.some(({ participantId, aboutId }) => !isGone(participantId) && !isGone(aboutId))) return true
  return (await entriesOfCase(tx, caseId)).length > 0
}

async function notesOf(tx: Db, found: Case): Promise<MistakeNote[]> {
  const mails = (await messagesOfCase(tx, found.id)).filter(({ state }) => state === 'sent' || state === 'claimed' || state === 'unknown')
  const people = await participantsOfCase(tx, found.id)
  const attempts = await attemptsOfCase(tx, found.id)
  const stopped = people.filter(({ state }) => state === 'declined' || state === 'withdrawn')
  const refused = people.filter(
    ({ id, state }) => state === 'active' && attempts.some(({ participantId, outcome }) => participantId === id && outcome === 'refused'),
  )
  const named = [
    { is: 'stopped' as const, who: stopped.map(({ role, number }) => ({ role, number })) },
    { is: 'refused' as const, who: refused.map(({ role, number }) => ({ role, number })) },
  ]
  const counted = [
    { is: 'sent' as const, count: new Set(mails.map(({ mailId, id }) => mailId ?? id)).size },
    { is: 'tried' as const, count: attempts.length },
    { is: 'printed' as const, count: await countPrinted(tx, found.id) },
  ]
  const lot = await lotOfCase(tx, found.id)
  return [
    ...named.filter(({ who }) => who.length > 0),
    ...counted.filter(({ count }) => count > 0),
    ...(lot ? [{ is: 'lot' as const, arm: lot.arm }] : []),
  ]
}

async function refuseForgotten(tx: Db, { roles }: Protocol, found: Case): Promise<void> {
  const gone = (await participantsOfCase(tx, found.id)).filter(
    ({ state, role, contactRemovedAt }) => state === 'active' && contactRemovedAt !== null && roles[role]?.mail,
  )
  if (gone.length > 0)
    fail(`Contact data of ${gone.map(nameOf).join(', ')} were removed: nobody could be written to. Register the family anew`, 'no-contact')
}

async function undoLostMatch(
  tx: Db,
  { matching }: Protocol,
  found: Case,
  { now, told }: { now: string; told: Told | { why: string } },
): Promise<void> {
  const index = await indexCaseOf(tx, found)
  if (!index || (index.mistakenAt === null && index.cohort !== matching?.cohort)) return
  await takeMatchBack(tx, found, index, { at: now, told })
}

function fail(why: string, code: string, details: Record<string, unknown> = {}): never {
  throw new Failure(`${why}. Nothing was changed.`, code, details)
}
