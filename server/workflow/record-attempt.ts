/**
 * That staff tried to reach somebody by hand: called, went there, sent paper. What came of it is coded; what the next caller has to
 * know is sealed with the contact data, for it may well say who somebody is.
 */
import { compare, dayOf, localDay, parseDay } from '../../protocols/local-time.ts'
import type { Context } from '../context.ts'
import type { AttemptMeans, AttemptOutcome } from '../db/study-schema/contact-attempts.ts'
import type { Db } from '../db/tx.ts'
import { Failure } from '../failure.ts'
import { type Assignment, answerable, assignmentsOfCase } from '../queries/assignments.ts'
import { type ContactAttempt, insertAttempt } from '../queries/contact-attempts.ts'
import { recordEvent } from '../queries/events.ts'
import { findParticipant, type Participant } from '../queries/participants.ts'
import { correctContact } from '../queries/people.ts'
import type { CaseKey } from './add-participant.ts'
import { assertKey } from './assert-key.ts'
import { isDate } from './check-case.ts'
import { inBoth } from './in-both.ts'
import { needCase } from './need-case.ts'
import { closesOn, isOpen } from './packet.ts'
import { refuseEntry } from './person-of-case.ts'
import { nameOf } from './pick-participant.ts'
import { noteRefusal } from './said-no.ts'

export { attemptMeans, attemptOutcomes } from '../db/study-schema/contact-attempts.ts'

export interface AttemptEntry {
  means: AttemptMeans
  outcome: AttemptOutcome
  /** About all that they are asked unless given. */
  wave?: string | undefined
  /** The day on which it was tried; today unless given. */
  triedOn?: string | undefined
  /** Until this day nobody has to try again. Needed where somebody asked for it. */
  nextOn?: string | undefined
  /** How and when somebody is best reached; what it was unless given, empty when that holds no more. */
  reaching?: string | undefined
}

/** A try may be written down some days later, and no longer than this after. */
const daysBack = 60
/** Room for a few sentences. */
export const longestReaching = 500

/** Refuses with every field that cannot be taken. Throws a Failure for somebody who does not take part any more. */
export async function recordAttempt(
  context: Context,
  { study, code }: CaseKey,
  participantId: string,
  entry: AttemptEntry,
  staff: string,
): Promise<void> {
  const { stores, clock } = context
  const { found, protocol } = await needCase(context, study, code)
  if (entry.reaching !== undefined) await assertKey(context)
  const now = clock.now()
  const today = dayOf(now, protocol.timeZone)
  const { triedOn = today, wave, nextOn = null, means, outcome } = entry
  const record = async (tx: Db): Promise<void> => {
    const participant = (await findParticipant(tx, participantId)) as Participant
    if (participant.state !== 'active')
      throw new Failure(`${nameOf(participant)} does not take part any more. Nothing was recorded.`, 'stopped')
    const theirs = (await assignmentsOfCase(tx, found.id)).filter((one) => one.participantId === participantId)
    refuseEntry(faultsOf({ ...entry, triedOn }, theirs, { now, today, timeZone: protocol.timeZone }))
    const about = { caseId: found.id, participantId, wave: wave ?? null }
    const attempt = await insertAttempt(tx, { ...about, means, outcome, triedOn, nextOn, staffId: staff, at: now })
    await recordEvent(tx, { at: now, studyId: found.studyId, ...about, kind: 'contact attempt', detail: { attempt, staff } })
    if (outcome === 'refused') await noteRefusal(tx, found.studyId, participant, now)
  }
  const reaching = entry.reaching === undefined ? undefined : entry.reaching.trim() || null
  // Together: what is refused leaves no words behind.
  if (reaching === undefined) await stores.study.withTx(record)
  else await inBoth(context, (tx) => keepReaching(tx, context, participantId, reaching, now), record)
}

function faultsOf(
  { wave, triedOn, nextOn, outcome, reaching = '' }: AttemptEntry & { triedOn: string },
  theirs: readonly Assignment[],
  { now, today, timeZone }: { now: string; today: string; timeZone: string },
): { field: string; reason: string }[] {
  const meant = theirs.filter((one) => wave === undefined || one.wave === wave)
  const earliest = parseDay(today).subtract({ days: daysBack }).toString()
  const ahead = meant.filter((one) => answerable.includes(one.state) && one.closesAt > now)
  const open = ahead.filter((one) => isOpen(one, now))
  // What is open is what they are called about: nobody rests past the first of it that closes.
  const [last] = (open.length > 0 ? open : ahead).map((one) => closesOn(one, timeZone)).sort()
  const isAhead = nextOn === undefined || (isDate(nextOn) && nextOn > today && (last === undefined || nextOn <= last))
  const isNeeded = outcome === 'call back' && nextOn === undefined
  return [
    ...(wave !== undefined && meant.length === 0 ? [{ field: 'wave', reason: 'nothing is asked of them in this wave' }] : []),
    ...(isDate(triedOn) && triedOn <= today && triedOn >= earliest
      ? []
      : [{ field: 'triedOn', reason: `not a day of the last ${daysBack}` }]),
    ...(isAhead ? [] : [{ field: 'nextOn', reason: `not a day after today${last === undefined ? '' : ` up to ${last}`}` }]),
    ...(isNeeded ? [{ field: 'nextOn', reason: 'say on which day they want to be called' }] : []),
    ...(outcome === 'refused' && nextOn !== undefined ? [{ field: 'nextOn', reason: 'nobody tries again after a refusal' }] : []),
    ...(reaching.trim().length > longestReaching ? [{ field: 'reaching', reason: `more than ${longestReaching} characters` }] : []),
  ]
}

/** Throws a Failure where the contact data are gone: then there is no place for it. */
async function keepReaching(tx: Db, { sealer }: Context, participantId: string, reaching: string | null, now: string): Promise<void> {
  if (!(await correctContact(tx, sealer, participantId, { reaching }, now)) && reaching !== null)
    throw new Failure(
      'There are no contact data of this person any more: leave out how they are reached. Nothing was recorded.',
      'no-contact-data',
    )
}

export interface ToTry {
  wave: string
  /** When the first of what they are asked about closes. */
  closesAt: string
  /** Whether they said no, and nobody has decided yet: that counts for all waves, whatever was tried since. */
  saidNo: boolean
}

/**
 * What staff do next, of what was tried about one wave. The last word counts, by the day on which it was said; that about everything counts
 * for each wave, and a refusal that stands before all others. Nobody rests past the day on which lists close.
 */
export function standingOf(attempts: readonly ContactAttempt[], { wave, closesAt, saidNo }: ToTry, now: string, timeZone: string) {
  const inOrder = attempts.toSorted((a, b) => compare(a.triedOn, b.triedOn) || a.id - b.id)
  const about = inOrder.filter((one) => one.wave === null || one.wave === wave)
  const refusal = saidNo ? inOrder.findLast(({ outcome }) => outcome === 'refused') : undefined
  const last = refusal ?? about.at(-1)
  const nextOn = last?.nextOn ?? null
  return {
    attempts: about.length,
    last: last ? { means: last.means, outcome: last.outcome, triedOn: last.triedOn, nextOn } : null,
    /** Whether nobody has to do anything yet. */
    isResting: nextOn !== null && nextOn > localDay(now, timeZone).toString() && nextOn <= closesOn({ closesAt }, timeZone),
  }
}
