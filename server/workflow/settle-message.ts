/** Records what became of a message that was handed over, and tells a person where one is needed. */
import { after, earlier } from '../../protocols/local-time.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/tx.ts'
import type { Fate } from '../mail/fate.ts'
import { claimsUntil, findMessage, type Message, settleMessage } from '../queries/messages.ts'
import { markAddressRefused } from '../queries/participants.ts'
import { closeMessageTask } from '../queries/tasks.ts'
import { addMailTask, type MailTask, recordMessage } from './message-records.ts'

export type Outcome = 'sent' | 'postponed' | 'refused' | 'unknown'

const minute = 60_000
/** After a mail server asked to come back later: a quarter of an hour, an hour, four hours. Then it counts as refused. */
const deferrals = [15 * minute, 60 * minute, 240 * minute]
/** Trouble on the way to the mail server is tried again after half the time it has lasted, within these bounds: at the next tick, every hour. */
const retry = { soonest: 45_000, latest: 60 * minute }
/** After so much trouble a person hears of it. It is tried on for as long as the window is open. */
const patience = 24 * 60 * minute
/** A claim as old as this has lost its process: no hand-over takes a tenth of it. */
const lease = 5 * minute

/**
 * Records the fate of a mail for each of the messages that were in it, all or none. What is to be tried again is due at the same
 * moment, so that it can go in one mail again.
 */
export async function settle({ stores, clock }: Context, claimed: readonly Message[], fate: Fate): Promise<Outcome[]> {
  return await stores.study.withTx(async (tx) => {
    const now = clock.now()
    const messages: Claimed[] = []
    for (const one of claimed) messages.push({ message: (await findMessage(tx, one.id)) ?? one, by: one.claimedBy })
    const again = messages.map(({ message }) => decide(message, fate, now)).filter(({ state }) => state === 'planned')
    const nextAt = again
      .map((decision) => decision.nextAt)
      .reduce<string | null>((soonest, at) => (soonest === null ? at : earlier(soonest, at)), null)
    const outcomes: Outcome[] = []
    for (const one of messages) outcomes.push(await settleOne(tx, one, fate, { now, nextAt }))
    return outcomes
  })
}

/** A message as it is recorded now, and who had taken it in hand. */
interface Claimed {
  message: Message
  by: string | null
}

/** `nextAt`: when the mail is tried again, if it is. */
async function settleOne(
  tx: Db,
  { message, by }: Claimed,
  fate: Fate,
  { now, nextAt }: { now: string; nextAt: string | null },
): Promise<Outcome> {
  const { state, task, ...own } = decide(message, fate, now)
  // The lease ran out meanwhile (a machine that slept, say). An acceptance is still good to know; anything else came
  // too late: a person has been told that the fate is unknown, and may have acted on it.
  const late = message.state !== 'claimed' || message.claimedBy !== by
  if (late && fate.kind !== 'accepted') return await tell(tx, message, 'unknown', fate.detail, now)
  const attempts = message.attempts + (fate.kind === 'unreached' ? 0 : 1)
  const settledAt = state === 'planned' ? null : now
  await settleMessage(tx, message, {
    state,
    attempts,
    nextAt: state === 'planned' ? (nextAt ?? own.nextAt) : own.nextAt,
    settledAt,
    detail: fate.detail,
  })
  if (fate.kind === 'refused' && fate.address) await markAddressRefused(tx, message.participantId, now)
  if (task) await addMailTask(tx, message, task, fate.detail, now)
  if (state === 'sent' && message.detail !== null) await closeTasks(tx, message, now)
  return await tell(tx, message, state === 'planned' ? 'postponed' : state, fate.detail, now)
}

interface Decision {
  state: 'sent' | 'planned' | 'refused' | 'unknown'
  nextAt: string
  task?: MailTask
}

function decide({ attempts, dueAt, nextAt }: Message, fate: Fate, now: string): Decision {
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
  const detail = 'the server stopped while the mail was in its hands'
  for (const { id } of lost)
    await stores.study.withTx(async (tx) => {
      const now = clock.now()
      const message = await findMessage(tx, id)
      if (message?.state !== 'claimed' || (message.claimedAt ?? '') > until) return
      await settleMessage(tx, message, { ...message, state: 'unknown', settledAt: now, detail })
      await addMailTask(tx, message, 'message unknown', detail, now)
      await recordMessage(tx, message, 'unknown', detail, now)
    })
  return lost.length
}

/** What staff were to look into has solved itself. */
async function closeTasks(tx: Db, { id }: Message, now: string): Promise<void> {
  for (const kind of ['message unknown', 'message delayed'] satisfies MailTask[]) await closeMessageTask(tx, id, kind, now)
}

async function tell(tx: Db, message: Message, outcome: Outcome, why: string, now: string): Promise<Outcome> {
  await recordMessage(tx, message, outcome, why, now)
  return outcome
}
