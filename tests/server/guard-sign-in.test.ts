import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { colleagueAt, deskBrowser, later, password } from '../harness/colleague.ts'
import { freePort } from '../harness/free-port.ts'
import { type StudyServer, serveHere, startStudyServer } from '../harness/study-server.ts'

let server: StudyServer

before(async (t) => {
  server = await behindProxy(t as never)
})

/** A server behind a web server on the same machine, which says where each request came from. */
async function behindProxy(t: { after(fn: () => unknown): void }): Promise<StudyServer> {
  const study = await startStudyServer(t, '2026-03-02T09:00:00Z')
  const listening = await serveHere(study.context, await freePort(), { trustedProxies: ['127.0.0.1'] })
  t.after(() => listening.close())
  return { ...study, origin: `http://127.0.0.1:${listening.port}` }
}

const guess = (from: string, address: string, given = 'geraden wachtwoord') =>
  deskBrowser(server, from)('POST /sign-in', { address, password: given })

test('after five wrong passwords an address waits for that account; elsewhere its owner comes in with the right one', async () => {
  const { address } = await colleagueAt(server, 'anna@bureau.example')
  for (let time = 0; time < 5; time++) assert.equal((await guess('192.0.2.1', address)).status, 401)
  const slowed = await guess('192.0.2.1', address, password)
  assert.equal(slowed.body.error.code, 'sign-in-slowed')
  assert.ok(slowed.body.error.retryAfter > 0 && slowed.body.error.retryAfter <= 15 * 60)
  assert.equal((await guess('192.0.2.2', address, password)).status, 200)
  assert.equal((await guess('192.0.2.1', address.toUpperCase(), password)).status, 429)
  later(server, slowed.body.error.retryAfter + 1)
  assert.equal((await guess('192.0.2.1', address, password)).status, 200)
})

test('what was counted outlives a restart', async (t) => {
  const { address } = await colleagueAt(server, 'bert@bureau.example')
  for (let time = 0; time < 6; time++) await guess('192.0.2.3', address)
  const again = await serveHere(server.context, await freePort(), { trustedProxies: ['127.0.0.1'] })
  t.after(() => again.close())
  const elsewhere = { ...server, origin: `http://127.0.0.1:${again.port}` }
  const tried = await deskBrowser(elsewhere, '192.0.2.3')('POST /sign-in', { address, password })
  assert.equal(tried.status, 429)
})

test('an account that is guessed from everywhere is slowed for each address, and locked for none', async () => {
  const { address } = await colleagueAt(server, 'cora@bureau.example')
  await Promise.all(Array.from({ length: 30 }, (_, time) => guess(`198.51.100.${time % 6}`, address)))
  assert.equal((await guess('198.51.100.50', address)).status, 401)
  assert.equal((await guess('198.51.100.50', address)).status, 429, 'one try for each address now')
  assert.equal((await guess('203.0.113.7', address, password)).status, 200)
})

test('an address that tries account after account waits for all of them', async () => {
  const tries = await Promise.all(Array.from({ length: 50 }, (_, time) => guess('192.0.2.9', `iemand${time}@bureau.example`)))
  assert.ok(tries.every(({ status }) => status === 401))
  assert.equal((await guess('192.0.2.9', 'nog.iemand@bureau.example')).status, 429)
})

test('many tries at once get no further than one after the other', async () => {
  const tries = await Promise.all(Array.from({ length: 20 }, () => guess('192.0.2.10', 'dora@bureau.example')))
  assert.equal(tries.filter(({ status }) => status === 401).length, 5)
})

test('codes of the second step are slowed as passwords are', async () => {
  const { address, code } = await colleagueAt(server, 'els@bureau.example')
  const half = deskBrowser(server, '192.0.2.11')
  await half('POST /sign-in', { address, password })
  for (let time = 0; time < 5; time++) assert.equal((await half('POST /sign-in/code', { code: '000000' })).status, 401)
  assert.equal((await half('POST /sign-in/code', { code: code() })).status, 429)
})

test('whoever signs in well is not counted, however often', async () => {
  const { address } = await colleagueAt(server, 'finn@bureau.example')
  for (let time = 0; time < 8; time++) assert.equal((await guess('192.0.2.12', address, password)).status, 200)
})

test('an address that a browser makes up for itself counts for nothing', async () => {
  const direct = { ...server, origin: '' }
  const listening = await serveHere(server.context, await freePort())
  direct.origin = `http://127.0.0.1:${listening.port}`
  for (let time = 0; time < 6; time++) {
    const { status } = await deskBrowser(direct, `203.0.113.${time}`)('POST /sign-in', { address: 'gast@bureau.example', password: 'x' })
    assert.equal(status, time < 5 ? 401 : 429)
  }
  await listening.close()
})
