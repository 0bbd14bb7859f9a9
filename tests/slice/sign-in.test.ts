import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { codeAt } from '../../server/access/one-time-codes.ts'
import { disableStaff, inviteStaff, linkFor, staffWithGrants } from '../../server/workflow/staff-accounts.ts'
import { staffAt } from '../harness/staff.ts'
import { type StudyServer, startStudyServer } from '../harness/study-server.ts'

const password = 'zeven koeien lopen langzaam'
let server: StudyServer

before(async (t) => {
  server = await startStudyServer(t as never, '2026-03-02T09:00:00Z')
})

/** A browser: keeps the cookie that it was given last. */
function browser() {
  let cookie = ''
  return async (route: string, body?: unknown) => {
    const [method = 'GET', path = ''] = route.split(' ')
    const answer = await fetch(`${server.origin}/api/desk${path}`, {
      method,
      headers: { Cookie: cookie, Origin: server.origin, ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const set = answer.headers.getSetCookie().at(-1)
    if (set) cookie = set.split(';')[0] ?? ''
    // biome-ignore lint/suspicious/noExplicitAny: each route answers in its own shape, and a test that misreads one fails.
    return { status: answer.status, body: (await answer.json()) as any, set: set ?? '' }
  }
}

const later = (seconds: number): void => {
  const { clock } = server
  clock.set(Temporal.Instant.from(clock.now()).add({ seconds }).toString())
}

/** Somebody who took up an invitation, with the secret of their app and the recovery codes. */
async function colleague(address: string) {
  const { link } = await inviteStaff(server.context, {
    name: 'Carla Collega',
    address,
    language: 'nl',
    grants: [{ studyId: 's1', role: 'data manager', region: '*' }],
  })
  const token = new URL(link ?? assert.fail('no link')).hash.slice(1)
  const call = browser()
  await call('POST /welcome/password', { token, password })
  const { body: factor } = await call('POST /sign-in/one-time-codes', {})
  const { body } = await call(`POST /sign-in/one-time-codes/${factor.id}`, { code: codeAt(factor.secret, server.clock.now()) })
  later(60)
  return { call, token, secret: factor.secret as string, recoveryCodes: body.recoveryCodes as string[] }
}

test('from an invitation to work: a password, a second factor, ten recovery codes, and then the study', async () => {
  const { id, link } = await inviteStaff(server.context, {
    name: 'Bea Beheer',
    address: 'Bea@Bureau.example',
    language: 'nl',
    grants: [{ studyId: 's1', role: 'coordinator', region: '*' }],
  })
  assert.match(link ?? '', /^http:\/\/127\.0\.0\.1:\d+\/desk\/welcome#[\w-]{43}$/)
  const token = new URL(link ?? '').hash.slice(1)
  const call = browser()
  assert.deepEqual((await call('POST /welcome', { token })).body, {
    name: 'Bea Beheer',
    address: 'Bea@bureau.example',
    language: 'nl',
    purpose: 'invitation',
  })
  assert.equal((await call('POST /welcome/password', { token, password: 'kort' })).body.error.fault, 'too-short')
  const chosen = await call('POST /welcome/password', { token, password })
  assert.match(chosen.set, /HttpOnly; SameSite=Strict/)
  assert.doesNotMatch(chosen.set, /Max-Age|Expires/)
  assert.deepEqual((await call('GET /me')).body, { stage: 'password', needs: 'factor', factors: [] })
  assert.equal((await call('GET /studies/s1')).status, 401)
  const { body: factor } = await call('POST /sign-in/one-time-codes', {})
  assert.equal((await call(`POST /sign-in/one-time-codes/${factor.id}`, { code: '000000' })).body.error.code, 'code-wrong')
  const code = codeAt(factor.secret, server.clock.now())
  const confirmed = await call(`POST /sign-in/one-time-codes/${factor.id}`, { code })
  assert.equal(new Set(confirmed.body.recoveryCodes).size, 10)
  const { body: me } = await call('GET /me')
  assert.deepEqual([me.stage, me.account], ['signed in', id])
  assert.deepEqual(me.studies[0].roles, ['coordinator'])
  assert.equal((await call('GET /studies/s1')).status, 200)
  // The link is used up.
  assert.equal((await call('POST /welcome', { token })).status, 404)
  assert.equal((await call('POST /welcome/password', { token, password })).status, 404)
})

test('signing in takes the password and a code that was not used; a recovery code works once', async () => {
  const { secret, recoveryCodes } = await colleague('carla@bureau.example')
  const call = browser()
  const code = codeAt(secret, server.clock.now())
  assert.equal((await call('POST /sign-in', { address: 'CARLA@bureau.example', password })).status, 200)
  assert.deepEqual((await call('GET /me')).body, { stage: 'password', needs: 'code', factors: ['totp'] })
  assert.equal((await call('POST /sign-in/one-time-codes', {})).status, 404, 'nobody adds a factor with the password alone')
  assert.equal((await call('POST /sign-in/code', { code })).status, 200)
  const again = browser()
  await again('POST /sign-in', { address: 'carla@bureau.example', password })
  assert.equal((await again('POST /sign-in/code', { code })).body.error.code, 'code-wrong')
  assert.equal((await again('POST /sign-in/code', { code: recoveryCodes[0]?.toUpperCase() })).status, 200)
  const third = browser()
  await third('POST /sign-in', { address: 'carla@bureau.example', password })
  assert.equal((await third('POST /sign-in/code', { code: recoveryCodes[0] })).status, 401)
})

test('a wrong password, an unknown address and a disabled account are not told apart', async () => {
  const { call } = await colleague('dora@bureau.example')
  assert.equal((await call('GET /studies/s1')).status, 200)
  const tries = [
    ['dora@bureau.example', 'acht koeien lopen langzaam'],
    ['niemand@bureau.example', password],
  ]
  const refused = await Promise.all(tries.map(([address, given]) => browser()('POST /sign-in', { address, password: given })))
  const { id } = (await findStaff('dora@bureau.example')) ?? assert.fail('no account')
  await disableStaff(server.context, id)
  // At once, in the browser that was signed in.
  assert.equal((await call('GET /studies/s1')).status, 401)
  refused.push(await browser()('POST /sign-in', { address: 'dora@bureau.example', password }))
  for (const { status, body } of refused) assert.deepEqual([status, body], [401, refused[0]?.body])
})

test('a session ends after half an hour without work, after twelve hours in any case, and with another password', async () => {
  const idle = await staffAt(server, 'coordinator')
  later(29 * 60)
  assert.equal((await idle.call('GET /studies/s1')).status, 200)
  later(29 * 60)
  assert.equal((await idle.call('GET /studies/s1')).status, 200)
  later(31 * 60)
  assert.equal((await idle.call('GET /studies/s1')).status, 401)

  const busy = await staffAt(server, 'coordinator')
  for (let hour = 0; hour < 24; hour++) {
    assert.equal((await busy.call('GET /studies/s1')).status, 200)
    later(29 * 60)
  }
  later(25 * 60)
  assert.equal((await busy.call('GET /studies/s1')).status, 401)

  const { call } = await colleague('erik@bureau.example')
  const { id } = (await findStaff('erik@bureau.example')) ?? assert.fail('no account')
  const reset = new URL(await linkFor(server.context, id, 'reset')).hash.slice(1)
  assert.equal((await browser()('POST /welcome/password', { token: reset, password: 'acht koeien lopen langzaam' })).status, 200)
  assert.equal((await call('GET /studies/s1')).status, 401)
})

test('a page that looks by itself whether there is news keeps no session alive', async () => {
  const { cookie } = await staffAt(server, 'coordinator')
  const look = () => fetch(`${server.origin}/api/desk/studies/s1`, { headers: { Cookie: cookie, 'X-Unattended': 'yes' } })
  for (let minute = 0; minute < 30; minute += 10) {
    assert.equal((await look()).status, 200)
    later(10 * 60)
  }
  assert.equal((await look()).status, 401)
})

test('a link is good for its days and no longer, and a made-up one never', async () => {
  const { link } = await inviteStaff(server.context, { name: 'Fien', address: 'fien@bureau.example', language: 'nl', grants: [] })
  const token = new URL(link ?? '').hash.slice(1)
  later(14 * 24 * 3600 - 60)
  assert.equal((await browser()('POST /welcome', { token })).status, 200)
  later(120)
  assert.equal((await browser()('POST /welcome', { token })).status, 404)
  assert.equal((await browser()('POST /welcome', { token: 'a'.repeat(43) })).status, 404)
})

async function findStaff(address: string): Promise<{ id: string } | undefined> {
  return (await staffWithGrants(server.context)).find((one) => one.address === address)
}
