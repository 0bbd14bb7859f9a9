/** kill -9 of a process that sends, at random moments of what it says to the mail server: one that takes mail, is slow, refuses, hangs or dies. */
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { oneOf, type Random, wholeBetween } from '../../server/demo/random.ts'
import { killedAfter, killsOf, spawned, untilKilled } from '../harness/kills.ts'
import type { Mood } from '../harness/mail-server.ts'
import { figure, seeded } from '../harness/seed.ts'
import { type MailStudy, openMailStudy } from '../mail/study.ts'

const kills = killsOf('sending')
/** So many on one data folder; so many families more before each. */
const perFolder = 100
/** With many kills so many folders are at work at once: most of the time a mail server that hangs is waited for. */
const lanes = kills > perFolder ? 2 : 1
const familiesPerKill = 3

const start = Temporal.Instant.from('2026-03-02T09:00:00Z')
/** Claims are given up after five minutes; what is tried again is due after fifteen. */
const minutesBetween = 6

const places = ['greeting', 'sender', 'recipient', 'text', 'end of text'] as const
const doings = ['hangs', 'dies', 421, 451, 550, 554] as const

test(`${kills} times kill -9 of who sends: no mail twice, and what nobody knows about is at most what was in hand, each a task`, async (t) => {
  const random = seeded(t)
  const sums = { accepted: 0, unknown: 0, 'in hand at a kill': 0, refused: 0 }
  let left = kills
  const lane = async (): Promise<void> => {
    while (left > 0) {
      const rounds = Math.min(left, perFolder)
      left -= rounds
      const had = await killAgain(t, rounds, random)
      for (const name of Object.keys(sums) as (keyof typeof sums)[]) sums[name] += had[name]
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  figure(t, 'kills around SMTP', kills)
  figure(t, 'mails accepted around kills', sums.accepted)
  figure(t, 'mails in hand at a kill', sums['in hand at a kill'])
  figure(t, 'mails of unknown fate, by kills and by a mail server that dies, each a task', sums.unknown)
  figure(t, 'mails accepted twice', 0)
})

async function killAgain(t: TestContext, rounds: number, random: Random) {
  const study = await openMailStudy(t)
  const watched = watch(study, random)
  const caseIds: string[] = []
  let inHand = 0
  let at = start
  await untilKilled(rounds, async () => {
    caseIds.push(...(await study.register(...Array.from({ length: familiesPerKill }, () => ({})))))
    at = at.add({ minutes: minutesBetween })
    const moment = watched.moment()
    const ended = await killedAfter(spawned(study.environment, 'tick', '--now', at.toString()), moment)
    inHand += claimed(study)
    return ended === null
  })
  watched.stop()
  // From here on the mail server takes all; whatever was to be tried again is due within hours.
  for (let hour = 0; hour < 8; hour++) {
    at = at.add({ hours: 1 })
    await study.tickAt(at.toString())
  }
  for (const mails of Map.groupBy(study.server.seen, ({ messageId }) => messageId).values())
    for (const { answered = 0 } of mails.slice(0, -1)) assert.ok(answered >= 400, 'a mail was handed over again that may have been taken')
  const ids = study.server.accepted.map(({ messageId }) => messageId)
  assert.equal(new Set(ids).size, ids.length, 'a Message-ID was accepted twice')
  const messages = await messagesOf(study, caseIds)
  const inState = (...states: string[]) => messages.filter(({ state }) => states.includes(state))
  assert.equal(inState('sent', 'unknown', 'refused').length, messages.length, JSON.stringify(inState('planned', 'claimed', 'cancelled')))
  for (const { messageId } of inState('sent')) assert.ok(ids.includes(messageId), 'recorded as sent, and the mail server never took it')
  for (const { messageId } of inState('refused')) assert.ok(!ids.includes(messageId), 'recorded as refused, and the mail server took it')
  const unknown = inState('unknown')
  // The others had no answer while their sender lived.
  const lost = unknown.filter(({ detail }) => detail?.startsWith('the server stopped'))
  assert.ok(lost.length <= inHand, `${lost.length} lost by kills, ${inHand} were in hand`)
  const tasks = (await study.tasks()).filter(({ kind }) => kind === 'message unknown')
  assert.deepEqual(tasks.map(({ messageId }) => messageId).sort(), unknown.map(({ id }) => id).sort())
  return { accepted: ids.length, unknown: unknown.length, 'in hand at a kill': inHand, refused: inState('refused').length }
}

const claimed = ({ context }: MailStudy): number =>
  context.stores.study.read.get<{ many: number }>("SELECT count(*) AS many FROM messages WHERE state = 'claimed'").many

const messagesOf = async (study: MailStudy, caseIds: string[]) =>
  (await Promise.all(caseIds.map((id) => study.messages(id)))).flat().filter(({ kind, wave }) => kind === 'invitation' && wave === 'T0')

/** A mail server of changing mood, which sees to it that the process is killed while they speak. */
function watch({ server }: MailStudy, random: Random) {
  let steps = 0
  let trouble = 0
  let last: number | undefined
  let reached = Promise.withResolvers<void>()
  const slow = setInterval(() => server.release(), 15)
  server.mood = (): Mood | undefined => {
    last = performance.now()
    if (--steps === 0) reached.resolve()
    if (random() < trouble) return { at: oneOf(random, places), does: oneOf(random, doings) }
    return random() < 0.3 ? { at: oneOf(random, places), does: 'waits' } : undefined
  }
  /** Resolves when both of them have begun to speak and say nothing any more: one of them hangs. */
  async function silence(): Promise<void> {
    for (const begun = performance.now(); performance.now() - (last ?? begun + 20_000) < 300; ) await wait(20)
  }

  return {
    /** Resolves when it is to be killed. */
    async moment(): Promise<void> {
      steps = wholeBetween(random, 1, 18)
      trouble = oneOf(random, [0, 0.05, 0.3])
      reached = Promise.withResolvers()
      last = undefined
      await Promise.race([reached.promise, silence()])
      await wait(random() * 6)
    },
    stop(): void {
      clearInterval(slow)
      server.mood = undefined
      server.release()
    },
  }
}
