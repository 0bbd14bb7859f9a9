/** Two servers on one data folder: what one has in hand, the other tells, stops and, once its process is gone, tidies up. */
import assert from 'node:assert/strict'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { becomes } from '../harness/becomes.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { freePort } from '../harness/free-port.ts'
import { startMailServer } from '../harness/mail-server.ts'
import { manySessions } from '../harness/many-sessions.ts'
import { serve } from '../harness/serving.ts'
import { callingAs } from '../harness/staff.ts'

const choices = {
  ...{ tier: 'pseudonymous', layouts: ['long', 'wide', 'scores'], formats: ['csv', 'sav', 'xlsx'] },
  ...{ language: 'nl', filter: {}, purpose: '' },
}

async function twoServers(t: TestContext) {
  const mail = await startMailServer()
  t.after(() => mail.close())
  const folder = temporaryFolder(t)
  const { environment, manager } = await manySessions(folder, 300)
  const settings = { ...environment, SMTP_URL: mail.url }
  const one = await serve(settings)
  const other = await serve({ ...settings, BASE_URL: `http://127.0.0.1:${await freePort()}` })
  t.after(() => Promise.all([one.kill(), other.kill()]))
  const at = (server: typeof one) => callingAs(server.origin, manager.cookie)
  /** Waits until its files are being written. */
  const begun = async (id: string) => await becomes(async () => existsSync(join(folder, 'exports', `${id}.partial`)), true)
  return { folder, one, other, atOne: at(one), atOther: at(other), begun }
}

test('an export that one server makes is told, waited for and stopped at the other', async (t) => {
  const { folder, atOne, atOther, begun } = await twoServers(t)
  const { body } = await atOne.call('POST /studies/s1/exports', choices)
  const address = `/studies/s1/exports/jobs/${body.id}`
  await begun(body.id)
  assert.equal((await atOther.call(`GET ${address}`)).body.state, 'making')
  const second = await atOther.call('POST /studies/s1/exports', choices)
  assert.deepEqual([second.status, second.body.error?.code], [409, 'export-running'])
  assert.ok(existsSync(join(folder, 'exports', `${body.id}.partial`)), 'whoever makes it is not disturbed')
  assert.equal((await atOther.call(`POST ${address}/cancel`, {})).status, 200)
  await becomes(async () => (await atOther.call(`GET ${address}`)).body.state, 'cancelled')
  await becomes(async () => readdirSync(join(folder, 'exports')), [])
})

test('when the server that makes it is killed, the other says so at once, removes what is left, and makes a new one', async (t) => {
  const { folder, one, atOne, atOther, begun } = await twoServers(t)
  const { body } = await atOne.call('POST /studies/s1/exports', choices)
  await begun(body.id)
  await one.kill()
  assert.equal((await atOther.call(`GET /studies/s1/exports/jobs/${body.id}`)).body.state, 'interrupted')
  const second = await atOther.call('POST /studies/s1/exports', { ...choices, layouts: ['scores'], formats: ['csv'] })
  assert.equal(second.status, 200)
  await becomes(async () => (await atOther.call(`GET /studies/s1/exports/jobs/${second.body.id}`)).body.state, 'done')
  assert.equal((await atOther.call('GET /studies/s1/exports')).status, 200)
  assert.deepEqual(readdirSync(join(folder, 'exports')), [second.body.id])
})
