import assert from 'node:assert/strict'
import test, { type TestContext } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { createTransport } from '../../server/mail/transport.ts'
import { startTicker, type Ticker } from '../../server/ticker.ts'
import { type MailStudy, openMailStudy } from '../mail/study.ts'

/** Takes what is logged. */
function listen() {
  const lines: [fields: Record<string, unknown>, text: string][] = []
  const take = (fields: unknown, text?: string) => void lines.push([fields as Record<string, unknown>, text ?? ''])
  return { lines, log: { info: take, error: take } }
}

function start(test: TestContext, { context, environment }: MailStudy, log: Parameters<typeof startTicker>[2]): Ticker {
  const { SMTP_URL = '', MAIL_FROM = '' } = environment
  const ticker = startTicker(context, createTransport({ SMTP_URL, MAIL_FROM }), log)
  test.after(() => ticker.stop())
  return ticker
}

test('the ticker makes a pass at start, and a further one when it is asked; its log has counts and nobody’s name', async (test) => {
  const study = await openMailStudy(test)
  await study.register({}, {})
  study.clock.set('2026-03-02T09:00:00Z')
  const { lines, log } = listen()
  const ticker = start(test, study, log)
  assert.equal((await ticker.pass()).sent, 0, 'after the pass at start there is nothing left')
  study.clock.set('2026-03-09T09:00:00Z')
  assert.equal((await ticker.pass()).sent, 2)
  await ticker.stop()
  assert.equal(study.server.accepted.length, 4)
  assert.deepEqual(
    lines.map(([{ sent, opened }, text]) => [text, sent, opened]),
    [
      ['tick', 2, 8],
      ['tick', 2, 0],
    ],
  )
  assert.equal(/Noor|parent|example/.test(JSON.stringify(lines)), false)
})

test('stopping waits until the mail in hand is settled, and takes nothing further in hand', async (test) => {
  const study = await openMailStudy(test)
  const [first = ''] = await study.register({}, {}, {})
  study.clock.set('2026-03-02T09:00:00Z')
  study.server.mood = { at: 'end of text', does: 'waits' }
  const ticker = start(test, study, listen().log)
  await study.server.hasSeen(1)
  let stopped = false
  const stopping = ticker.stop().then(() => {
    stopped = true
  })
  await sleep(100)
  assert.equal(stopped, false)
  assert.equal((await study.messages(first))[0]?.state, 'claimed')
  study.server.release()
  await stopping
  assert.equal(study.server.seen.length, 1)
  assert.equal((await study.messages(first))[0]?.state, 'sent')
})

test('a pass that fails is logged, and the next one runs', async (test) => {
  const study = await openMailStudy(test)
  await study.register({})
  study.clock.set('2026-03-02T09:00:00Z')
  const { lines, log } = listen()
  const { clock } = study
  let broken = true
  const flaky = {
    now() {
      if (broken) throw new Error('the clock stands still')
      return clock.now()
    },
  }
  const ticker = start(test, { ...study, context: { ...study.context, clock: flaky } }, log)
  await assert.rejects(ticker.pass(), /stands still/)
  broken = false
  assert.equal((await ticker.pass()).sent, 1)
  await ticker.stop()
  assert.deepEqual(
    lines.map(([, text]) => text),
    ['tick failed', 'tick failed', 'tick'],
  )
})
