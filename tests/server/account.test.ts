import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { codeAt } from '../../server/access/one-time-codes.ts'
import { colleagueAt, deskBrowser, later, password } from '../harness/colleague.ts'
import { softPasskey } from '../harness/passkey.ts'
import { staffAt } from '../harness/staff.ts'
import { type StudyServer, startStudyServer } from '../harness/study-server.ts'

const chosen = 'acht koeien lopen langzaam'
let server: StudyServer

before(async (t) => {
  server = await startStudyServer(t as never, '2026-03-02T09:00:00Z')
})

test('a changed password ends every other session, and this one goes on under another token', async () => {
  const { call, signIn, address } = await colleagueAt(server, 'anna@bureau.example')
  const other = deskBrowser(server)
  await signIn(other)
  const stolen = deskBrowser(server)
  assert.equal((await call('POST /account/password', { password: 'niet mijn wachtwoord', chosen })).body.error.code, 'password-wrong')
  assert.equal((await call('POST /account/password', { password, chosen: 'anna@bureau' })).body.error.fault, 'too-short')
  assert.equal((await other('GET /account')).status, 200)
  const changed = await call('POST /account/password', { password, chosen })
  assert.equal(changed.status, 204)
  assert.match(changed.set, /^nameting-desk=/)
  assert.equal((await other('GET /account')).status, 401)
  assert.equal((await call('GET /account')).body.sessions.length, 1)
  assert.equal((await stolen('POST /sign-in', { address, password })).status, 401)
  await signIn(deskBrowser(server), chosen)
})

test('a passkey is added with the password, and opens the second step', async () => {
  const { call, address } = await colleagueAt(server, 'bert@bureau.example')
  const passkey = softPasskey(server.origin)
  assert.equal((await call('POST /account/passkeys', { password: 'geraden wachtwoord' })).body.error.code, 'password-wrong')
  const { body: asked } = await call('POST /account/passkeys', { password })
  assert.equal(asked.rp.id, '127.0.0.1')
  assert.equal((await call('POST /account/passkeys/answer', { name: 'Telefoon', response: passkey.make(asked) })).status, 204)
  assert.deepEqual(
    (await call('GET /account')).body.factors.map(({ kind, name }: { kind: string; name: string }) => [kind, name]),
    [
      ['totp', 'app'],
      ['passkey', 'Telefoon'],
    ],
  )
  const again = deskBrowser(server)
  await again('POST /sign-in', { address, password })
  assert.deepEqual((await again('GET /me')).body, { stage: 'password', needs: 'code', factors: ['totp', 'passkey'] })
  const { body: question } = await again('POST /sign-in/passkey', {})
  assert.equal((await again('POST /sign-in/passkey/answer', { response: passkey.sign(question) })).status, 200)
  assert.equal((await again('GET /me')).body.stage, 'signed in')
})

test('an answer of a passkey counts once, for its own account, session, site and counter', async () => {
  const owner = await colleagueAt(server, 'cora@bureau.example')
  const other = await colleagueAt(server, 'dirk@bureau.example')
  const passkey = softPasskey(server.origin)
  const add = (options: { challenge: string }, key = passkey) =>
    owner.call('POST /account/passkeys/answer', { name: 'Sleutel', response: key.make(options) })
  const { body: asked } = await owner.call('POST /account/passkeys', { password })
  assert.equal((await add(asked, softPasskey('https://elders.example'))).body.error.code, 'passkey-wrong')
  assert.equal((await add(asked)).status, 422, 'what was asked was used up by the wrong answer')
  const { body: anew } = await owner.call('POST /account/passkeys', { password })
  assert.equal((await add(anew)).status, 204)
  assert.equal((await add(anew)).status, 422)

  const half = async (address: string) => {
    const call = deskBrowser(server)
    await call('POST /sign-in', { address, password })
    return call
  }
  const answer = (call: ReturnType<typeof deskBrowser>, response: object) => call('POST /sign-in/passkey/answer', { response })
  const one = await half(owner.address)
  const signed = passkey.sign((await one('POST /sign-in/passkey', {})).body)
  assert.equal((await answer(await half(other.address), signed)).status, 401)
  assert.equal((await answer(await half(owner.address), signed)).status, 401)
  assert.equal((await answer(one, signed)).status, 200)
  const two = await half(owner.address)
  const { body: question } = await two('POST /sign-in/passkey', {})
  passkey.counter -= 1
  assert.equal((await answer(two, passkey.sign(question))).status, 401, 'a copy of it counts as high')
  assert.equal((await answer(two, passkey.sign(question))).status, 401, 'the question was answered')
  assert.equal((await other.call('POST /sign-in/passkey', {})).status, 401)
})

test('one-time codes are renewed after a first code of the new app; the old app stops working', async () => {
  const { call, address, code } = await colleagueAt(server, 'els@bureau.example')
  const { body: factor } = await call('POST /account/one-time-codes', { password })
  assert.equal((await call(`POST /account/one-time-codes/${factor.id}`, { code: '000000' })).status, 401)
  const half = deskBrowser(server)
  await half('POST /sign-in', { address, password })
  assert.equal((await half('POST /sign-in/code', { code: code() })).status, 200, 'until then the old one works')
  const now = () => codeAt(factor.secret, server.clock.now())
  assert.equal((await call(`POST /account/one-time-codes/${factor.id}`, { code: now() })).status, 204)
  const again = deskBrowser(server)
  await again('POST /sign-in', { address, password })
  assert.equal((await again('POST /sign-in/code', { code: code() })).status, 401)
  assert.equal((await again('POST /sign-in/code', { code: now() })).status, 200)
  assert.equal((await call('GET /account')).body.factors.length, 1)
})

test('a second factor of somebody else cannot be confirmed or removed, nor the last of one’s own', async () => {
  const { call } = await colleagueAt(server, 'finn@bureau.example')
  const other = await colleagueAt(server, 'gerda@bureau.example')
  const { body: theirs } = await other.call('POST /account/one-time-codes', { password })
  const code = codeAt(theirs.secret, server.clock.now())
  assert.equal((await call(`POST /account/one-time-codes/${theirs.id}`, { code })).status, 404)
  const [factor] = (await other.call('GET /account')).body.factors
  assert.equal((await call(`POST /account/factors/${factor.id}/remove`, { password })).status, 404)
  assert.equal((await other.call(`POST /account/factors/${factor.id}/remove`, { password })).body.error.code, 'last-factor')
})

test('new recovery codes take the place of those from before', async () => {
  const { call, address, recoveryCodes } = await colleagueAt(server, 'hans@bureau.example')
  const { body } = await call('POST /account/recovery-codes', { password })
  assert.equal(new Set([...body.recoveryCodes, ...recoveryCodes]).size, 20)
  const half = deskBrowser(server)
  await half('POST /sign-in', { address, password })
  assert.equal((await half('POST /sign-in/code', { code: recoveryCodes[0] })).status, 401)
  assert.equal((await half('POST /sign-in/code', { code: body.recoveryCodes[0] })).status, 200)
  assert.equal((await call('GET /account')).body.recoveryCodes, 9)
})

test('an account sees where it is signed in, and ends it all at once', async () => {
  const { call, signIn } = await colleagueAt(server, 'ilse@bureau.example')
  const other = deskBrowser(server)
  await signIn(other)
  const { body } = await call('GET /account')
  assert.deepEqual(
    body.sessions.map(({ isThis }: { isThis: boolean }) => isThis),
    [false, true],
  )
  assert.equal((await call('POST /account/sign-out-everywhere', {})).status, 204)
  for (const browser of [call, other]) assert.equal((await browser('GET /account')).status, 401)
})

test('an account without a password proves itself by having signed in just now', async () => {
  const { id, call } = await staffAt(server, 'coordinator')
  assert.equal((await call('POST /account/recovery-codes', { password: '' })).status, 200)
  later(server, 16 * 60)
  const refused = await call('POST /account/recovery-codes', { password: '' })
  assert.deepEqual([refused.body.error.code, refused.body.error.hasPassword], ['password-wrong', false])
  assert.deepEqual(server.rows(`select action from access_log where staff_id = '${id}' and outcome = 'refused'`), [
    { action: 'gave own password' },
  ])
})

test('the language of an account is that of its mail; nothing else of it can be set', async () => {
  const { call, id } = await colleagueAt(server, 'joke@bureau.example')
  assert.equal((await call('POST /account/language', { language: 'en' })).status, 204)
  assert.equal((await call('GET /account')).body.language, 'en')
  const row = () => server.context.stores.identity.read.all(`select * from staff where id = '${id}'`)
  const before = row()
  for (const more of [{ state: 'active' }, { role: 'administrator' }, { id: 'x' }, { constructor: {} }])
    assert.equal((await call('POST /account/language', { language: 'nl', ...more })).status, 400)
  assert.deepEqual(row(), before)
})
