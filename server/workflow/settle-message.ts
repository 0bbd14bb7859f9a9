/** Records what became of a message that was handed over, and tells a person where one is needed. */
import { after, earlier } from '../../protocols/local-time.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/tx.ts'
import { isConfirmation } from '../mail/confirmations.ts'
import type { Fate } from '../mail/fate.ts'
import { claimsUntil, findMessage, type Message, settleMessage } from '../queries/messages.ts'
import { findParticipant, markAddressRefused } from '../queries/participants.ts'
import { closeMessageTask } from '../queries/tasks.ts'
import { correctedAddress, formerAddress, wentToFormerAddress } from './former-address.ts'
import { betweenCorrections } from './in-both.ts'
import { addMailTask, type MailTask, recordMessage } from './message-records.ts'

export type Outcome = 'sent' | 'postponed' | 'cancelled' | 'refused' | 'unknown'

const minute = 60_000
/** After a mail server asked to come back later: a quarter of an hour, an hour, four hours. Then it counts as refused. */
const deferrals = [15 * minute, 60 * minute, 240 * minute]
/** Trouble on the way to the mail server is tried again after half the time it has lasted, within these bounds: at the next tick, every hour. */
const retry = { soonest: 45_000, latest: 60 * minute }
/** After so much trouble a person hears of it. It is tried on for as long as the window is open. */
const patience = 24 * 60 * minute
/** A claim as old as this has lost its process: no hand-over takes a tenth of it, and none begins after a fifth. */
const lease = 5 * minute
/** Milliseconds after the claim in which a hand-over has to begin. Later the claim may be lost before it is over. */
export const freshness = minute

/** A mail that was handed over: the messages that were in it, as they were taken in hand, and to which address it went. */
export interface HandedOver {
  messages: readonly Message[]
  to: string
}

/**
 * Records the fate of a mail for each of the messages that were in it, all or none. What is to be tried again is due at the same
 * moment, so that it can go in one mail again. What was refused or put off by the address before a corrected one is due at once.
 */
export async function settle(context: Context, { messages, to }: HandedOver, fate: Fate): Promise<Outcome[]> {
  return await settleThose(context, messages, fate, { which: () => true, to })
}

/**
 * Puts back what was taken in hand and certainly was not handed over, to be tried again. What is in these hands no more is left as it
 * is: a person has it, or was told. `why` is for staff.
 */
export async function putBack(context: Context, claimed: readonly Message[], why: string): Promise<Outcome[]> {
  return await settleThose(context, claimed, { kind: 'unreached', detail: why }, { which: isInHand })
}

/** `to`: where it went, if it was handed over. */
async function settleThose(
  context: Context,
  claimed: readonly Message[],
  fate: Fate,
  { which, to }: { which: (one: Claimed) => boolean; to?: string },
): Promise<Outcome[]> {
  const settled = async (tx: Db, identity: Db): Promise<Outcome[]> => {
    const now = context.clock.now()
    const all: Claimed[] = []
    for (const one of claimed) {
      const message = (await findMessage(tx, one.id)) ?? one
      const isFormer = to !== undefined && (await wentToFormerAddress(identity, context.sealer, message, to))
      all.push({ message, by: one.claimedBy, isFormer })
    }
    const messages = all.filter(which)
    const nextAt = messages
      .filter(({ isFormer }) => !isFormer)
      .map((one) => decide(one, fate, now))
      .filter(({ state }) => state === 'planned')
      .map((decision) => decision.nextAt)
      .reduce<string | null>((soonest, at) => (soonest === null ? at : earlier(soonest, at)), null)
    const outcomes: Outcome[] = []
    for (const one of messages) outcomes.push(await settleOne(tx, one, fate, { now, nextAt }))
    return outcomes
  }
  const { study, identity } = context.stores
  // Something is said of an address only while no correction is half done: in one database already, and not yet in the other.
  const isAboutAddress = fate.kind === 'refused' && fate.address
  return isAboutAddress ? await betweenCorrections(context, settled) : await study.withTx((tx) => settled(tx, identity.read))
}

/** A message as it is recorded now, who had taken it in hand, and whether its address was corrected since. */
interface Claimed {
  message: Message
  by: string | null
  isFormer: boolean
}

/** False once the lease ran out (a machine that slept, say), whatever has been done with it since. */
const isInHand = ({ message, by }: Claimed): boolean => message.state === 'claimed' && message.claimedBy === by

/** `nextAt`: when the mail is tried again, if it is. */
async function settleOne(tx: Db, one: Claimed, fate: Fate, { now, nextAt }: { now: string; nextAt: string | null }): Promise<Outcome> {
  const { message, isFormer } = one
  const { state, attempts, detail, task, ...own } = decide(one, fate, now)
  // An acceptance is still good to know; anything else came too late: a person has been told that the fate is unknown, and may have
  // acted on it.
  if (!isInHand(one) && fate.kind !== 'accepted') return await tell(tx, message, 'unknown', fate.detail, now)
  const over = state === 'planned' || state === 'refused' ? await calledOff(tx, message, state) : null
  if (over !== null) {
    await settleMessage(tx, message, { ...message, state: 'cancelled', settledAt: now, detail: over })
    return await tell(tx, message, 'cancelled', over, now)
  }
  const isAgain = state === 'planned'
  const at = isAgain && !isFormer ? (nextAt ?? own.nextAt) : own.nextAt
  await settleMessage(tx, message, { state, attempts, nextAt: at, settledAt: isAgain ? null : now, detail })
  if (task === 'address refused') await markAddressRefused(tx, message.participantId, now)
  const why = isFormer ? formerAddress : fate.detail
  if (state === 'sent' && message.detail !== null) await closeTasks(tx, one, now)
  if (task) await addMailTask(tx, message, task, why, now)
  return await tell(tx, message, isAgain ? 'postponed' : state, why, now)
}

/** Stopping, or having no address any more, called off what was planned; this was in hand at the time. */
async function calledOff(tx: Db, { kind, participantId }: Message, state: 'planned' | 'refused'): Promise<string | null> {
  const participant = await findParticipant(tx, participantId)
  if (participant?.withoutMailAt) return 'no address'
  // Whoever stopped gets nothing further, but that it is confirmed to them.
  return state === 'planned' && !isConfirmation(kind) && participant?.state !== 'active' ? 'stopped' : null
}

interface Decision {
  state: 'sent' | 'planned' | 'refused' | 'unknown'
  nextAt: string
  /** Tries so far to which a mail server answered, at the address that there is now. */
  attempts: number
  detail: string
  task?: MailTask
}

function decide({ message, isFormer }: Claimed, fate: Fate, now: string): Decision {
  const { detail } = fate
  const attempts = message.attempts + (fate.kind === 'unreached' ? 0 : 1)
  const decision = { attempts, detail, ...afterFate(message, fate, now) }
  if (!isFormer) return decision
  switch (fate.kind) {
    case 'unreached':
      return decision
    // Nobody was asked where they are now; whether they still have to be, somebody has to see.
    case 'accepted':
    case 'unknown':
      return { ...decision, task: 'message unknown' }
    case 'refused':
    case 'deferred':
      return { state: 'planned', nextAt: now, attempts: 0, detail: correctedAddress }
  }
}

function afterFate({ attempts, dueAt, nextAt }: Message, fate: Fate, now: string): Pick<Decision, 'state' | 'nextAt' | 'task'> {
  switch (fate.kind) {
    case 'accepted':
      return { state: 'sent', nextAt }
    case 'unknown':
      return { state: 'unknown', nextAt, task: 'message unknown' }
    case 'refused':
      return { state: 'refused', nextAt, task: fate.address ? 'address refused' : 'message refused' }
    case 'deferred': {
      const wait = deferrals[attempts]
      return wait === undefined ? { state: 'refused', nextAt, task: 'message refused' } : { state: 'planned', nextAt: after(now, wait) }
    }
    case 'unreached': {
      const lasted = Date.parse(now) - Date.parse(dueAt)
      const wait = Math.min(Math.max(lasted / 2, retry.soonest), retry.latest)
      return { state: 'planned', nextAt: after(now, wait), ...(lasted >= patience && { task: 'message delayed' }) }
    }
  }
}

/** Gives claims whose process is gone to a person: whether their mail went out, nobody can say. Returns how many. */
export async function settleLostClaims({ stores, clock }: Context): Promise<number> {
  const until = after(clock.now(), -lease)
  const lost = await claimsUntil(stores.study.read, until)
  for (const { id } of lost)
    await stores.study.withTx(async (tx) => {
      const now = clock.now()
      const message = await findMessage(tx, id)
      if (message?.state !== 'claimed' || (message.claimedAt ?? '') > until) return
      // It stays known, should it turn out that the mail was taken there.
      const detail = message.detail === formerAddress ? formerAddress : 'the server stopped while the mail was in its hands'
      await settleMessage(tx, message, { ...message, state: 'unknown', settledAt: now, detail })
      await addMailTask(tx, message, 'message unknown', detail, now)
      await recordMessage(tx, message, 'unknown', detail, now)
    })
  return lost.length
}

/** What staff were to look into has solved itself; whether somebody was asked has not where the mail went to another address. */
async function closeTasks(tx: Db, { message, isFormer }: Claimed, now: string): Promise<void> {
  const solved: MailTask[] = isFormer ? ['message delayed'] : ['message unknown', 'message delayed']
  for (const kind of solved) await closeMessageTask(tx, message.id, kind, now)
}

async function tell(tx: Db, message: Message, outcome: Outcome, why: string, now: string): Promise<Outcome> {
  await recordMessage(tx, message, outcome, why, now)
  return outcome
}
