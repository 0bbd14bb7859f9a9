import assert from 'node:assert/strict'
import { before, beforeEach, test } from 'node:test'
import { disableStaff, inviteStaff } from '../../server/workflow/staff-accounts.ts'
import { colleagueAt } from '../harness/colleague.ts'
import { freePort } from '../harness/free-port.ts'
import { type Provider, startProvider } from '../harness/provider.ts'
import { type StudyServer, serveHere, startStudyServer } from '../harness/study-server.ts'

let server: StudyServer
let provider: Provider

before(async (t) => {
  const test = t as never
  provider = await startProvider(test)
  server = await startStudyServer(test, '2026-03-02T09:00:00Z')
  const port = await freePort()
  server.origin = `http://127.0.0.1:${port}`
  server.context.baseUrl = server.origin
  const listening = await serveHere(server.context, port, { provider: { ...provider, secondFactors: ['mfa'] } })
  ;(t as unknown as { after(fn: () => unknown): void }).after(() => listening.close())
})

beforeEach(() => {
  provider.spoil = undefined
})

const invite = (address: string) =>
  inviteStaff(server.context, {
    name: 'Saar School',
    address,
    language: 'nl',
    grants: [{ studyId: 's1', role: 'researcher', region: '*' }],
  })

/** A browser with its cookies, which follows no redirect by itself. */
function browser() {
  const jar = new Map<string, string>()
  return {
    jar,
    async open(address: string) {
      const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
      const answer = await fetch(new URL(address, server.origin), { headers: { Cookie: cookie }, redirect: 'manual' })
      for (const set of answer.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? []
        if (value === '') jar.delete(name)
        else jar.set(name, value)
      }
      return { status: answer.status, to: answer.headers.get('location') ?? '', set: answer.headers.getSetCookie(), answer }
    },
  }
}

/** Goes to the provider and comes back; where that leads, and who is then signed in. */
async function comeIn(person: Record<string, unknown>, own = browser()) {
  provider.person = person
  const out = await own.open('/desk/single-sign-on')
  const there = await own.open(out.to)
  const back = await own.open(there.to)
  const { answer } = await own.open('/api/desk/me')
  // biome-ignore lint/suspicious/noExplicitAny: two shapes, and a test that misreads one fails.
  return { to: back.to, me: (await answer.json()) as any, came: there.to, own }
}

test('somebody who was invited comes in by the address that the provider vouches for, and from then on by its subject', async () => {
  await invite('saar@school.example')
  const person = { sub: 'saar-1', email: 'Saar@school.example', email_verified: true, amr: ['pwd'] }
  const first = await comeIn(person)
  assert.equal(first.to, '/desk')
  assert.deepEqual(first.me, { stage: 'password', needs: 'factor', factors: [] }, 'its word for a second factor was not given')
  const again = await comeIn({ ...person, email: 'getrouwd@school.example', amr: ['pwd', 'mfa'] })
  assert.deepEqual([again.me.stage, again.me.studies[0].roles], ['signed in', ['researcher']])
  // Somebody else got the address: it is no longer what counts.
  assert.equal((await comeIn({ ...person, sub: 'iemand-2' })).to, '/desk?sign-in=unknown')
})

test('with the invitation taken up its link no longer chooses a password', async () => {
  const { link } = await invite('teun@school.example')
  await comeIn({ sub: 'teun', email: 'teun@school.example', email_verified: true })
  const answer = await fetch(`${server.origin}/api/desk/welcome`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ token: new URL(link ?? '').hash.slice(1) }),
  })
  assert.equal(answer.status, 404)
})

test('no account comes into being, an unverified address counts for nothing, and one in use with a password is not taken over', async () => {
  await invite('uma@school.example')
  await colleagueAt(server, 'vera@school.example')
  for (const person of [
    { sub: 'a', email: 'niemand@school.example', email_verified: true },
    { sub: 'b', email: 'uma@school.example', email_verified: false },
    { sub: 'c', email: 'uma@school.example' },
    { sub: 'd' },
    { sub: 'e', email: 'vera@school.example', email_verified: true },
  ]) {
    const { to, me } = await comeIn(person)
    assert.deepEqual([to, me], ['/desk?sign-in=unknown', { stage: null, singleSignOn: true }], JSON.stringify(person))
  }
})

test('whoever is disabled here does not come in from there', async () => {
  const { id } = await invite('wim@school.example')
  const person = { sub: 'wim', email: 'wim@school.example', email_verified: true, amr: ['mfa'] }
  assert.equal((await comeIn(person)).me.stage, 'signed in')
  await disableStaff(server.context, id)
  assert.equal((await comeIn(person)).to, '/desk?sign-in=unknown')
})

test('an ID token with another nonce, audience, key or time is not taken', async () => {
  await invite('xandra@school.example')
  for (const spoil of ['nonce', 'audience', 'key', 'expired'] as const) {
    provider.spoil = spoil
    const { to, me } = await comeIn({ sub: 'x', email: 'xandra@school.example', email_verified: true })
    assert.deepEqual([to, me.stage], ['/desk?sign-in=failed', null], spoil)
  }
})

test('coming back takes the browser that went, once, with the state that it was given', async () => {
  await invite('yara@school.example')
  const person = { sub: 'yara', email: 'yara@school.example', email_verified: true }
  const { came, own } = await comeIn(person)
  assert.equal((await own.open(came)).to, '/desk?sign-in=failed', 'a second time')
  assert.equal((await browser().open(came)).to, '/desk?sign-in=failed', 'another browser')
  const other = browser()
  await other.open('/desk/single-sign-on')
  assert.equal((await other.open(came)).to, '/desk?sign-in=failed', 'the way back of somebody else')
})

test('what the browser keeps meanwhile can be read by nobody, and is sent to one place', async () => {
  const { set, to } = await browser().open('/desk/single-sign-on')
  assert.match(set[0] ?? '', /^nameting-errand=[\w-]+; Max-Age=600; Path=\/desk\/single-sign-on; HttpOnly; SameSite=Lax$/)
  const state = new URL(to).searchParams.get('state') ?? ''
  assert.ok(state.length > 20 && !(set[0] ?? '').includes(state))
})

test('whatever Host and X-Forwarded headers say, the provider is asked to send people back here', async () => {
  const answer = await fetch(`${server.origin}/desk/single-sign-on`, {
    redirect: 'manual',
    headers: { 'X-Forwarded-Host': 'evil.example', 'X-Forwarded-Proto': 'https', Forwarded: 'host=evil.example' },
  })
  const { searchParams } = new URL(answer.headers.get('location') ?? '')
  assert.equal(searchParams.get('redirect_uri'), `${server.origin}/desk/single-sign-on/back`)
})

test('a provider that is away is said so, and asked again the next time', async (t) => {
  const port = await freePort()
  const away = { ...provider, issuer: `http://127.0.0.1:${await freePort()}`, secondFactors: [] }
  const listening = await serveHere(server.context, port, { provider: away })
  t.after(() => listening.close())
  const answer = await fetch(`http://127.0.0.1:${port}/desk/single-sign-on`, { redirect: 'manual' })
  assert.deepEqual([answer.status, answer.headers.get('location')], [303, '/desk?sign-in=failed'])
})
