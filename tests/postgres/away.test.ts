/** PostgreSQL is gone for a while, and back. SECONDS_AWAY says how long: a minute in `npm run test:faults`, less in `npm test`. */
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { namingProcess } from '../harness/command.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { type DatabaseProxy, databaseProxy } from '../harness/database-proxy.ts'
import { freePort } from '../harness/free-port.ts'
import { startMailServer } from '../harness/mail-server.ts'
import { manySessions, type OpenList, submission } from '../harness/many-sessions.ts'
import { figure } from '../harness/seed.ts'
import { type Serving, serve } from '../harness/serving.ts'
import { asAdministrator } from './own-database.ts'

const seconds = Number(process.env.SECONDS_AWAY ?? 2)
const token = 'aBcd'.repeat(8)
const families = 12

test(`PostgreSQL is gone for ${seconds} seconds: answers are refused plainly and kept by whoever sent them, no mail goes twice, and all goes on by itself`, async (t) => {
  const { servers, proxy, lists, mail, url, environment } = await twoServers(t)
  mail.mood = { at: 'end of text', does: 'waits' }
  const releasing = setInterval(() => mail.release(), 40)
  t.after(() => clearInterval(releasing))
  await mail.hasSeen(2)
  // In the middle of mails and of submissions.
  const first = lists.splice(0, 16)
  const underWay = first.map((list, index) => sent(servers[index % 2], list))
  await wait(30)
  await proxy.shut('refuses')
  const back = performance.now() + seconds * 1000
  const outcomes = await Promise.all(underWay)
  for (const { status, code } of outcomes) assert.ok(status === 200 || (status === 503 && code === 'storage-away'), `${status} ${code}`)
  // What /readyz said a second ago it may say again.
  await wait(1_050)
  do {
    for (const server of servers) {
      for (const list of lists.slice(0, 2)) {
        assert.deepEqual(await sent(server, list), { status: 503, code: 'storage-away' })
        assert.deepEqual(await sent(server, list, 'draft'), { status: 503, code: 'storage-away' })
      }
      assert.equal((await fetch(`${server.origin}/healthz`)).status, 200)
      const ready = await fetch(`${server.origin}/readyz?for=requests`, { headers: { Authorization: `Bearer ${token}` } })
      const { checks } = (await ready.json()) as { checks: { name: string; reason: string | null }[] }
      assert.equal(ready.status, 503)
      assert.match(checks.find(({ name }) => name === 'database')?.reason ?? '', /PostgreSQL is away/)
    }
    await wait(Math.min(1_000, Math.max(0, back - performance.now())))
  } while (performance.now() < back)
  await proxy.reopen()

  for (const server of servers) await ready(server)
  // Who had no answer, and who was refused, sends the same once more; who had one may as well.
  for (const [index, list] of [...first, ...lists].entries()) assert.equal((await sent(servers[index % 2], list)).status, 200)
  const stored = await asAdministrator<{ id: string }>(url, 'SELECT assignment_id AS id FROM study.responses')
  assert.deepEqual(stored.map(({ id }) => id).sort(), [...first, ...lists].map(({ assignmentId }) => assignmentId).sort())

  const inState = async (...states: string[]) =>
    await asAdministrator<{ id: string }>(
      url,
      `SELECT message_id AS id FROM study.messages WHERE kind = 'invitation' AND wave = 'T0' AND state IN (${states.map((state) => `'${state}'`)})`,
    )
  // The tickers of the two go on with the next minute; when that is long, another process sends meanwhile.
  if (seconds < 30) {
    const pass = await namingProcess(environment, 'tick', '--json')
    assert.equal(pass.code, 0, pass.stderr)
  } else while ((await inState('planned')).length > 0) await wait(500)
  for (const server of servers) await server.stop()
  const ids = mail.seen.map(({ messageId = '' }) => messageId)
  assert.equal(new Set(ids).size, ids.length, 'a mail was handed over twice')
  for (const { id } of await inState('sent')) assert.ok(ids.includes(id), 'recorded as sent, and the mail server never saw it')
  const inHand = await inState('claimed', 'unknown')
  assert.ok(inHand.length <= 2 * 5, `${inHand.length} of unknown fate: more than two servers had in hand`)
  assert.deepEqual(await inState('planned'), [])
  for (const server of servers) assert.match(server.said(), /"check":"database","msg":"ready again"/)
  figure(t, 'seconds without PostgreSQL', seconds)
  figure(t, 'mails twice after PostgreSQL was gone', 0)
})

test('a network that swallows all that is said to PostgreSQL: /readyz says so, and what was sent meanwhile is stored once it speaks again', async (t) => {
  const { servers, proxy, lists, url } = await twoServers(t)
  const [server] = servers
  assert.ok(server)
  for (const list of lists.splice(0, 4)) assert.equal((await sent(server, list)).status, 200)
  await proxy.shut('silent')
  const underWay = lists.slice(0, 6).map((list) => sent(server, list))
  // What it said a second ago it may say again.
  await wait(1_050)
  assert.equal((await fetch(`${server.origin}/readyz?for=requests`)).status, 503)
  await proxy.reopen()
  for (const outcome of await Promise.all(underWay)) assert.deepEqual(outcome, { status: 200 })
  await ready(server)
  assert.equal((await asAdministrator(url, 'SELECT 1 FROM study.responses')).length, 10)
})

async function twoServers(t: TestContext) {
  const mail = await startMailServer()
  t.after(() => mail.close())
  const { environment, lists } = await manySessions(temporaryFolder(t), families, mail.url)
  const url = environment.DATABASE_URL ?? ''
  const proxy: DatabaseProxy = await databaseProxy(t, url)
  const shared = { ...environment, DATABASE_URL: proxy.url, METRICS_TOKEN: token }
  const servers = await Promise.all([serve(shared), serve({ ...shared, BASE_URL: `http://127.0.0.1:${await freePort()}` })])
  t.after(() => Promise.all(servers.map((server) => server.kill())))
  return { servers, proxy, lists, mail, url, environment }
}

/** What a phone gets that sends a list, or saves it. */
async function sent(server: Serving | undefined, list: OpenList, what: 'list' | 'draft' = 'list') {
  const { path, ...request } = submission(list)
  const saving = {
    path: path.replace('/submit', '/draft'),
    method: 'PUT',
    body: JSON.stringify({ answers: list.answers, page: null, revision: 0, save: 'save-of-a-test' }),
  }
  const { path: to, ...how } = what === 'list' ? { path, ...request } : { ...request, ...saving }
  const answer = await fetch(`${server?.origin}${to}`, how)
  const { error } = (await answer.json()) as { error?: { code: string } }
  return { status: answer.status, ...(error && { code: error.code }) }
}

/** Resolves when it wants requests again. */
async function ready({ origin }: Serving): Promise<void> {
  while ((await fetch(`${origin}/readyz?for=requests`)).status !== 200) await wait(50)
}
