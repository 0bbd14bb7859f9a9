/** One invented person who opens the newest mail and follows its link, as a participant does: everything goes through the workflows. */
import { itemsOf } from '../../instruments/items.ts'
import { applicableNorm } from '../../norms/standardise.ts'
import { selectStratum } from '../../norms/stratum.ts'
import type { Context } from '../context.ts'
import { assignmentsOfParticipant } from '../queries/assignments.ts'
import { messagesOfCase } from '../queries/messages.ts'
import { findParticipant, type Participant } from '../queries/participants.ts'
import { giveConsent } from '../workflow/give-consent.ts'
import { openSession, participantIn } from '../workflow/open-session.ts'
import { instrumentOf, isOpen, type Packet, packetOf } from '../workflow/packet.ts'
import { saveDraft } from '../workflow/save-draft.ts'
import { withdraw } from '../workflow/stop-participant.ts'
import { studyOfParticipant } from '../workflow/study-of-participant.ts'
import { submitResponse } from '../workflow/submit-response.ts'
import { seed } from './families.ts'
import type { Intention } from './intentions.ts'
import type { Mailbox } from './mailbox.ts'
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
): Promise<number> {
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
  return agrees ? await fillIn(context, participant, intention) : 0
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

async function fillIn(
  context: Context,
  participant: Participant,
  { family, participant: place, wave, does, instruments }: Intention,
): Promise<number> {
  const { protocol } = await studyOfParticipant(context.stores.study.read, context, participant)
  const tables = protocol.norms.map((reference) => context.definitions.norms.tables.need(reference))
  const standing = normal(randomOf(seed, 'standing', family, place))
  const mine = await assignmentsOfParticipant(context.stores.study.read, participant.id)
  let sent = 0
  for (const id of instruments) {
    const assignment = mine.find((one) => one.wave === wave && one.instrumentId === id)
    if (!assignment || !isOpen(assignment, context.clock.now()))
      throw new Error(`${id} at ${wave} is not open for participant ${participant.id}`)
    const random = randomOf(seed, 'answers', family, place, wave, id)
    const instrument = instrumentOf(context, assignment)
    const normOf = (scale: string) => {
      const table = applicableNorm(tables, instrument, scale)
      return table && selectStratum(table, participant.sex ? { sex: participant.sex } : {})
    }
    const aims = aimsOf(instrument, wave, standing, normOf, random)
    const { answers, skipped } = simulateAnswers(instrument, random, { aims, leaveOpen: leaveOpen(random) })
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
