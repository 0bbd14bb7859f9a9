/** Guessing at links is slowed, by the address that it comes from; a link that is known always opens. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Hono } from 'hono'
import { createApp } from '../../server/app.ts'
import { type Listening, listen } from '../../server/listen.ts'
import { createLog } from '../../server/log.ts'
import { addressReader } from '../../server/routes/client-address.ts'
import { address, family } from '../harness/family.ts'
import { type StudyServer, startStudyServer } from '../harness/study-server.ts'
import { withoutPages } from '../harness/without-pages.ts'

type Test = Parameters<typeof startStudyServer>[0]

let guesses = 0
const guess = () => `${String(guesses++).padStart(43, 'g')}`

/** A server on the same data, as one that was started anew; `trusted`: its proxies. */
async function another(t: Test, { context }: StudyServer, trusted: string[] = []): Promise<string> {
  const app = createApp(context, { site: withoutPages, log: createLog('silent'), trustedProxies: trusted })
  const listening: Listening = await listen(app, { host: '127.0.0.1', port: 0 })
  t.after(() => listening.close())
  return `http://127.0.0.1:${listening.port}`
}

async function statusOf(origin: string, path: string, forwarded?: string): Promise<number> {
  const answer = await fetch(`${origin}${path}`, { headers: forwarded === undefined ? {} : { 'X-Forwarded-For': forwarded } })
  await answer.text()
  return answer.status
}

test('many unknown links are answered with 429, also after starting anew, and a known one as ever', async (t) => {
  const server = await startStudyServer(t)
  await server.register(family('EK-001'))
  await server.tick()
  const link = new URL(server.mail.linkTo(address('parent', 'EK-001'))).pathname
  for (let tries = 0; tries < 20; tries++) {
    // Whom somebody says they are is not believed of anybody but a proxy of ours.
    const path = tries % 2 === 0 ? `/l/${guess()}` : `/u/${guess().slice(0, 22)}`
    assert.equal(await statusOf(server.origin, path, `192.0.2.${tries}`), 404)
  }
  const origin = await another(t, server)
  const [slowed] = await Promise.all([
    fetch(`${origin}/l/${guess()}`),
    statusOf(origin, link).then((status) => assert.equal(status, 200)),
    statusOf(origin, `/l/${guess()}`, '192.0.2.99').then((status) => assert.equal(status, 429)),
  ])
  assert.equal(slowed.status, 429)
  assert.match(await slowed.text(), /Deze link kennen wij niet/)
  const seconds = Number(slowed.headers.get('Retry-After'))
  assert.ok(seconds > 0 && seconds <= 600, `${seconds} seconds`)

  const rows = server.rows<{ key: string; count: number }>('select key, count from tries')
  assert.deepEqual([rows.length, rows[0]?.count], [1, 22])
  assert.doesNotMatch(JSON.stringify(rows), /127\.0\.0\.1/)
  server.clock.set(new Date(Date.parse(server.clock.now()) + 601_000).toISOString())
  assert.equal(await statusOf(origin, `/l/${guess()}`), 404)
})

test('behind a proxy of ours each address is counted for itself, and nobody can pass for another', async (t) => {
  const server = await startStudyServer(t)
  const origin = await another(t, server, ['127.0.0.1', '10.0.0.0/8'])
  for (let tries = 0; tries < 20; tries++) assert.equal(await statusOf(origin, `/l/${guess()}`, `198.51.100.${tries}, 203.0.113.7`), 404)
  const [same, other] = await Promise.all([
    statusOf(origin, `/l/${guess()}`, '203.0.113.9, 203.0.113.7, 10.1.2.3'),
    statusOf(origin, `/l/${guess()}`, '203.0.113.7, 203.0.113.8'),
  ])
  assert.deepEqual([same, other], [429, 404])
})

test('the address of a request: the last one that is not a proxy of ours, of IPv6 the network', async (t) => {
  const addressVia = async (trusted: string[], forwarded: string): Promise<string> => {
    const addressOf = addressReader(trusted)
    const listening = await listen(
      new Hono().get('/', (request) => request.text(addressOf(request))),
      { host: '127.0.0.1', port: 0 },
    )
    t.after(() => listening.close())
    return await (await fetch(`http://127.0.0.1:${listening.port}/`, { headers: { 'X-Forwarded-For': forwarded } })).text()
  }
  assert.equal(await addressVia([], '192.0.2.1'), '127.0.0.1')
  assert.equal(await addressVia(['192.0.2.0/24'], '192.0.2.1'), '127.0.0.1')
  assert.equal(await addressVia(['127.0.0.0/8'], '192.0.2.1'), '192.0.2.1')
  assert.equal(await addressVia(['127.0.0.1'], '192.0.2.1, nonsense'), '192.0.2.1')
  assert.equal(await addressVia(['127.0.0.1'], 'nonsense'), '127.0.0.1')
  assert.equal(await addressVia(['127.0.0.1', '192.0.2.1'], '192.0.2.1'), '192.0.2.1')
  assert.equal(await addressVia(['127.0.0.1'], '2001:db8:1:2:3:4:5:6'), '2001:db8:1:2::/64')
  assert.equal(await addressVia(['127.0.0.1'], '2001:DB8::1'), '2001:db8:0:0::/64')
  assert.equal(await addressVia(['127.0.0.1', '2001:db8::/32'], '192.0.2.1, 2001:db8::1'), '192.0.2.1')
  assert.equal(await addressVia(['127.0.0.1'], '::ffff:192.0.2.1'), '192.0.2.1')
})
