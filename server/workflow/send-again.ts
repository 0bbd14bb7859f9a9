/** An invitation once more, with a link of its own, for somebody whose lists are open: staff ask for it. */
import { dayOf } from '../../protocols/local-time.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/tx.ts'
import { Failure } from '../failure.ts'
import { messageIdFor } from '../mail/message-id.ts'
import { invites, repeatKind } from '../mail/repeats.ts'
import { newId } from '../new-id.ts'
import { assignmentsOfParticipant } from '../queries/assignments.ts'
import { recordEvent } from '../queries/events.ts'
import { passLinksOn } from '../queries/links.ts'
import { cancelMessage, hastenMessage, insertMessages, type Message, messagesOfCase } from '../queries/messages.ts'
import { findParticipant, type Participant } from '../queries/participants.ts'
import { passSessionsOn } from '../queries/sessions.ts'
import { closeMessageTask } from '../queries/tasks.ts'
import type { CaseKey } from './add-participant.ts'
import type { MailTask } from './message-records.ts'
import { needCase } from './need-case.ts'
import { isOpen } from './packet.ts'
import { nameOf } from './pick-participant.ts'
import { standsRefused } from './said-no.ts'
import type { Told } from './told.ts'

export interface AgainEntry {
  wave: string
  /** Whether links that went out before stop working: a mail that reached somebody else must open nothing. */
  closeLinks: boolean
}

/** What staff were to look into is seen to with this. */
const settledTasks: MailTask[] = ['message refused', 'message unknown', 'message delayed', 'message missed']

/**
 * Has the invitation go out once more at the next pass of the ticker; one that waits is brought forward. A reminder that is due today is
 * left out, so that nobody gets two mails about the same lists on one day.
 *
 * Throws a Failure, and changes nothing, when they do not take part, nothing of the wave is open, their address does not work, they said no
 * to a caller, no mail goes to their role, or an invitation is under way at this moment.
 */
export async function sendAgain(context: Context, { study: studyId, code }: CaseKey, participantId: string, entry: AgainEntry, told: Told) {
  const { found, protocol } = await needCase(context, studyId, code)
  return await context.stores.study.withTx(async (tx) => {
    const now = context.clock.now()
    const participant = (await findParticipant(tx, participantId)) as Participant
    if (!protocol.roles[participant.role]?.mail || participant.withoutMailAt !== null)
      throw new Failure(`No mail goes to ${nameOf(participant)}. Nothing was changed.`, 'no-mail')
    await refuseUnready(tx, studyId, participant, entry.wave, now)
    const ofWave = (await messagesOfCase(tx, found.id)).filter((one) => one.participantId === participantId && one.wave === entry.wave)
    const earlier = ofWave.filter(({ kind }) => invites(kind))
    if (earlier.some(({ state }) => state === 'claimed'))
      throw new Failure('The invitation is going out at this moment. Nothing was changed.', 'under-way')

    const today = dayOf(now, protocol.timeZone)
    for (const { id, kind, state, nextAt } of ofWave)
      if (!invites(kind) && state === 'planned' && dayOf(nextAt, protocol.timeZone) <= today) await cancelMessage(tx, id, 'passed', now)
    const waiting = earlier.find(({ state }) => state === 'planned')
    if (waiting) await hastenMessage(tx, waiting.id, now)
    else await insertMessages(tx, [newInvitation(context, participant, { studyId, wave: entry.wave, number: earlier.length + 1, now })])
    for (const { id } of ofWave) for (const kind of settledTasks) await closeMessageTask(tx, id, kind, now)
    if (entry.closeLinks) {
      await passLinksOn(tx, participantId, null)
      await passSessionsOn(tx, participantId, null)
    }
    const detail = { ...(entry.closeLinks && { closedLinks: true }), ...told }
    await recordEvent(tx, { at: now, studyId, caseId: found.id, participantId, wave: entry.wave, kind: 'sent again', detail })
  })
}

async function refuseUnready(tx: Db, studyId: string, participant: Participant, wave: string, now: string): Promise<void> {
  const called = nameOf(participant)
  if (participant.state !== 'active') throw new Failure(`${called} has ${participant.state}. Nothing was changed.`, 'stopped')
  if (participant.addressRefusedAt !== null)
    throw new Failure(`No mail goes to ${called}: correct the address first. Nothing was changed.`, 'address-refused')
  if (await standsRefused(tx, studyId, participant.id))
    throw new Failure(`${called} said no to a caller: decide about that first. Nothing was changed.`, 'said-no')
  const open = (await assignmentsOfParticipant(tx, participant.id)).filter((one) => one.wave === wave && isOpen(one, now))
  if (open.length === 0) throw new Failure(`Nothing is open for ${called} at ${wave}. Nothing was changed.`, 'nothing-open')
}

function newInvitation(
  { baseUrl }: Context,
  { id: participantId, caseId }: Participant,
  { studyId, wave, number, now }: { studyId: string; wave: string; number: number; now: string },
): Pick<Message, 'id' | 'studyId' | 'caseId' | 'participantId' | 'wave' | 'kind' | 'dueAt' | 'nextAt' | 'messageId'> {
  // Where the plan never had one, this is the first all the same: the number tells repeats apart.
  const kind = repeatKind(Math.max(2, number))
  const messageId = messageIdFor({ studyId, participantId, wave, kind }, new URL(baseUrl).hostname)
  return { id: newId(), studyId, caseId, participantId, wave, kind, dueAt: now, nextAt: now, messageId }
}
