/** Takes a due message in hand: checks it once more, makes its link and writes its mail, all in one transaction. */
import { isStandIn } from '../../instruments/definition.ts'
import { earlier, later } from '../../protocols/local-time.ts'
import type { Protocol } from '../../protocols/schema.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/tx.ts'
import { parseAddress } from '../mail/address.ts'
import { compose, oneLine } from '../mail/compose.ts'
import { isConfirmation } from '../mail/confirmations.ts'
import type { Mail } from '../mail/transport.ts'
import { assignmentsOfParticipant } from '../queries/assignments.ts'
import { findCase } from '../queries/cases.ts'
import { consentsOf } from '../queries/consents.ts'
import { putMessageLink } from '../queries/links.ts'
import {
  cancelMessage,
  claimMessage,
  type DueMessage,
  findMessage,
  findMessageOf,
  holdMessage,
  type Message,
  settleMessage,
} from '../queries/messages.ts'
import { findParticipant, markAddressRefused, type Participant } from '../queries/participants.ts'
import { findPerson, type Person } from '../queries/people.ts'
import { putReminderLink } from '../queries/reminder-links.ts'
import type { Study } from '../queries/studies.ts'
import { claimConfirmation } from './claim-confirmation.ts'
import { maySend, type Verdict } from './may-send.ts'
import { addMailTask, recordMessage } from './message-records.ts'
import { instrumentOf } from './packet.ts'
import { newToken, tokenHash } from './token.ts'

/** What became of a due message: in hand with a mail that is ready to go, or not, and why not. */
export type Claim = { outcome: 'claimed'; message: Message; mail: Mail } | { outcome: 'gone' | 'held' | 'cancelled' | 'refused' }

export interface Claiming {
  /** Who takes it in hand. */
  processId: string
  study: Study
  protocol: Protocol
}

/**
 * Claims a due message, or settles it when it must not go out. Throws without having changed anything, for example
 * when a definition is missing.
 */
export async function claimDueMessage(
  context: Context,
  { id, participantId }: DueMessage,
  { processId, study, protocol }: Claiming,
): Promise<Claim> {
  const { stores, sealer, clock } = context
  const person = await findPerson(stores.identity.read, sealer, participantId)
  return await stores.study.withTx(async (tx) => {
    const now = clock.now()
    const message = await findMessage(tx, id)
    const participant = message && (await findParticipant(tx, message.participantId))
    // Another process was here first, or the message was moved in the meantime.
    if (!participant || message.state !== 'planned' || message.nextAt > now) return { outcome: 'gone' }
    const { kind } = message
    if (isConfirmation(kind))
      return await claimConfirmation(tx, { processId, study, message: { ...message, kind }, participant, person, now })
    const verdict = maySend({
      protocol,
      message,
      participant,
      assignments: (await assignmentsOfParticipant(tx, participant.id)).filter(({ wave }) => wave === message.wave),
      consents: await consentsOf(tx, participant.id),
      invitation: message.kind === 'invitation' ? undefined : await findMessageOf(tx, message, 'invitation'),
      now,
    })
    if ('hold' in verdict) {
      await holdMessage(tx, id, verdict.until, verdict.hold)
      return { outcome: 'held' }
    }
    if ('cancel' in verdict) return await callOff(tx, message, verdict, now)
    const address = person ? parseAddress(person.email ?? '') : { reason: 'there are no contact data' }
    if (!person || 'reason' in address) return await withoutAddress(tx, message, 'reason' in address ? address.reason : '', now)

    const token = newToken()
    // The same for every attempt at this message, as its Message-ID is.
    const stopReminders = sealer.mark('stop reminders', id)
    const caseCode = (await findCase(tx, participant.caseId))?.code ?? ''
    const mail = writeMail(context, { study, protocol, participant, person, message, verdict, token, caseCode })
    await claimMessage(tx, id, processId, now)
    await putReminderLink(tx, { tokenHash: tokenHash(stopReminders), participantId: participant.id, createdAt: now })
    await putMessageLink(tx, {
      tokenHash: tokenHash(token),
      participantId: participant.id,
      messageId: id,
      createdAt: now,
      expiresAt: verdict.send.map(({ closesAt }) => closesAt).reduce(later),
    })
    return {
      outcome: 'claimed',
      message: { ...message, state: 'claimed', claimedAt: now, claimedBy: processId },
      mail: { ...mail, to: address.address, unsubscribe: `${context.baseUrl}/u/${stopReminders}` },
    }
  })
}

async function callOff(tx: Db, message: Message, { cancel, missed }: Extract<Verdict, { cancel: unknown }>, now: string): Promise<Claim> {
  await cancelMessage(tx, message.id, cancel, now)
  await recordMessage(tx, message, 'cancelled', cancel, now)
  if (missed) await addMailTask(tx, message, 'message missed', message.detail, now)
  return { outcome: 'cancelled' }
}

async function withoutAddress(tx: Db, message: Message, reason: string, now: string): Promise<Claim> {
  await settleMessage(tx, message, { ...message, state: 'refused', settledAt: now, detail: reason })
  await markAddressRefused(tx, message.participantId, now)
  await recordMessage(tx, message, 'refused', reason, now)
  await addMailTask(tx, message, 'address refused', reason, now)
  return { outcome: 'refused' }
}

interface Ready extends Omit<Claiming, 'processId'> {
  participant: Participant
  person: Person
  message: Message
  verdict: Extract<Verdict, { send: unknown }>
  token: string
  caseCode: string
}

function writeMail(context: Context, { study, protocol, participant, person, message, verdict, token, caseCode }: Ready): Omit<Mail, 'to'> {
  const instruments = verdict.send.map((assignment) => instrumentOf(context, assignment))
  const content = compose({
    text: verdict.text,
    language: participant.language,
    timeZone: protocol.timeZone,
    name: person.name,
    caseCode: protocol.roles[participant.role]?.seesCaseCode ? caseCode : '',
    wave: protocol.waves.find(({ id }) => id === message.wave)?.title ?? { nl: message.wave, en: message.wave },
    organisation: study.organisation,
    contact: study.contact,
    title: study.title,
    lists: instruments.length,
    minutes: instruments.reduce((sum, { minutes }) => sum + minutes, 0),
    closesAt: verdict.send.map(({ closesAt }) => closesAt).reduce(earlier),
    link: `${context.baseUrl}/l/${token}`,
    notice: study.demonstration ? 'demonstration' : instruments.some(isStandIn) ? 'stand-in' : undefined,
  })
  return {
    ...content,
    toName: oneLine(person.name),
    fromName: oneLine(study.organisation),
    messageId: message.messageId,
    date: context.clock.now(),
  }
}
