/** A window that stays open longer for one participant: what was typed is kept, and a list that expired opens again. */
import type { Changes } from '../../protocols/changes.ts'
import { dayOf, parseDay, startOfDay } from '../../protocols/local-time.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/tx.ts'
import { Failure } from '../failure.ts'
import { assignmentsOfParticipant } from '../queries/assignments.ts'
import { recordEvent } from '../queries/events.ts'
import { putExtension } from '../queries/extensions.ts'
import { keepLinksUntil } from '../queries/links.ts'
import { findParticipant, type Participant } from '../queries/participants.ts'
import type { CaseKey } from './add-participant.ts'
import { isDate } from './check-case.ts'
import { needCase } from './need-case.ts'
import { nameOf } from './pick-participant.ts'
import { replanCase } from './replan-case.ts'
import type { Told } from './told.ts'

export interface ExtensionEntry {
  wave: string
  /** The last day on which answers are taken, `YYYY-MM-DD`. */
  lastDay: string
}

/** So many days from now at most: a wave that stays open for a year is another wave. */
const daysAtMost = 366

/**
 * Keeps every list of a wave open for one participant until the end of a day, and the links in the mails about it with them. Lists
 * that expired open again at the next pass of the ticker. Returns what that changes.
 *
 * Throws a Failure, and changes nothing, for somebody who does not take part, a wave without unanswered lists, a day that is not
 * after the one on which the window closes now, that is over, or that lies more than a year ahead.
 */
export async function extendWindow(
  context: Context,
  { study: studyId, code }: CaseKey,
  participantId: string,
  { wave, lastDay }: ExtensionEntry,
  told: Told,
): Promise<Changes> {
  const { found, protocol } = await needCase(context, studyId, code)
  return await context.stores.study.withTx(async (tx) => {
    const now = context.clock.now()
    const closesNow = await closingOf(tx, participantId, wave)
    const closesAt = isDate(lastDay) ? startOfDay(parseDay(lastDay).add({ days: 1 }), protocol.timeZone) : ''
    const latest = parseDay(dayOf(now, protocol.timeZone)).add({ days: daysAtMost }).toString()
    if (closesAt <= now || closesAt <= closesNow || lastDay > latest)
      throw new Failure(
        `"${lastDay}" is not a day after the one on which the window closes, within a year. Nothing was changed.`,
        'last-day',
      )
    await putExtension(tx, { caseId: found.id, participantId, wave, closesAt, recordedAt: now })
    await keepLinksUntil(tx, { participantId, wave }, closesAt)
    const detail = { from: closesNow, to: closesAt, ...told }
    await recordEvent(tx, { at: now, studyId, caseId: found.id, participantId, wave, kind: 'window extended', detail })
    return await replanCase(tx, context, found.id)
  })
}

/** When the last unanswered list of the wave closes. */
async function closingOf(tx: Db, participantId: string, wave: string): Promise<string> {
  const participant = (await findParticipant(tx, participantId)) as Participant
  if (participant.state !== 'active') throw new Failure(`${nameOf(participant)} has ${participant.state}. Nothing was changed.`, 'stopped')
  const unanswered = (await assignmentsOfParticipant(tx, participantId)).filter(
    (one) => one.wave === wave && one.state !== 'completed' && one.state !== 'cancelled',
  )
  const last = unanswered
    .map(({ closesAt }) => closesAt)
    .toSorted()
    .at(-1)
  if (last === undefined)
    throw new Failure(`${nameOf(participant)} has no unanswered list at ${wave}. Nothing was changed.`, 'nothing-open')
  return last
}
