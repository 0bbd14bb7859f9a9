/** Sends what is due: each message is claimed, handed over and settled, several at a time. */
import type { Context } from '../context.ts'
import { protocolOf } from '../definitions/protocol-of-study.ts'
import type { Transport } from '../mail/transport.ts'
import { plainReason } from '../plain-reason.ts'
import { type DueMessage, dueMessages, type Message } from '../queries/messages.ts'
import { findStudy } from '../queries/studies.ts'
import { type Claim, type Claiming, claimDueMessage } from './claim-message.ts'
import { freshness, type Outcome, putBack, settle } from './settle-message.ts'

export interface SendOptions {
  transport: Transport
  /** Names this process in the claims it makes. */
  processId: string
  /** Stops taking further messages in hand; those in hand are settled. */
  signal?: AbortSignal | undefined
  /** Milliseconds by a clock that nobody sets; that of the process unless given. */
  elapsed?: (() => number) | undefined
}

export interface SendReport {
  counts: Record<Outcome | 'held' | 'cancelled', number>
  /** Why the pass ended before its time: what the mail server last said, or did not. What was left is for the next pass. */
  cutShort: string | null
  /** What went wrong on our side, each once and ten at most. The messages concerned are as they were, or go to a person. */
  problems: string[]
}

/** So many mails in a row without any answer, and the pass ends: each of them costs time, or its fate. */
const silencesAtMost = 3
const problemsAtMost = 10
/** What is due beyond this is for the next pass. */
const messagesAtMost = 5_000

/**
 * Sends all that is due. The first mail of a pass goes alone, until the mail server has given one answer: a mail
 * server that hangs then costs one message its certainty, not a whole batch.
 */
export async function sendDueMessages(
  context: Context,
  { transport, processId, signal, elapsed = () => performance.now() }: SendOptions,
): Promise<SendReport> {
  const counts: SendReport['counts'] = { sent: 0, postponed: 0, held: 0, cancelled: 0, refused: 0, unknown: 0 }
  const problems = new Set<string>()
  const queue = (await dueMessages(context.stores.study.read, context.clock.now(), messagesAtMost)).values()
  const studyOf = studiesOf(context)
  let silences = silencesAtMost - 1
  let cutShort: string | null = null
  let broken = false

  const isOver = () => broken || cutShort !== null || (signal?.aborted ?? false)
  const hasAnswered = () => silences === 0
  await work(hasAnswered)
  if (hasAnswered()) await Promise.all(Array.from({ length: transport.connections }, () => work(() => false)))
  return { counts, cutShort, problems: [...problems] }

  function note(error: unknown): void {
    if (problems.size < problemsAtMost) problems.add(plainReason(error).message)
  }

  async function work(isEnough: () => boolean): Promise<void> {
    for (const due of queue) {
      if (isOver()) return
      const since = { at: context.clock.now(), elapsed: elapsed() }
      const claim = await take(due)
      if (claim?.outcome === 'claimed') await handOver(claim, since)
      else if (claim && claim.outcome !== 'gone') counts[claim.outcome] += 1
      if (isEnough()) return
    }
  }

  /** A message that cannot be taken in hand is left as it is, and does not keep others waiting. */
  async function take(due: DueMessage): Promise<Claim | undefined> {
    try {
      return await claimDueMessage(context, due, { processId, ...(await studyOf(due.studyId)) })
    } catch (error) {
      note(error)
      return undefined
    }
  }

  /** Whatever goes wrong from here on leaves the messages claimed: their lease runs out, and a person hears of it. */
  async function handOver({ messages, mail }: Extract<Claim, { outcome: 'claimed' }>, since: Moment): Promise<void> {
    try {
      if (hasStoodStill(since)) return await giveUp(messages)
      const fate = await transport.send(mail)
      silences = fate.kind === 'unreached' || fate.kind === 'unknown' ? silences + 1 : 0
      if (silences >= silencesAtMost) cutShort ??= fate.detail
      for (const outcome of await settle(context, { messages, to: mail.to }, fate)) counts[outcome] += 1
    } catch (error) {
      note(error)
      broken = true
    }
  }

  /** Either clock may itself have stood still: that of the process while a machine is suspended, the other until it is set again. */
  function hasStoodStill({ at, elapsed: before }: Moment): boolean {
    return Math.max(Date.parse(context.clock.now()) - Date.parse(at), elapsed() - before) > freshness
  }

  /** Whatever was looked at may be different by now, also what the rest of the pass goes by. */
  async function giveUp(messages: readonly Message[]): Promise<void> {
    const why = 'the server stood still with the mail in its hands, and did not send it'
    broken = true
    problems.add(why)
    for (const outcome of await putBack(context, messages, why)) counts[outcome] += 1
  }
}

/** By the clock, and in milliseconds by the one that nobody sets. */
interface Moment {
  at: string
  elapsed: number
}

type StudyOfMessage = Pick<Claiming, 'study' | 'protocol'>

/** The study and protocol by id, read once a pass. */
function studiesOf({ stores, definitions, clock }: Context): (id: string) => Promise<StudyOfMessage> {
  const known = new Map<string, StudyOfMessage>()
  return async (id) => {
    const found = known.get(id)
    if (found) return found
    const study = await findStudy(stores.study.read, id)
    if (!study) throw new Error(`there is no study ${id}`)
    const made = { study, protocol: protocolOf(definitions, study, clock.now()) }
    known.set(id, made)
    return made
  }
}
