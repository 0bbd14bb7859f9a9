import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { contentOf } from '../harness/behind.ts'
import { address, family } from '../harness/family.ts'
import { keptBytes, partsWith } from '../harness/kept-bytes.ts'
import { Respondent } from '../harness/respondent.ts'
import { type StudyServer, startStudyServer } from '../harness/study-server.ts'

const parent = address('parent', 'A-001')

async function invited(t: Parameters<typeof startStudyServer>[0]): Promise<{ server: StudyServer; respondent: Respondent; link: string }> {
  const server = await startStudyServer(t)
  await server.register(family('A-001'))
  await server.tick()
  return { server, respondent: new Respondent(server.origin), link: server.mail.linkTo(parent) }
}

/** Everything in the study database, to see whether anything changed. */
const everything = ({ context }: StudyServer): unknown => contentOf(context.stores.study)

test('a link that mail scanners open, with GET and HEAD and as often as they like, changes nothing and still works', async (t) => {
  const { server, respondent, link } = await invited(t)
  const before = everything(server)
  for (const method of ['GET', 'HEAD', 'GET', 'HEAD']) assert.equal((await fetch(link, { method })).status, 200)
  assert.deepEqual(everything(server), before)
  await respondent.open(link)
  assert.equal((await respondent.packet()).assignments.length, 4)
})

test('the token is nowhere in the databases, only its hash', async (t) => {
  const { server, respondent, link } = await invited(t)
  await respondent.open(link)
  const token = link.split('/').at(-1) ?? ''
  assert.ok(token.length >= 22)
  for (const [where, bytes] of await keptBytes(server.context.place.data)) assert.ok(!bytes.includes(token), where)
  const hashed = createHash('sha256').update(token).digest('hex')
  assert.deepEqual(await partsWith(server.context.place.data, hashed), ['study'])
})

test('the session cookie cannot be read by scripts and is not sent from other sites', async (t) => {
  const { link } = await invited(t)
  const cookie = (await fetch(link, { method: 'POST', redirect: 'manual' })).headers.get('Set-Cookie') ?? ''
  assert.match(cookie, /HttpOnly/)
  assert.match(cookie, /SameSite=Strict/)
  assert.ok(!cookie.includes(link.split('/').at(-1) ?? '-'))
})

test('a link of the wrong length, an unknown one and one past its time each get a calm page', async (t) => {
  const { server, link } = await invited(t)
  for (const token of ['x', 'x'.repeat(5000), 'A'.repeat(43), '..%2f..%2fetc%2fpasswd', '%00'])
    for (const method of ['GET', 'POST']) {
      const answer = await fetch(`${server.origin}/l/${token}`, { method, headers: { 'Accept-Language': 'nl' } })
      assert.equal(answer.status, 404)
      assert.match(await answer.text(), /Deze link kennen wij niet/)
    }
  server.clock.set('2026-05-01T09:00:00Z')
  const late = await fetch(link, { headers: { 'Accept-Language': 'en' } })
  assert.equal(late.status, 410)
  assert.match(await late.text(), /no longer valid/)
})

test('without a session nothing is shown', async (t) => {
  const server = await startStudyServer(t)
  const stranger = new Respondent(server.origin)
  for (const [method, path, body] of [
    ['GET', '/api/packet'],
    ['PUT', '/api/packet/language', { language: 'en' }],
    ['POST', '/api/packet/consents', { given: {}, language: 'nl' }],
    ['POST', '/api/packet/withdraw', {}],
    ['GET', '/api/assignments/any'],
    ['PUT', '/api/assignments/any/draft', { revision: 0, answers: {}, page: null }],
    ['POST', '/api/assignments/any/submit', { answers: {}, skipped: [], language: 'nl' }],
  ] as const) {
    const { status, body: answer } = await stranger.request<{ error: { code: string } }>(method, path, body)
    assert.deepEqual([status, answer.error.code], [401, 'no-session'], `${method} ${path}`)
  }
})

test('the packet says who asks and what is open, in the order of the schedule', async (t) => {
  const { respondent, link } = await invited(t)
  await respondent.open(link)
  const packet = await respondent.packet()
  assert.deepEqual(
    packet.assignments.map(({ state, closesOn, answered }) => ({ state, closesOn, answered })),
    Array.from({ length: 4 }, () => ({ state: 'open', closesOn: '2026-03-29', answered: 0 })),
  )
  assert.deepEqual(
    packet.assignments.map(({ items }) => items),
    [25, 17, 12, 15],
  )
  assert.equal(packet.study.organisation, 'Onderzoeksgroep Voorbeeld')
  assert.equal(packet.study.standIns, true)
  assert.equal(packet.caseCode, null)
  assert.deepEqual(
    packet.consents.map(({ given }) => given),
    [null, null],
  )
})

test('no list opens before consent, and after it they do', async (t) => {
  const { respondent, link } = await invited(t)
  await respondent.open(link)
  const id = (await respondent.packet()).assignments[0]?.id
  const { status, body } = await respondent.request<{ error: { code: string } }>('GET', `/api/assignments/${id}`)
  assert.deepEqual([status, body.error.code], [409, 'consent-missing'])
  await respondent.consent()
  assert.equal((await respondent.request('GET', `/api/assignments/${id}`)).status, 200)
})

test('whoever does not consent is asked nothing more, and gets no more mail', async (t) => {
  const { server, respondent, link } = await invited(t)
  await respondent.open(link)
  const { body } = await respondent.request<Awaited<ReturnType<Respondent['packet']>>>('POST', '/api/packet/consents', {
    given: { research: false, 'contact-later': false },
    language: 'nl',
  })
  assert.equal(body.participant.state, 'declined')
  assert.deepEqual(body.assignments, [])
  const received = server.mail.accepted.length
  for (const day of ['03-10', '03-20', '07-20']) {
    server.clock.set(`2026-${day}T12:00:00Z`)
    await server.tick()
  }
  const toParent = server.mail.accepted.slice(received).filter(({ recipients }) => recipients.includes(parent))
  assert.deepEqual(toParent, [])
})

test('consent must answer each purpose of the packet, and no other', async (t) => {
  const { respondent, link } = await invited(t)
  await respondent.open(link)
  for (const given of [
    {},
    { research: true },
    { research: true, 'contact-later': true, other: true },
    { research: 'yes', 'contact-later': true },
  ]) {
    const { status } = await respondent.request('POST', '/api/packet/consents', { given, language: 'nl' })
    assert.ok(status === 422 || status === 400)
  }
  assert.deepEqual(
    (await respondent.packet()).consents.map(({ given }) => given),
    [null, null],
  )
})

test('consent in a language that nothing is shown in is refused', async (t) => {
  const { respondent, link } = await invited(t)
  await respondent.open(link)
  const given = { research: true, 'contact-later': false }
  const { status, body } = await respondent.request<{ error: { code: string } }>('POST', '/api/packet/consents', { given, language: 'zz' })
  assert.deepEqual([status, body.error.code], [422, 'language-unknown'])
  await respondent.consent()
  const id = (await respondent.packet()).assignments[0]?.id
  const submitted = await respondent.request('POST', `/api/assignments/${id}/submit`, { answers: {}, skipped: [], language: 'zz' })
  assert.equal(submitted.status, 422)
})

test('withdrawing calls off what is open, twice is harmless, and what was answered stays', async (t) => {
  const { server, respondent, link } = await invited(t)
  await respondent.open(link)
  await respondent.consent()
  for (const _ of [1, 2]) {
    const { status, body } = await respondent.request<Awaited<ReturnType<Respondent['packet']>>>('POST', '/api/packet/withdraw', {})
    assert.equal(status, 200)
    assert.equal(body.participant.state, 'withdrawn')
  }
  const states = server.context.stores.study.read.all<{ state: string }>(
    "SELECT DISTINCT a.state FROM assignments a JOIN participants p ON p.id = a.participant_id WHERE p.role = 'parent'",
  )
  assert.deepEqual(states, [{ state: 'cancelled' }])
})

test('of a yes and a no given at once, in two windows, nothing counts after the no; withdrawing often is withdrawing once', async (t) => {
  const { server, respondent, link } = await invited(t)
  await server.register(family('B-002'))
  await server.tick()
  const events = (kind: string) =>
    server.context.stores.study.read.get<{ n: number }>(`SELECT count(*) AS n FROM events WHERE kind = '${kind}'`).n
  await respondent.open(link)
  const said = await Promise.all(
    [true, true, false, true, true].map((research) =>
      respondent.request('POST', '/api/packet/consents', { given: { research, 'contact-later': false }, language: 'nl' }),
    ),
  )
  const given = server.context.stores.study.read.all<{ given: number }>("SELECT given FROM consents WHERE purpose = 'research' ORDER BY id")
  assert.equal(given.at(-1)?.given, 0)
  assert.equal(said.filter(({ status }) => status === 200).length, given.length)
  assert.equal((await respondent.packet()).participant.state, 'declined')
  assert.equal(events('declined'), 1)

  const other = new Respondent(server.origin)
  await other.open(server.mail.linkTo(address('parent', 'B-002')))
  for (const { status } of await Promise.all(Array.from({ length: 10 }, () => other.request('POST', '/api/packet/withdraw', {}))))
    assert.equal(status, 200)
  assert.equal(events('withdrawn'), 1)
})

test('the language that somebody chooses is kept for the next mail', async (t) => {
  const { server, respondent, link } = await invited(t)
  await respondent.open(link)
  assert.equal((await respondent.request('PUT', '/api/packet/language', { language: 'en' })).status, 200)
  assert.equal((await respondent.request('PUT', '/api/packet/language', { language: 'xx' })).status, 422)
  assert.equal((await respondent.packet()).participant.language, 'en')
  server.clock.set('2026-03-10T12:00:00Z')
  await server.tick()
  assert.match(server.mail.accepted.findLast(({ recipients }) => recipients.includes(parent))?.subject ?? '', /Reminder/)
})

test('leaving ends the session', async (t) => {
  const { respondent, link } = await invited(t)
  await respondent.open(link)
  assert.equal((await respondent.request('POST', '/api/packet/leave')).status, 204)
  assert.equal((await respondent.request('GET', '/api/packet')).status, 401)
})

test('a request from another site is refused', async (t) => {
  const { server, link } = await invited(t)
  const foreign: Record<string, string>[] = [{ Origin: 'https://elsewhere.example' }, { 'Sec-Fetch-Site': 'cross-site' }]
  for (const headers of foreign) {
    assert.equal((await fetch(link, { method: 'POST', redirect: 'manual', headers })).status, 403)
    assert.equal((await fetch(`${server.origin}/api/packet/leave`, { method: 'POST', headers })).status, 403)
  }
})

test('every answer carries the strictest policy and is not stored', async (t) => {
  const { server, link } = await invited(t)
  for (const url of [link, `${server.origin}/packet`, `${server.origin}/api/packet`, `${server.origin}/nothing-here`]) {
    const { headers } = await fetch(url)
    const policy = headers.get('Content-Security-Policy') ?? ''
    assert.match(policy, /default-src 'none'/)
    // Data are no page, and allow nothing at all.
    if (!url.includes('/api/')) assert.match(policy, /script-src 'self'(;|$)/)
    assert.ok(!policy.includes('unsafe'), policy)
    assert.equal(headers.get('Cache-Control'), 'no-store', url)
    // A form has to say where it was sent from. The door's address is a secret, and goes nowhere; no address goes to another site.
    const referrer = url === link ? 'strict-origin' : url.endsWith('/packet') && !url.includes('/api/') ? 'same-origin' : 'no-referrer'
    assert.equal(headers.get('Referrer-Policy'), referrer)
    assert.equal(headers.get('X-Content-Type-Options'), 'nosniff')
  }
})
