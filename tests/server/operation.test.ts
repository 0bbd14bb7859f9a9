/** What whoever operates the server sees: /healthz, /readyz, /metrics and the log. */
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import pino from 'pino'
import { readSettings } from '../../server/env.ts'
import { createTransport } from '../../server/mail/transport.ts'
import { collectMetrics } from '../../server/metrics.ts'
import type { Operation } from '../../server/routes/health.ts'
import { startTicker, type Ticker } from '../../server/ticker.ts'
import { startWatch, type Watched } from '../../server/watch.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { postgresUrl } from '../harness/database.ts'
import { address, answersTo, family } from '../harness/family.ts'
import { freePort } from '../harness/free-port.ts'
import { manySessions, submission } from '../harness/many-sessions.ts'
import { Respondent } from '../harness/respondent.ts'
import { serve } from '../harness/serving.ts'
import { mayMount, smallDisk } from '../harness/small-disk.ts'
import { type StudyServer, serveHere, startStudyServer } from '../harness/study-server.ts'
import { openTestStudy } from '../harness/test-study.ts'

const token = 'aBcd'.repeat(8)
const bearer = { headers: { Authorization: `Bearer ${token}` } }
const quick = { tickerIdle: 60_000, mail: { bad: 5, good: 5 }, pause: 5, fresh: 0 }

interface Ready {
  ready: boolean
  checks?: { name: string; ok: boolean; reason: string | null }[]
}

async function ask(origin: string, path = '/readyz', request: RequestInit = bearer): Promise<{ status: number; body: Ready }> {
  const answer = await fetch(`${origin}${path}`, request)
  return { status: answer.status, body: (await answer.json()) as Ready }
}

const wrongIn = ({ checks = [] }: Ready): string[] => checks.filter(({ ok }) => !ok).map(({ name }) => name)

/** Asks until what is wrong is this. */
async function untilWrong(origin: string, names: string[]): Promise<Ready> {
  for (;;) {
    const { body } = await ask(origin)
    if (JSON.stringify(wrongIn(body)) === JSON.stringify(names)) return body
    await pause(10)
  }
}

interface Watching {
  server: StudyServer
  origin: string
  said: () => string
  ticker: Ticker
}

/** A study that is served, watched and measured as `serve` does it; all that a watch has to wait for comes sooner. */
async function watched(t: TestContext, limits: Partial<Watched['limits']> = {}, mails = true): Promise<Watching> {
  const server = await startStudyServer(t)
  let said = ''
  const log = pino(
    { level: 'debug', base: undefined },
    {
      write(line: string) {
        said += line
      },
    },
  )
  const settings = { SMTP_URL: server.mail.url, MAIL_FROM: server.study.contact }
  const transport = createTransport(settings)
  let ticker: Ticker | undefined
  const watch = startWatch(server.context, { transport, ticker: () => ticker, log, limits: { ...quick, ...limits } })
  const metrics = collectMetrics(server.context, { look: watch.look, idleFor: () => ticker?.idleFor() ?? 0 })
  const operation: Operation = { look: watch.look, metrics, token }
  const port = await freePort()
  const listening = await serveHere({ ...server.context, baseUrl: `http://127.0.0.1:${port}` }, port, { operation, log })
  if (mails) await server.register(family('A-001'))
  ticker = startTicker(server.context, transport, log, metrics.passed)
  t.after(async () => {
    server.mail.release()
    await Promise.all([listening.close(), ticker?.stop(), watch.stop()])
  })
  return { server, origin: `http://127.0.0.1:${port}`, said: () => said, ticker }
}

test('a server that is in order is ready, and says to strangers nothing more', async (t) => {
  const { origin } = await watched(t)
  await untilWrong(origin, [])
  const { status, body } = await ask(origin)
  assert.equal(status, 200)
  assert.deepEqual(
    body.checks?.map(({ name, ok }) => [name, ok]),
    ['database', ...(postgresUrl === undefined ? [] : ['clock']), 'ticker', 'mail', 'disk', 'stopping'].map((name) => [name, true]),
  )
  for (const headers of [{}, { Authorization: token }, { Authorization: 'Bearer ' }, { Authorization: `Bearer ${token}x` }]) {
    assert.deepEqual(await ask(origin, '/readyz', { headers: headers as Record<string, string> }), { status: 200, body: { ready: true } })
    assert.equal((await fetch(`${origin}/metrics`, { headers: headers as Record<string, string> })).status, 404)
  }
  assert.equal(await (await fetch(`${origin}/healthz`)).text(), 'ok\n')
})

test('without the mail server it is not ready, but requests can come; when it is back, so is the server, and the log says both once', async (t) => {
  const { server, origin, said } = await watched(t)
  await untilWrong(origin, [])
  server.mail.mood = { at: 'greeting', does: 421, says: 'closed for the day' }
  const body = await untilWrong(origin, ['mail'])
  assert.match(body.checks?.find(({ name }) => name === 'mail')?.reason ?? '', /421|closed/)
  assert.deepEqual(await ask(origin, '/readyz', {}), { status: 503, body: { ready: false } })
  assert.equal((await ask(origin, '/readyz?for=requests')).status, 200)
  server.mail.mood = undefined
  await untilWrong(origin, [])
  const lines = said()
    .split('\n')
    .filter((line) => line.includes('ready'))
    .filter((line) => line.includes('"check"'))
    .map((line) => JSON.parse(line) as { check: string; msg: string })
  assert.deepEqual(
    lines.map(({ check, msg }) => [check, msg]),
    [
      ['mail', 'not ready'],
      ['mail', 'ready again'],
    ],
  )
})

test('a pass of the ticker that does not come to its end is noticed', async (t) => {
  const { server, origin } = await watched(t, { tickerIdle: 50 }, false)
  server.mail.mood = { at: 'end of text', does: 'waits' }
  await server.register(family('A-001'))
  const body = await untilWrong(origin, ['ticker'])
  assert.match(body.checks?.find(({ name }) => name === 'ticker')?.reason ?? '', /no pass/)
})

test('a database that is gone is noticed, and the server still says that it lives', async (t) => {
  const { server, origin } = await watched(t)
  await untilWrong(origin, [])
  await server.context.stores.identity.withTx(async (tx) => void tx.run('ALTER TABLE people RENAME TO away'))
  const body = await untilWrong(origin, ['database'])
  assert.ok(body.checks?.[0]?.reason)
  assert.equal((await ask(origin, '/readyz?for=requests')).status, 503)
  assert.equal((await fetch(`${origin}/healthz`)).status, 200)
})

test('a disk with little room left is noticed before it is full', {
  skip: !mayMount && 'only root on Linux may mount a small disk',
}, async (t) => {
  const study = await openTestStudy({ folder: smallDisk(t, 20_000) })
  const port = await freePort()
  const listening = await serveHere(study.context, port, {})
  t.after(async () => {
    await listening.close()
    await study.close()
  })
  assert.deepEqual(await ask(`http://127.0.0.1:${port}`, '/readyz', {}), { status: 503, body: { ready: false } })
  assert.equal((await ask(`http://127.0.0.1:${port}`, '/readyz?for=requests')).status, 200)
})

/** Value of a number in what /metrics says. */
const numberIn = (text: string, name: string): number | undefined => {
  const line = text.split('\n').find((one) => one.startsWith(`${name} `))
  return line === undefined ? undefined : Number(line.slice(name.length + 1))
}

test('metrics count requests, answers and mails, and hostile requests make them no longer', async (t) => {
  const { server, origin, ticker } = await watched(t)
  await ticker.pass()
  const read = async (): Promise<string> => await (await fetch(`${origin}/metrics`, bearer)).text()
  const respondent = new Respondent(origin)
  const link = server.mail.linkTo(address('parent', 'A-001')).replace(server.origin, origin)
  await respondent.open(link)
  await respondent.consent()
  const [first] = (await respondent.packet()).assignments
  assert.ok(first)
  await respondent.submit(first.id, {})
  const [instrument] = server.context.definitions.instruments.all().filter(({ survey }) => survey.title.nl === first.title.nl)
  assert.ok(instrument)
  assert.equal((await respondent.submit(first.id, answersTo(instrument, 1))).status, 200)
  const hostile = async (from: number): Promise<void> => {
    for (let n = from; n < from + 60; n++) {
      const path = ['/', '/l/', '/api/', '/api/assignments/', '/desk/', '/api/desk/studies/', '/packet/', '/assets/respond/'][n % 8]
      const method = ['GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'PATCH', 'OPTIONS', `X${n}`][Math.floor(n / 8) % 8] ?? 'GET'
      const headers = { Host: `h${n}.example`, Authorization: `Bearer ${n}`, 'X-Request-Id': `forged-${n}` }
      await fetch(`${origin}${path}canary${n}/%0a%22${n}?canary=${n}`, { method, headers, redirect: 'manual' })
    }
  }
  await hostile(0)
  // Every method and way in has been seen once by now.
  for (let n = 60; n < 120; n += 60) await hostile(n)
  const before = await read()
  await hostile(1_280)
  const after = await read()
  const series = (text: string): string[] =>
    text
      .split('\n')
      .filter((line) => line.startsWith('nameting_'))
      .map((line) => line.replace(/ \S+$/, ''))
  assert.ok(series(after).length <= series(before).length + 14, 'at most one more histogram')
  assert.doesNotMatch(after, /canary|forged|A-001|example|Noor|%0a/)
  assert.doesNotMatch(after, new RegExp([first.id, link.split('/').at(-1)].join('|')))
  assert.equal(numberIn(after, 'nameting_submissions_total{route="/api/assignments/:id/submit",outcome="accepted"}'), 1)
  assert.equal(numberIn(after, 'nameting_submissions_total{route="/api/assignments/:id/submit",outcome="refused"}'), 1)
  assert.equal(numberIn(after, 'nameting_mails_total{outcome="sent"}'), server.mail.accepted.length)
  assert.equal(numberIn(after, 'nameting_ready{check="database"}'), 1)
  assert.equal(numberIn(after, 'nameting_mails_due'), 0)
  for (const name of [
    'nameting_tick_idle_seconds',
    'nameting_disk_free_bytes',
    'nodejs_eventloop_lag_p99_seconds',
    'process_start_time_seconds',
  ])
    assert.ok(numberIn(after, name) !== undefined, name)
})

test('the log has a line for each request, by its route, and nothing of what came in path, query, head or body', async (t) => {
  const { server, origin, said, ticker } = await watched(t)
  await ticker.pass()
  const parent = address('parent', 'A-001')
  const link = server.mail.linkTo(parent).replace(server.origin, origin)
  const secret = link.split('/').at(-1) ?? ''
  const forged = await fetch(`${link}?name=Kanariegeel&mail=${parent}`, {
    headers: { 'User-Agent': 'Kanariegeel', 'X-Request-Id': 'Kanariegeel' },
  })
  const id = forged.headers.get('X-Request-Id')
  assert.match(id ?? '', /^[0-9a-z]{16}$/)
  await fetch(`${origin}/Kanariegeel/${parent}`)
  await fetch(`${origin}/api/desk/sign-in`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Forwarded-For': '203.0.113.77' },
    body: JSON.stringify({ email: parent, password: 'Kanariegeel' }),
  })
  // A table that is gone stands for every mistake of our own.
  await server.context.stores.study.withTx(async (tx) => void tx.run('ALTER TABLE links RENAME TO links_away'))
  const failed = await fetch(link)
  assert.equal(failed.status, 500)
  const log = said()
  for (const word of ['Kanariegeel', secret, parent, '203.0.113.77', 'undici', '127.0.0.1', 'params: '])
    assert.ok(!log.includes(word), word)
  const lines = log
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
  const requests = lines.filter(({ msg }) => msg === 'request')
  const opened = requests.find(({ request }) => request === id)
  assert.deepEqual([opened?.method, opened?.route, opened?.status, typeof opened?.ms], ['GET', '/l/:token', 200, 'number'])
  assert.ok(requests.some(({ route, status }) => route === 'none' && status === 404))
  const broken = failed.headers.get('X-Request-Id')
  assert.ok(
    lines.some(({ request, error }) => request === broken && error !== undefined),
    'its mistake is found by the same name',
  )
})

test('a server that is stopped says so for a while before it takes nothing more', async (t) => {
  const { environment, lists } = await manySessions(temporaryFolder(t), 1)
  const server = await serve({ ...environment, METRICS_TOKEN: token, DRAIN_SECONDS: '4' })
  t.after(() => server.kill())
  assert.equal((await ask(server.origin, '/readyz?for=requests')).status, 200)
  assert.match(await (await fetch(`${server.origin}/metrics`, bearer)).text(), /^nameting_tick_seconds_bucket|^nameting_tick_idle_seconds/m)
  const stopping = server.stop()
  const { status, body } = await (async () => {
    for (;;) {
      const answer = await ask(server.origin, '/readyz?for=requests')
      if (answer.status !== 200) return answer
    }
  })()
  assert.deepEqual([status, wrongIn(body)], [503, ['stopping']])
  const [list] = lists
  assert.ok(list)
  const { path, ...request } = submission(list)
  assert.equal((await fetch(`${server.origin}${path}`, request)).status, 200, 'what still comes is still taken')
  await stopping
  assert.equal(server.process.exitCode, 0)
})

test('a token for metrics that can be guessed is refused at start', () => {
  assert.throws(() => readSettings([], { METRICS_TOKEN: 'geheim' }), /METRICS_TOKEN must have at least 24/)
  assert.throws(() => readSettings([], { DRAIN_SECONDS: '-1' }), /DRAIN_SECONDS must be/)
})
