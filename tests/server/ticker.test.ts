import assert from 'node:assert/strict'
import test from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { createTransport } from '../../server/mail/transport.ts'
import { startTicker } from '../../server/ticker.ts'
import { openMailStudy } from '../mail/study.ts'

/** Takes what is logged. */
function listen() {
  const lines: [fields: Record<string, unknown>, text: string][] = []
  const take = (fields: unknown, text?: string) => void lines.push([fields as Record<string, unknown>, text ?? ''])
  return { lines, log: { info: take, error: take } }
}

const settings = (url: string) => ({ SMTP_URL: url, MAIL_FROM: 'onderzoek@voorbeeld.example' })

test('the ticker makes a pass at start, and a further one when it is asked; its log has counts and nobody’s name', async (test) => {
  const study = await openMailStudy(test)
  await study.register({}, {})
  study.clock.set('2026-03-02T09:00:00Z')
  const { lines, log } = listen()
  const ticker = startTicker(study.context, createTransport(settings(study.server.url)), log)
  await study.server.hasSeen(2)
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
  const ticker = startTicker(study.context, createTransport(settings(study.server.url)), listen().log)
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
  const passes = await study.tickAt()
  assert.equal(passes.sent, 0, 'the mail server still waits')
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
  const ticker = startTicker({ ...study.context, clock: flaky }, createTransport(settings(study.server.url)), log)
  await assert.rejects(ticker.pass(), /stands still/)
  broken = false
  assert.equal((await ticker.pass()).sent, 1)
  await ticker.stop()
  assert.deepEqual(
    lines.map(([, text]) => text),
    ['tick failed', 'tick failed', 'tick'],
  )
})
