import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { policies } from '../../server/access/policies.ts'
import { revoke, setStaffState } from '../../server/queries/staff.ts'
import { colleagueAt, later, password } from '../harness/colleague.ts'
import { family } from '../harness/family.ts'
import { keptBytes } from '../harness/kept-bytes.ts'
import { type StudyServer, startStudyServer } from '../harness/study-server.ts'

let server: StudyServer
let number = 0

before(async (t) => {
  server = await startStudyServer(t as never, '2026-03-02T09:00:00Z')
  await server.register({ ...family('A-001'), region: 'Amsterdam' }, { ...family('A-002'), region: 'Overijssel' })
})

const wanted = { password, name: 'Verslag in R', study: 's1', role: 'data manager', until: '2026-06-30' }

/** A data manager with a key. */
async function keyHolder(given = {}) {
  const owner = await colleagueAt(server, `sleutel${++number}@bureau.example`)
  const made = await owner.call('POST /account/keys', { ...wanted, ...given })
  assert.equal(made.status, 201, JSON.stringify(made.body))
  const { id, key } = made.body as { id: string; key: string }
  return { owner, id, key, get: (path: string) => asSoftware(key, `GET ${path}`) }
}

/** As curl and R come: without cookie, and without saying from which site. */
async function asSoftware(key: string, route: string, body?: unknown) {
  const [method = '', path = ''] = route.split(' ')
  const answer = await fetch(`${server.origin}/api/desk${path}`, {
    method,
    headers: { Authorization: `Bearer ${key}`, ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  // biome-ignore lint/suspicious/noExplicitAny: each route answers in its own shape, and a test that misreads one fails.
  return { status: answer.status, head: answer.headers, body: (await answer.json()) as any }
}

test('a key is told once, opens what its owner may see, and stands in the access log as a key', async () => {
  const { owner, id, key, get } = await keyHolder()
  assert.match(key, /^nmt_[A-Za-z0-9_-]{43}$/)
  const cases = await get('/studies/s1/cases?search=A-00')
  assert.deepEqual([cases.status, cases.body.cases.length], [200, 2])
  const { body } = await owner.call('GET /account/keys')
  assert.ok(!JSON.stringify(body).includes(key))
  assert.deepEqual(body.keys, [
    {
      id,
      name: 'Verslag in R',
      study: 's1',
      title: server.study.title,
      role: 'data manager',
      createdAt: body.keys[0].createdAt,
      expiresAt: '2026-06-30T22:00:00.000Z',
      lastUsedAt: server.clock.now(),
      state: 'good',
    },
  ])
  assert.deepEqual(body.offers, [{ study: 's1', title: server.study.title, roles: ['data manager'] }])
  const log = server.rows(`select via, action, outcome, detail from access_log where staff_id = '${owner.id}' order by id desc limit 2`)
  assert.deepEqual(log, [
    { via: 'key', action: 'searched cases', outcome: 'allowed', detail: JSON.stringify({ search: 'A-00', key: id }) },
    { via: 'desk', action: 'made key', outcome: 'allowed', detail: JSON.stringify({ key: id, role: 'data manager' }) },
  ])
  const kept = await keptBytes(server.context.place.data)
  assert.ok(kept.length > 1 && !kept.some(([, bytes]) => bytes.includes(key)))
})

test('only its owner makes a key, with the password, for a role they have, until a day within a year', async () => {
  const { call } = await colleagueAt(server, 'streng@bureau.example')
  assert.equal((await call('POST /account/keys', { ...wanted, password: 'niet mijn wachtwoord' })).body.error.code, 'password-wrong')
  for (const [field, wrong] of Object.entries({ role: 'researcher', study: 's2', until: '2026-03-01' }))
    assert.equal((await call('POST /account/keys', { ...wanted, [field]: wrong })).body.error.code, 'entry-invalid', field)
  assert.equal((await call('POST /account/keys', { ...wanted, until: '2027-03-04' })).body.error.problems[0].field, 'until')
  assert.equal((await call('POST /account/keys', { ...wanted, until: '2026-02-30' })).status, 400)
  assert.deepEqual((await call('GET /account/keys')).body.keys, [])
})

test('a key is no good once it is revoked, over, without its role, or its owner is disabled', async () => {
  const revoked = await keyHolder()
  const other = await keyHolder()
  assert.equal((await other.owner.call(`POST /account/keys/${revoked.id}/revoke`, {})).status, 404)
  assert.equal((await revoked.get('/studies/s1')).status, 200)
  assert.equal((await revoked.owner.call(`POST /account/keys/${revoked.id}/revoke`, {})).status, 204)
  assert.equal((await revoked.get('/studies/s1')).body.error.code, 'key-unknown')
  assert.equal((await revoked.get('/studies/s1')).head.get('www-authenticate'), 'Bearer')

  const { identity } = server.context.stores
  await identity.withTx((tx) => revoke(tx, other.owner.id, { studyId: 's1', role: 'data manager', region: '*' }))
  assert.equal((await other.get('/studies/s1')).status, 404)
  assert.equal((await other.owner.call('GET /account/keys')).body.keys[0].state, 'without role')

  const left = await keyHolder()
  await identity.withTx((tx) => setStaffState(tx, left.owner.id, 'disabled', server.clock.now()))
  assert.equal((await left.get('/studies/s1')).status, 401)

  const short = await keyHolder({ until: server.clock.now().slice(0, 10) })
  assert.equal((await short.get('/studies/s1')).status, 200)
  later(server, 24 * 3600)
  assert.equal((await short.get('/studies/s1')).status, 401)
})

test('a key reads studies and changes nothing, whatever its owner may', async () => {
  const { key, owner } = await keyHolder()
  for (const [route, policy] of Object.entries(policies)) {
    const isStudy = typeof policy === 'object' && 'may' in policy
    if (policy === 'anyone' || (isStudy && route.startsWith('GET') && !policy.takesAway)) continue
    const path = route
      .replace('/api/desk', '')
      .replace(':study', 's1')
      .replace(':case', 'A-001')
      .replaceAll(/:[a-z]+/gi, 'x')
    const { status, body } = await asSoftware(key, path, route.startsWith('GET') ? undefined : {})
    assert.deepEqual([status, body.error.code], [403, 'key-not-enough'], route)
  }
  const told = server.rows(`select action, via, study_id from access_log where staff_id = '${owner.id}' and outcome = 'refused'`)
  assert.ok(told.length > 50)
  assert.deepEqual(new Set(told.map((row) => JSON.stringify(row))), new Set(['{"action":"used key","via":"key","study_id":"s1"}']))
  // With a key beside it the cookie of whoever is signed in does not count.
  assert.equal((await owner.call('GET /account')).status, 200)
  assert.equal((await asSoftware('nmt_x', 'GET /studies/s1')).body.error.code, 'key-unknown')
})

test('a key that asks too often waits, and others do not wait with it', async () => {
  const [busy, calm] = [await keyHolder(), await keyHolder()]
  let refused = await busy.get('/studies/s1')
  for (let round = 0; round < 20 && refused.status === 200; round++)
    refused = (await Promise.all(Array.from({ length: 20 }, () => busy.get('/studies/s1')))).at(-1) ?? refused
  assert.equal(refused.body.error.code, 'too-often')
  assert.ok(Number(refused.head.get('retry-after')) > 0)
  assert.equal((await calm.get('/studies/s1')).status, 200)
})

test('whoever guesses keys is slowed, and a good key from the same address is not', async () => {
  const { get } = await keyHolder()
  const guesses = await Promise.all(
    Array.from({ length: 25 }, (_, turn) => asSoftware(`nmt_${String(turn).padStart(43, 'a')}`, 'GET /studies/s1')),
  )
  const codes = new Set(guesses.map(({ body }) => body.error.code))
  assert.deepEqual([...codes].toSorted(), ['key-unknown', 'too-often'])
  assert.ok(guesses.every(({ status }) => status === 401 || status === 429))
  assert.equal((await get('/studies/s1')).status, 200)
})
