/** One invented person who opens the newest mail and follows its link, as a participant does: everything goes through the workflows. */
import { itemsOf } from '../../instruments/items.ts'
import { applicableNorm } from '../../norms/standardise.ts'
import { selectStratum } from '../../norms/stratum.ts'
import { localDay } from '../../protocols/local-time.ts'
import type { Context } from '../context.ts'
import { type Assignment, assignmentsOfParticipant } from '../queries/assignments.ts'
import { messagesOfCase } from '../queries/messages.ts'
import { findParticipant, type Participant, participantsOfCase } from '../queries/participants.ts'
import { giveConsent } from '../workflow/give-consent.ts'
import { openSession, participantIn } from '../workflow/open-session.ts'
import { instrumentOf, isOpen, type Packet, packetOf } from '../workflow/packet.ts'
import { saveDraft } from '../workflow/save-draft.ts'
import { withdraw } from '../workflow/stop-participant.ts'
import { studyOfParticipant } from '../workflow/study-of-participant.ts'
import { submitResponse } from '../workflow/submit-response.ts'
import { type Family, seed } from './families.ts'
import type { Intention } from './intentions.ts'
import type { Mailbox } from './mailbox.ts'
import { knownIn } from './office-work.ts'
import { normal, type Random, randomOf } from './random.ts'
import { simulateAnswers } from './simulate-answers.ts'
import { aimsOf } from './tendencies.ts'

/** Share of questions that somebody leaves open; few do at all. */
const leaveOpen = (random: Random): number => (random() < 0.15 ? 0.08 : 0)

/** Does what this person means to do. Returns how many lists they sent. Throws when they never got a mail about this wave. */
export async function act(
  context: Context,
  mailbox: Mailbox,
  participantId: string,
  caseId: string,
  intention: Intention,
  family: Family,
): Promise<number> {
  // Whom an interviewer meets depends on who agreed to it; of nobody there was no mail.
  if (intention.instruments === 'open' && (await lists(context, participantId, intention)).length === 0) return 0
  const token = await newestLink(context, mailbox, participantId, caseId, intention.wave)
  const { session } = await openSession(context, token)
  await participantIn(context, session)
  // With one link a guardian has all their cases, and means one of them.
  const participant = await findParticipant(context.stores.study.read, participantId)
  if (!participant) throw new Error(`there is no participant ${participantId}`)
  if (intention.does === 'withdraw') {
    await withdraw(context, participant)
    return 0
  }
  const agrees = intention.does !== 'decline'
  const { consents } = await packetOf(context, participant)
  if (consents.some(({ given }) => given === null)) await consent(context, participant, consents, intention, agrees)
  return agrees ? await fillIn(context, participant, intention, family) : 0
}

async function newestLink(context: Context, mailbox: Mailbox, participantId: string, caseId: string, wave: string): Promise<string> {
  const sent = (await messagesOfCase(context.stores.study.read, caseId)).filter(
    (message) => message.participantId === participantId && message.wave === wave && message.state === 'sent',
  )
  const ids = new Set(sent.map(({ messageId, mailId }) => mailId ?? messageId))
  const mail = mailbox.list().find(({ messageId }) => messageId !== null && ids.has(messageId))
  const token = mail?.text.match(/\/l\/([A-Za-z0-9_-]+)/)?.[1]
  if (!token) throw new Error(`No mail about ${wave} reached participant ${participantId}`)
  return token
}

async function consent(
  context: Context,
  participant: Participant,
  asked: Packet['consents'],
  { family, participant: place }: Intention,
  agrees: boolean,
): Promise<void> {
  const random = randomOf(seed, 'consent', family, place)
  const given = asked.map(({ purpose, required }) => [purpose, agrees && (required || random() < 0.6)] as const)
  await giveConsent(context, participant, Object.fromEntries(given), participant.language)
}

/** What of it is open; throws when a list that they mean to answer is not. Always in the same order. */
async function lists(context: Context, participantId: string, { wave, instruments }: Intention): Promise<Assignment[]> {
  const mine = (await assignmentsOfParticipant(context.stores.study.read, participantId)).filter((one) => one.wave === wave)
  const now = context.clock.now()
  if (instruments !== 'open')
    return instruments.map((id) => {
      const found = mine.find((one) => one.instrumentId === id)
      if (!found || !isOpen(found, now)) throw new Error(`${id} at ${wave} is not open for participant ${participantId}`)
      return found
    })
  const open = mine.filter((one) => isOpen(one, now))
  const about = await peopleAbout(context, open)
  const key = ({ instrumentId, aboutId }: Assignment) => `${instrumentId} ${about.get(aboutId ?? '') ?? ''}`
  return open.sort((a, b) => (key(a) < key(b) ? -1 : 1))
}

/** The number within their role of everybody whom a list is about. */
async function peopleAbout(context: Context, open: Assignment[]): Promise<Map<string, number>> {
  const [first] = open
  const people = first ? await participantsOfCase(context.stores.study.read, first.caseId) : []
  return new Map(people.map(({ id, number }) => [id, number]))
}

async function fillIn(context: Context, participant: Participant, intention: Intention, family: Family): Promise<number> {
  const { family: number, participant: place, wave, does } = intention
  const { protocol } = await studyOfParticipant(context.stores.study.read, context, participant)
  const tables = protocol.norms.map((reference) => context.definitions.norms.tables.need(reference))
  const standing = standingOf(participant.role, number, place)
  const today = localDay(context.clock.now(), protocol.timeZone).toString()
  let sent = 0
  for (const [index, assignment] of (await lists(context, participant.id, intention)).entries()) {
    const instrument = instrumentOf(context, assignment)
    const random = randomOf(seed, 'answers', number, place, wave, instrument.id, ...(assignment.aboutId ? [index] : []))
    const normOf = (scale: string) => {
      const table = applicableNorm(tables, instrument, scale)
      return table && selectStratum(table, participant.sex ? { sex: participant.sex } : {})
    }
    const aims = aimsOf(instrument, wave, standing, normOf, random)
    const known = knownIn(instrument.id, family, random)
    const { answers, skipped } = simulateAnswers(instrument, random, { aims, leaveOpen: leaveOpen(random), today, known })
    const { language } = participant
    if (does === 'answer') {
      await submitResponse(context, participant, assignment.id, { answers, skipped, language })
      sent++
    } else {
      const half = itemsOf(instrument).slice(0, Math.ceil(itemsOf(instrument).length / 2))
      const typed = Object.fromEntries(half.flatMap(({ name }) => (answers[name] === undefined ? [] : [[name, answers[name]]])))
      await saveDraft(context, participant, assignment.id, { revision: 0, answers: typed, page: null })
    }
  }
  return sent
}

/** How somebody is doing; whoever judges a family sees it half as it is, so that those who judge the same one agree somewhat. */
function standingOf(role: string, family: number, place: number): number {
  const own = normal(randomOf(seed, 'standing', family, place))
  return role === 'parent' ? own : (normal(randomOf(seed, 'standing', family)) + own) / Math.SQRT2
}
