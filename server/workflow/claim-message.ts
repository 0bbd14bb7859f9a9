/** Takes a due message in hand: checks it once more, makes its link and writes its mail, all in one transaction. */
import { randomBytes } from 'node:crypto'
import { isStandIn } from '../../instruments/definition.ts'
import { earlier, later } from '../../protocols/local-time.ts'
import type { Protocol } from '../../protocols/schema.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/tx.ts'
import { parseAddress } from '../mail/address.ts'
import { compose, oneLine } from '../mail/compose.ts'
import type { Mail } from '../mail/transport.ts'
import { assignmentsOfParticipant } from '../queries/assignments.ts'
import { consentsOf } from '../queries/consents.ts'
import { recordEvent } from '../queries/events.ts'
import { putMessageLink } from '../queries/links.ts'
import { cancelMessage, claimMessage, findMessage, findMessageOf, holdMessage, type Message, settleMessage } from '../queries/messages.ts'
import { findParticipant, markAddressRefused, type Participant } from '../queries/participants.ts'
import { findPerson, type Person } from '../queries/people.ts'
import type { Study } from '../queries/studies.ts'
import { addTask } from '../queries/tasks.ts'
import { maySend, type Verdict } from './may-send.ts'
import { tokenHash } from './open-session.ts'
import { instrumentOf } from './packet.ts'

/** What became of a due message: in hand with a mail that is ready to go, or not, and why not. */
export type Claim = { outcome: 'claimed'; message: Message; mail: Mail } | { outcome: 'gone' | 'held' | 'cancelled' | 'refused' }

export interface StudyOfMessage {
  study: Study
  protocol: Protocol
}

/**
 * Claims message `id` for a process, or settles it when it must not go out. Throws without having changed anything,
 * for example when a definition is missing.
 */
export async function claimDueMessage(
  context: Context,
  { id, participantId }: Pick<Message, 'id' | 'participantId'>,
  { processId, studyOf }: { processId: string; studyOf: (id: string) => Promise<StudyOfMessage> },
): Promise<Claim> {
  const { stores, sealer, clock } = context
  const person = await findPerson(stores.identity.read, sealer, participantId)
  return await stores.study.withTx(async (tx) => {
    const now = clock.now()
    const message = await findMessage(tx, id)
    const participant = message && (await findParticipant(tx, message.participantId))
    // Another process was here first, or the message was moved in the meantime.
    if (!participant || message.state !== 'planned' || message.nextAt > now) return { outcome: 'gone' }
    const { study, protocol } = await studyOf(message.studyId)
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
    const address = person ? parseAddress(person.email) : { reason: 'there are no contact data' }
    if (!person || 'reason' in address) return await withoutAddress(tx, message, 'reason' in address ? address.reason : '', now)

    const token = randomBytes(32).toString('base64url')
    const mail = writeMail(context, { study, protocol, participant, person, message, verdict, token })
    await claimMessage(tx, id, processId, now)
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
      mail: { ...mail, to: address.address },
    }
  })
}

async function callOff(tx: Db, message: Message, { cancel, missed }: Extract<Verdict, { cancel: unknown }>, now: string): Promise<Claim> {
  const { id, studyId, caseId, participantId, wave } = message
  await cancelMessage(tx, id, cancel, now)
  await recordEvent(tx, {
    at: now,
    studyId,
    caseId,
    participantId,
    wave,
    kind: 'message cancelled',
    detail: { message: message.kind, reason: cancel },
  })
  if (missed)
    await addTask(tx, { studyId, caseId, participantId, messageId: id, kind: 'message missed', detail: message.detail, createdAt: now })
  return { outcome: 'cancelled' }
}

async function withoutAddress(tx: Db, message: Message, reason: string, now: string): Promise<Claim> {
  const { id, studyId, caseId, participantId, wave, attempts, nextAt } = message
  await settleMessage(tx, message, { state: 'refused', attempts, nextAt, settledAt: now, detail: reason })
  await markAddressRefused(tx, participantId, now)
  await recordEvent(tx, {
    at: now,
    studyId,
    caseId,
    participantId,
    wave,
    kind: 'message refused',
    detail: { message: message.kind, reason },
  })
  await addTask(tx, { studyId, caseId, participantId, messageId: id, kind: 'address refused', detail: reason, createdAt: now })
  return { outcome: 'refused' }
}

interface Ready extends StudyOfMessage {
  participant: Participant
  person: Person
  message: Message
  verdict: Extract<Verdict, { send: unknown }>
  token: string
}

function writeMail(context: Context, { study, protocol, participant, person, message, verdict, token }: Ready): Omit<Mail, 'to'> {
  const instruments = verdict.send.map((assignment) => instrumentOf(context, assignment))
  const content = compose({
    text: verdict.text,
    language: participant.language,
    timeZone: protocol.timeZone,
    name: person.name,
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
