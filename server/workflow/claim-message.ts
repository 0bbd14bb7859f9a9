/** Takes a due message in hand: checks it once more, makes its link and writes its mail, all in one transaction. */
import { formatReference, isStandIn } from '../../instruments/definition.ts'
import { compare, earlier, later } from '../../protocols/local-time.ts'
import type { Protocol } from '../../protocols/schema.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/tx.ts'
import { parseAddress } from '../mail/address.ts'
import { bundleText, type CaseInBundle } from '../mail/bundle-text.ts'
import { compose, oneLine } from '../mail/compose.ts'
import { isConfirmation } from '../mail/confirmations.ts'
import { messageIdForAll } from '../mail/message-id.ts'
import { invites } from '../mail/repeats.ts'
import type { Mail } from '../mail/transport.ts'
import { wordingFrom } from '../mail/wording.ts'
import { type Assignment, assignmentsOfParticipant } from '../queries/assignments.ts'
import { findCase } from '../queries/cases.ts'
import { consentsOf } from '../queries/consents.ts'
import { putMessageLink } from '../queries/links.ts'
import {
  cancelMessage,
  claimMessage,
  type DueMessage,
  dueMessagesOfMailbox,
  findMessage,
  findMessageOf,
  findPlanned,
  holdMessage,
  keepInHand,
  type Message,
  settleMessage,
} from '../queries/messages.ts'
import { findParticipant, markAddressRefused, type Participant } from '../queries/participants.ts'
import { findPerson, type Person } from '../queries/people.ts'
import { putReminderLink } from '../queries/reminder-links.ts'
import { findStudy, type Study } from '../queries/studies.ts'
import { seesCases } from './caseload.ts'
import { claimConfirmation } from './claim-confirmation.ts'
import { type StudyWording, wordingOf } from './mail-wording.ts'
import { maySend, type Verdict } from './may-send.ts'
import { addMailTask, recordMessage } from './message-records.ts'
import { instrumentOf } from './packet.ts'
import { standsRefused } from './said-no.ts'
import { isDraft } from './study-languages.ts'
import { newToken, tokenHash } from './token.ts'

/**
 * What became of a due message: in hand with a mail that is ready to go, or not, and why not. Of somebody with several cases the mail
 * may be about more of their messages, which are in hand with it and share its fate.
 */
export type Claim = { outcome: 'claimed'; messages: Message[]; mail: Mail } | { outcome: 'gone' | 'held' | 'cancelled' | 'refused' }

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
  const { stores, sealer, clock, definitions } = context
  const candidates = await bundleCandidates(context, { id, participantId, studyId: study.id }, protocol)
  return await stores.study.withTx(async (tx) => {
    const now = clock.now()
    // One mail of them all, whichever of them another process came upon.
    if (candidates.length > 0) await keepInHand(tx, [id, ...candidates.map((one) => one.id)])
    const message = await findPlanned(tx, id)
    const participant = message && (await findParticipant(tx, message.participantId))
    // Another process was here first, or the message was moved in the meantime.
    if (!participant || message.nextAt > now) return { outcome: 'gone' }
    // Within: nothing goes to an address that was corrected while this waited for its turn.
    const person = await findPerson(stores.identity.read, sealer, participantId)
    const { kind } = message
    if (isConfirmation(kind))
      return await claimConfirmation(tx, { processId, study, message: { ...message, kind }, participant, person, now })
    // Its cases are planned anew a few at a time: until then their mail is stopped here. Asked now, since a pass takes minutes.
    if ((await findStudy(tx, study.id))?.closedAt !== null)
      return await callOff(tx, message, { cancel: 'study closed', missed: false }, now)
    const verdict = await verdictOn(tx, inWordsOf(participant, definitions, protocol), message, participant, now)
    if ('hold' in verdict) {
      await holdMessage(tx, id, verdict.until, verdict.hold)
      return { outcome: 'held' }
    }
    if ('cancel' in verdict) return await callOff(tx, message, verdict, now)
    const address = person ? parseAddress(person.email ?? '') : { reason: 'there are no contact data' }
    if (!person || 'reason' in address) return await withoutAddress(tx, message, 'reason' in address ? address.reason : '', now)

    const first: Part = { message, participant, verdict, caseCode: (await findCase(tx, participant.caseId))?.code ?? '' }
    const parts = [first, ...(await othersInBundle(tx, { definitions, protocol, first, person, candidates, now }))]
    const token = newToken()
    // The same for every attempt at this message, as its Message-ID is.
    const stopReminders = sealer.mark('stop reminders', id)
    const wording = await wordingOfParts(tx, { study, protocol, parts })
    const mail = writeMail(context, { study, protocol, person, parts, token, wording })
    const mailId = parts.length > 1 ? mail.messageId : null
    const taking = { claimedBy: processId, now, mailId, text: wording.name, textSha256: wording.sha256 }
    for (const part of parts) await claimMessage(tx, part.message.id, taking)
    await putReminderLink(tx, { tokenHash: tokenHash(stopReminders), participantId: participant.id, createdAt: now })
    await putMessageLink(tx, {
      tokenHash: tokenHash(token),
      participantId: participant.id,
      messageId: id,
      createdAt: now,
      expiresAt: closings(parts).reduce(later),
    })
    return {
      outcome: 'claimed',
      messages: parts.map(({ message: one }) => ({
        ...one,
        state: 'claimed',
        claimedAt: now,
        claimedBy: processId,
        mailId,
        text: wording.name,
        textSha256: wording.sha256,
      })),
      mail: { ...mail, to: address.address, unsubscribe: `${context.baseUrl}/u/${stopReminders}` },
    }
  })
}

/** The protocol with its texts in the language of whoever is written to. */
const inWordsOf = ({ language }: Participant, { translated }: Context['definitions'], protocol: Protocol): Protocol =>
  translated.protocols.forReader(protocol, language)

async function verdictOn(tx: Db, protocol: Protocol, message: Message, participant: Participant, now: string): Promise<Verdict> {
  return maySend({
    protocol,
    message,
    participant,
    assignments: (await assignmentsOfParticipant(tx, participant.id)).filter(({ wave }) => wave === message.wave),
    consents: await consentsOf(tx, participant.id),
    saidNo: await standsRefused(tx, message.studyId, participant.id),
    invitation: invites(message.kind) ? undefined : await findMessageOf(tx, message, 'invitation'),
    now,
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

/** One message of a mail: about which case, and what it asks. */
interface Part {
  message: Message
  participant: Participant
  verdict: Extract<Verdict, { send: unknown }>
  caseCode: string
}

const closings = (parts: readonly Part[]): string[] => parts.flatMap(({ verdict }) => verdict.send.map(({ closesAt }) => closesAt))

/** A message that is due to the same mailbox, and who is behind it. */
interface Candidate {
  id: string
  person: Person
}

/**
 * What else is due to the same mailbox. Names and addresses are read before the transaction, which is in the other database; of whom the
 * address is corrected meanwhile, the mark is another one by then.
 */
async function bundleCandidates({ stores, sealer, clock }: Context, due: DueMessage, protocol: Protocol): Promise<Candidate[]> {
  const [message, participant] = [await findMessage(stores.study.read, due.id), await findParticipant(stores.study.read, due.participantId)]
  if (message?.state !== 'planned' || !participant || participant.mailboxKey === null || !seesCases(protocol, participant.role)) return []
  const { mailboxKey, role } = participant
  const others = await dueMessagesOfMailbox(stores.study.read, { mailboxKey, role, studyId: due.studyId, now: clock.now() })
  const found: Candidate[] = []
  for (const { id, participantId } of others) {
    if (id === due.id) continue
    // What is wrong with one of them is told when it is its own turn, and keeps none of the others waiting.
    const person = await findPerson(stores.identity.read, sealer, participantId).catch(() => undefined)
    if (person) found.push({ id, person })
  }
  return found
}

interface Bundling extends Pick<Context, 'definitions'> {
  protocol: Protocol
  first: Part
  person: Person
  candidates: Candidate[]
  now: string
}

/**
 * The candidates that go out in the same mail as the first message: those that may go out right now, to the same address, name and
 * language. The others are left as they are, for their own turn.
 */
async function othersInBundle(tx: Db, { definitions, protocol, first, person, candidates, now }: Bundling): Promise<Part[]> {
  const isDefined = ({ instrumentId, instrumentVersion }: Assignment): boolean =>
    definitions.instruments.get(formatReference({ id: instrumentId, version: instrumentVersion })) !== undefined
  const parts: Part[] = []
  for (const candidate of candidates) {
    if (!isSameRecipient(candidate.person, person)) continue
    const message = await findMessage(tx, candidate.id)
    const participant = message && (await findParticipant(tx, message.participantId))
    if (!participant || message.state !== 'planned' || message.nextAt > now || isConfirmation(message.kind)) continue
    const { mailboxKey, role, language } = first.participant
    if (participant.mailboxKey !== mailboxKey || participant.role !== role || participant.language !== language) continue
    const verdict = await verdictOn(tx, inWordsOf(participant, definitions, protocol), message, participant, now)
    if (!('send' in verdict) || !verdict.send.every(isDefined)) continue
    parts.push({ message, participant, verdict, caseCode: (await findCase(tx, participant.caseId))?.code ?? '' })
  }
  return parts
}

/** The marks of mailboxes say the same; that a mail goes nowhere else is not left to them. */
const isSameRecipient = (one: Person, other: Person): boolean =>
  one.name === other.name && one.email !== null && one.email.toLowerCase() === other.email?.toLowerCase()

interface Ready extends Omit<Claiming, 'processId'> {
  person: Person
  /** At least one. */
  parts: Part[]
  token: string
  wording: StudyWording
}

/** Of one case the study's words or those of the protocol; of several cases ours. */
async function wordingOfParts(tx: Db, { study, protocol, parts }: Pick<Ready, 'study' | 'protocol' | 'parts'>): Promise<StudyWording> {
  const [first] = parts as [Part]
  const { language } = first.participant
  if (parts.length === 1) return await wordingOf(tx, { study, protocol, template: first.verdict.template, language })
  const text = bundleText(casesIn(parts), protocol.timeZone)
  return { ...wordingFrom('server/mail', 'several cases', text, language), isReadOver: false }
}

function writeMail(context: Context, { study, protocol, person, parts, token, wording }: Ready): Omit<Mail, 'to'> {
  const [first] = parts
  if (!first) throw new Error('a mail without a message')
  const { message, participant, caseCode } = first
  const instruments = parts.flatMap((part) => part.verdict.send.map((assignment) => instrumentOf(context, assignment)))
  const content = compose({
    text: wording.text,
    language: participant.language,
    timeZone: protocol.timeZone,
    name: person.name,
    caseCode: protocol.roles[participant.role]?.seesCaseCode ? caseCode : '',
    wave: inWordsOf(participant, context.definitions, protocol).waves.find(({ id }) => id === message.wave)?.title ?? {
      nl: message.wave,
      en: message.wave,
    },
    organisation: study.organisation,
    contact: study.contact,
    title: study.title,
    lists: instruments.length,
    minutes: instruments.reduce((sum, { minutes }) => sum + minutes, 0),
    closesAt: closings(parts).reduce(earlier),
    link: `${context.baseUrl}/l/${token}`,
    isDraft: !wording.isReadOver && isDraft(context.definitions, protocol, participant.language),
    notice: study.demonstration ? 'demonstration' : instruments.some(isStandIn) ? 'stand-in' : undefined,
  })
  const ids = parts.map((part) => part.message.messageId)
  return {
    ...content,
    toName: oneLine(person.name),
    fromName: oneLine(study.organisation),
    messageId: ids.length > 1 ? messageIdForAll(ids, new URL(context.baseUrl).hostname) : message.messageId,
    date: context.clock.now(),
  }
}

/** Each case once, with the moment at which the first of its lists closes; what closes first goes first. */
function casesIn(parts: readonly Part[]): CaseInBundle[] {
  const perCase = Map.groupBy(parts, ({ caseCode }) => caseCode)
  return [...perCase]
    .map(([code, own]) => ({ code, closesAt: closings(own).reduce(earlier) }))
    .sort((a, b) => compare(a.closesAt, b.closesAt) || compare(a.code, b.code))
}
