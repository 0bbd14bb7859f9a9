/** A mail that was taken and comes back later: the message is refused after all, and where its address is the reason, that is refused too. */
import type { Context } from '../context.ts'
import type { Db } from '../db/tx.ts'
import { withoutPerson } from '../mail/fate.ts'
import { type Notice, readNotice } from '../mail/notice.ts'
import { eventsOfCase } from '../queries/events.ts'
import { type Message, messagesInMail, messagesOfCase, settleMessage } from '../queries/messages.ts'
import { findParticipant, markAddressRefused } from '../queries/participants.ts'
import { findPerson, type Person } from '../queries/people.ts'
import { closeMessageTask } from '../queries/tasks.ts'
import { formerAddress } from './former-address.ts'
import { betweenCorrections } from './in-both.ts'
import { addMailTask, recordMessage } from './message-records.ts'

/**
 * - returned: recorded, for each message that was in the mail
 * - known: it had come back before
 * - still under way: the notice says that it is late, or was delivered
 * - of no mail here: no Message-ID in it belongs to a message that went out from here
 * - no notice: it is not about a mail that was not delivered
 */
export type NoticeOutcome = 'returned' | 'known' | 'still under way' | 'of no mail here' | 'no notice'

export interface TakenNotice {
  outcome: NoticeOutcome
  /** Whether the address that the case has now is refused. */
  addressRefused: boolean
  messages: { studyId: string; caseId: string; wave: string; kind: string }[]
}

/**
 * `raw`: a mail as it came. Changes nothing unless it is a notice that a mail from here will not be delivered. `isMeant`: of which
 * messages it is to be taken.
 */
export async function takeNotice(
  context: Context,
  raw: Uint8Array,
  isMeant: (message: Message) => boolean = () => true,
): Promise<TakenNotice> {
  const none = { addressRefused: false, messages: [] }
  const notice = await readNotice(raw)
  if (!notice) return { outcome: 'no notice', ...none }
  const { stores, clock } = context
  const messages = (await findMessages(stores.study.read, notice.about)).filter(isMeant)
  if (messages.length === 0) return { outcome: 'of no mail here', ...none }
  if (notice.action !== 'failed') return { outcome: 'still under way', ...none }
  return await betweenCorrections(context, async (tx, identity) => {
    const now = clock.now()
    const taken: TakenNotice = { outcome: 'known', ...none }
    for (const { id } of messages) {
      const message = (await findMessages(tx, notice.about)).find((one) => one.id === id)
      // What the outbox still holds has not come back: it is sent again by itself, or was never sent.
      if (!message || (message.state !== 'sent' && message.state !== 'unknown')) continue
      // Within: an address that was corrected before this is not refused for a mail that went to the one before.
      const person = await findPerson(identity, context.sealer, message.participantId)
      const refused = await comeBack(tx, message, notice, person, now)
      const { studyId, caseId, wave, kind } = message
      taken.outcome = 'returned'
      taken.addressRefused ||= refused
      taken.messages = [...taken.messages, { studyId, caseId, wave, kind }]
    }
    return taken
  })
}

/** The messages that a mail which came back is about; none where it is no notice. */
export async function messagesAbout(db: Db, raw: Uint8Array): Promise<Message[]> {
  const notice = await readNotice(raw)
  return notice ? await findMessages(db, notice.about) : []
}

/** The first Message-ID that is one of ours counts; of a mail for several cases, all messages that were in it. */
async function findMessages(db: Db, about: readonly string[]): Promise<Message[]> {
  for (const id of about) {
    const found = await messagesInMail(db, id)
    if (found.length > 0) return found
  }
  return []
}

/** Returns whether the address is refused. */
async function comeBack(tx: Db, message: Message, notice: Notice, person: Person | undefined, now: string): Promise<boolean> {
  const participant = await findParticipant(tx, message.participantId)
  const isCorrected = await isOfAnotherAddress(tx, message, notice, person)
  const detail = inWords(notice, person)
  await settleMessage(tx, message, { ...message, state: 'refused', settledAt: now, detail })
  await recordMessage(tx, message, 'returned', detail, now)
  // Whether it arrived is known now.
  await closeMessageTask(tx, message.id, 'message unknown', now)
  if (isCorrected) {
    if (!(await wentOutSince(tx, message))) await addMailTask(tx, message, 'message refused', formerAddress, now)
    return false
  }
  if (!isAboutAddress(notice.status)) {
    await addMailTask(tx, message, 'message refused', detail, now)
    return false
  }
  if (participant && participant.addressRefusedAt === null) {
    await markAddressRefused(tx, participant.id, now)
    await addMailTask(tx, message, 'address refused', detail, now)
  }
  return true
}

/** What the mail server said, without a name or an address: neither that of today nor the one to which the mail went. */
function inWords({ status, said, recipients }: Notice, person: Person | undefined): string {
  const toName = person?.name ?? ''
  const words = [...recipients, person?.email ?? ''].reduce((text, to) => withoutPerson(text, { to, toName }), said)
  return (status !== null && !words.includes(status) ? `${status} ${words}` : words).trim().slice(0, 300)
}

/**
 * RFC 3463: x.1.x is about the address, 2.1 a mailbox that is closed, 4.4 a domain that leads nowhere. A mailbox that is full, a refusal
 * by policy and a mail server that could not be reached say nothing about the address. So does a notice without a status.
 */
const isAboutAddress = (status: string | null): boolean => status !== null && /^5\.(1\.([012346]|10)|2\.1|4\.4)$/.test(status)

/** Events after which mail goes to another address, or nowhere. */
const otherAddress = ['address corrected', 'address added', 'address removed']

/** Whether the mail went to another address than the one that is there now. */
async function isOfAnotherAddress(db: Db, message: Message, { recipients }: Notice, person: Person | undefined): Promise<boolean> {
  const address = person?.email?.toLowerCase()
  if (address !== undefined && recipients.includes(address)) return false
  // From when it was written on: where the address is corrected before the mail server has taken it, it went to the one before as well.
  const sentAt = message.claimedAt ?? message.settledAt ?? message.dueAt
  const events = await eventsOfCase(db, message.caseId)
  return events.some(
    ({ kind, participantId, at }) => otherAddress.includes(kind) && participantId === message.participantId && at >= sentAt,
  )
}

/** Whether another mail of the same wave has gone out since: they were written to at the better address. */
async function wentOutSince(db: Db, { id, caseId, participantId, wave, settledAt }: Message): Promise<boolean> {
  return (await messagesOfCase(db, caseId)).some(
    (one) =>
      one.id !== id &&
      one.participantId === participantId &&
      one.wave === wave &&
      one.state === 'sent' &&
      (one.settledAt ?? '') > (settledAt ?? ''),
  )
}
