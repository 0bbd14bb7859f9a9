/** Thousands of requests that no page of ours would send, the same ones at every run. */
import assert from 'node:assert/strict'
import { Agent, request as send } from 'node:http'
import { type TestContext, test } from 'node:test'
import fc from 'fast-check'
import { refusals } from '../../server/refusal.ts'
import { contentOf } from '../harness/behind.ts'
import { address, family } from '../harness/family.ts'
import { Respondent } from '../harness/respondent.ts'
import { type StudyServer, startStudyServer } from '../harness/study-server.ts'

interface Odd {
  method: string
  path: string
  headers: Record<string, string>
  body: Buffer
  /** Whether the length is not said beforehand. */
  chunked: boolean
}

interface Answer {
  status: number
  type: string
  location: string
  text: string
}

const runs = 1500
const seed = 20270328
/** Bytes in a body at most. */
const limit = 256 * 1024

const bytes = (text: string): Buffer => Buffer.from(text)
const deep = (open: string, close: string) => bytes(`{"answers":${open.repeat(20_000)}${close.repeat(20_000)},"revision":0,"page":null}`)

const names = fc.constantFrom(
  'answers',
  'skipped',
  'language',
  'revision',
  'page',
  'given',
  'research',
  'contact-later',
  'veo01',
  '__proto__',
)
const values = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom<unknown>(
    {},
    [],
    null,
    -1,
    1e308,
    'nl',
    'zz',
    true,
    { research: true },
    { veo01: 3 },
    { veo01: '3' },
    ['veo01'],
    '\ud800',
  ),
)
const bodies = fc.oneof(
  { weight: 6, arbitrary: fc.array(fc.tuple(names, values), { maxLength: 5 }).map((entries) => bytes(objectText(entries))) },
  { weight: 3, arbitrary: fc.json().map(bytes) },
  {
    weight: 2,
    arbitrary: fc.record({ answers: values, skipped: values, language: values }).map((entry) => bytes(JSON.stringify(entry))),
  },
  { weight: 2, arbitrary: fc.record({ revision: values, answers: values, page: values }).map((entry) => bytes(JSON.stringify(entry))) },
  { weight: 2, arbitrary: fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array)) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      Buffer.alloc(0),
      deep('[', ']'),
      deep('{"a":', '}').subarray(0, 90_000),
      bytes('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}'),
      Buffer.from('{"language":"\xff\xfe"}', 'latin1'),
      bytes('\ufeff{"language":"nl"}'),
      bytes(`{"language":"${'x'.repeat(limit)}"}`),
      bytes('{"revision":1e999,"answers":{},"page":null}'),
    ),
  },
)

/** Keys as they are, also `__proto__`, and more than once. */
const objectText = (entries: [string, unknown][]): string =>
  `{${entries.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value) ?? 'null'}`).join(',')}}`

const segments = fc.constantFrom(
  '',
  '.',
  '..',
  '%00',
  '%2e%2e',
  '%ff',
  '%E0%A4%A',
  '%',
  '%2F',
  'A'.repeat(43),
  '-'.repeat(3000),
  "'--",
  '%C3%A9',
)
const suffixes = fc.constantFrom(
  '',
  '',
  '',
  '',
  '/',
  '/draft',
  '/submit',
  '/submit/',
  '//',
  '?',
  '?a=%',
  '?__proto__=1',
  '?limit=-1&offset=x',
)
const bases = [
  '/api/packet',
  '/api/packet/language',
  '/api/packet/consents',
  '/api/packet/withdraw',
  '/api/packet/leave',
  '/api/assignments',
  '/api/cases/A-001/hand-over',
  '/api/cases/A-001/leave',
  '/api/desk/me',
  '/api/desk/sign-in',
  '/api/desk/studies/s1/cases',
  '/api/demo/clock',
  '/api',
  '/l',
  '/packet',
  '/packet/lists',
  '/assets/respond',
  '/assets/desk',
  '/favicon.ico',
  '/mailbox',
  '/',
]

const oddHeaders = fc.record(
  {
    'content-type': fc.constantFrom(
      'application/json',
      'application/json; charset=utf-16',
      'text/plain',
      'multipart/form-data',
      'a/b; q="',
      '',
    ),
    host: fc.constantFrom('elsewhere.example', '..', '127.0.0.1:1', '[::1]'),
    'x-forwarded-host': fc.constant('elsewhere.example'),
    'x-forwarded-proto': fc.constant('https'),
    'accept-language': fc.constantFrom('', '*', 'en;q=nonsense', 'xx-YY,,;', 'en'.repeat(2000)),
    'accept-encoding': fc.constantFrom('', 'br', 'gzip;q=0,*', 'identity;q=0'),
    'content-encoding': fc.constantFrom('gzip', 'br'),
    'if-none-match': fc.constant('*'),
    range: fc.constantFrom('bytes=0-0', 'bytes=9-1'),
    'x-http-method-override': fc.constant('DELETE'),
  },
  { requiredKeys: [] },
)

/** Requests on our routes and beside them; `ids` are assignments that are there. Half of them are sent as a page would. */
const oddRequests = (ids: string[]): fc.Arbitrary<Odd> =>
  fc.record({
    method: fc.constantFrom('GET', 'HEAD', 'POST', 'POST', 'POST', 'PUT', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND'),
    path: fc.oneof(
      fc.tuple(fc.constantFrom(...bases), suffixes).map((parts) => parts.join('')),
      fc.tuple(fc.constantFrom(...bases), segments, suffixes).map(([base, segment, suffix]) => `${base}/${segment}${suffix}`),
      fc.tuple(fc.constantFrom(...ids), suffixes).map(([id, suffix]) => `/api/assignments/${id}${suffix}`),
    ),
    headers: fc.oneof(fc.constant({ 'content-type': 'application/json' }), oddHeaders) as fc.Arbitrary<Record<string, string>>,
    body: bodies,
    chunked: fc.boolean(),
  })

/** As a page sends it, but for one thing or none. */
const nearlyRight = (ids: string[]): fc.Arbitrary<Odd> =>
  fc
    .record({ revision: fc.nat(3), answers: fc.oneof(fc.constant({ veo01: 3 }), values), page: fc.oneof(fc.constant('page1'), values) })
    .chain((draft) =>
      fc.record({
        method: fc.constant('PUT'),
        path: fc.constantFrom(...ids).map((id) => `/api/assignments/${id}/draft`),
        headers: fc.constant({ 'content-type': 'application/json' }),
        body: fc.constant(bytes(JSON.stringify(draft))),
        chunked: fc.boolean(),
      }),
    )

/** Sends one after the other; fails at the first answer that is not as every answer has to be. */
async function sendAll(t: TestContext, { origin }: StudyServer, requests: Odd[], cookie = ''): Promise<Answer[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  t.after(() => agent.destroy())
  const answers: Answer[] = []
  for (const odd of requests) {
    const answer = await ask(origin, agent, odd, cookie)
    answers.push(answer)
    const about = `${odd.method} ${odd.path.slice(0, 100)} ${JSON.stringify(odd.headers)} ${odd.body.toString('latin1', 0, 200)}`
    assert.ok(answer.status < 500, `${answer.status} for ${about}`)
    assert.ok(!/elsewhere\.example/.test(answer.text + answer.location), `the address comes back in ${about}`)
    if (odd.method === 'HEAD' || answer.status === 304) assert.equal(answer.text, '', about)
    else if (answer.status >= 400 && answer.type !== '') assertErrorShape(odd.path, answer, about)
  }
  return answers
}

function assertErrorShape(path: string, { status, type, text }: Answer, about: string): void {
  if (!new URL(`http://any${path}`).pathname.startsWith('/api/')) {
    assert.match(type, /^text\/html/, about)
    return
  }
  const { error } = JSON.parse(text) as { error: { code: keyof typeof refusals; message: string } }
  assert.equal(error.message, refusals[error.code].message, about)
  assert.equal(refusals[error.code].status, status, about)
}

function ask(origin: string, agent: Agent, { method, path, headers, body, chunked }: Odd, cookie: string): Promise<Answer> {
  const { hostname, port } = new URL(origin)
  return new Promise((resolve, reject) => {
    const length = chunked || body.length === 0 ? {} : { 'content-length': String(body.length) }
    const options = { hostname, port, method, path, agent, headers: { ...headers, ...length, ...(cookie ? { cookie } : {}) } }
    const outgoing = send(options, async (incoming) => {
      try {
        const chunks: Buffer[] = []
        for await (const chunk of incoming) chunks.push(chunk as Buffer)
        resolve({
          status: incoming.statusCode ?? 0,
          type: incoming.headers['content-type'] ?? '',
          location: incoming.headers.location ?? '',
          text: Buffer.concat(chunks).toString(),
        })
      } catch (error) {
        reject(error)
      }
    })
    // A long body that nobody reads ends the connection, sometimes before its answer is seen.
    outgoing.once('error', (error) => (body.length > 50_000 ? resolve({ status: 0, type: '', location: '', text: '' }) : reject(error)))
    outgoing.end(body)
  })
}

/** All rows of both files, but for what only counts who guesses links. */
const everything = ({ context }: StudyServer): unknown =>
  [context.stores.study, context.stores.identity].map((store) => contentOf(store, ['tries']))

async function studyWithParent(t: TestContext): Promise<{ server: StudyServer; link: string; ids: string[] }> {
  const server = await startStudyServer(t)
  await server.register(family('A-001'))
  await server.tick()
  const ids = server.context.stores.study.read
    .all<{ id: string }>('SELECT id FROM assignments ORDER BY wave, instrument_id')
    .map(({ id }) => id)
  return { server, link: server.mail.linkTo(address('parent', 'A-001')), ids }
}

test('without a session no request changes anything, and none is answered with a mistake of ours', async (t) => {
  const { server, link, ids } = await studyWithParent(t)
  const before = everything(server)
  const answers = await sendAll(t, server, fc.sample(oddRequests(ids), { numRuns: runs, seed }))
  // The link itself may be looked at in every way but by its button.
  const looks = ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE'].map((method) => ({
    ...{ method, path: new URL(link).pathname, headers: { host: 'elsewhere.example' }, body: Buffer.alloc(0), chunked: false },
  }))
  answers.push(...(await sendAll(t, server, looks)))
  assert.deepEqual(everything(server), before)
  assert.deepEqual(
    [200, 400, 401, 404, 413].filter((status) => !answers.some((answer) => answer.status === status)),
    [],
    'the requests do not come far enough to prove anything',
  )
})

test('whatever a participant’s session sends, nothing breaks, and only sound answers are kept', async (t) => {
  const { server, link, ids } = await studyWithParent(t)
  const respondent = new Respondent(server.origin)
  await respondent.open(link)
  await respondent.consent()
  const own = (await respondent.packet()).assignments.map(({ id }) => id)
  // Leaving and withdrawing would end it all early; both are in the other test.
  const requests = fc
    .sample(fc.oneof(oddRequests([...own, ...ids]), nearlyRight(own)), { numRuns: runs, seed })
    .filter(({ path }) => !/leave|withdraw|consents/.test(path))
  const answers = await sendAll(t, server, requests, respondent.cookie)
  assert.ok(
    answers.some(({ status, text }) => status === 200 && text.includes('savedAt')),
    'no draft was ever taken',
  )
  const kept = server.context.stores.study.read.all<{ answers: string }>(
    'SELECT answers FROM drafts UNION ALL SELECT answers FROM responses',
  )
  for (const { answers: stored } of kept)
    for (const [item, answer] of Object.entries(JSON.parse(stored))) assert.match(`${item}=${answer}`, /^veo01=3$/)
  assert.deepEqual(server.context.stores.study.read.all("SELECT state FROM participants WHERE state <> 'active'"), [])
  assert.equal(Object.hasOwn(Object.prototype, 'polluted'), false)
})
