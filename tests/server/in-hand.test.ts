/** Two servers on one data folder, one of which cannot write that its work has ended, as on a full disk. */
import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { closeContext, openContext } from '../../server/open-context.ts'
import { becomes } from '../harness/becomes.ts'
import { failChanges } from '../harness/behind.ts'
import { family } from '../harness/family.ts'
import { freePort } from '../harness/free-port.ts'
import { callingAs, staffAt } from '../harness/staff.ts'
import { serveHere, startStudyServer } from '../harness/study-server.ts'

const choices = {
  ...{ tier: 'pseudonymous', layouts: ['scores'], formats: ['csv'] },
  ...{ language: 'nl', filter: {}, purpose: '' },
}

/** An export of which neither the end nor that it is over could be written; `mend` makes room again. */
async function cutShort(t: TestContext) {
  const one = await startStudyServer(t)
  await one.register(family('H-1'))
  const manager = await staffAt(one, 'data manager')
  const port = await freePort()
  const { environment } = one
  const settings = {
    ...environment,
    DATA_DIR: environment.DATA_DIR ?? '',
    BASE_URL: `http://127.0.0.1:${port}`,
    IDENTITY_KEY: Buffer.from(environment.IDENTITY_KEY ?? '', 'hex'),
  }
  const other = await openContext(settings, one.clock)
  const listening = await serveHere(other, port)
  t.after(async () => {
    await listening.close()
    await closeContext(other)
  })
  const atOther = callingAs(`http://127.0.0.1:${port}`, manager.cookie)
  const store = one.context.stores.study
  const mending = [failChanges(store, 'UPDATE', 'export_jobs'), failChanges(store, 'DELETE', 'under_way')]
  const { status, body } = await manager.call('POST /studies/s1/exports', choices)
  assert.equal(status, 200, JSON.stringify(body))
  const stateAt = async (at: typeof atOther) => (await at.call(`GET /studies/s1/exports/jobs/${body.id}`)).body.state
  await becomes(() => stateAt(manager), 'interrupted')
  assert.equal(await stateAt(atOther), 'making', 'nobody could tell it otherwise')
  const mend = () => {
    for (const one of mending) one()
  }
  return { manager, atOther, stateAt, mend, exports: join(one.context.place.data, 'exports') }
}

test('once it can be written again the other server is told so, although nothing further is asked of the one', async (t) => {
  const { manager, atOther, stateAt, mend, exports } = await cutShort(t)
  mend()
  await becomes(() => stateAt(atOther), 'interrupted')
  assert.equal((await atOther.call('POST /studies/s1/exports', choices)).status, 200)
  await becomes(
    async () => (await manager.call('GET /studies/s1/exports')).body.jobs.map(({ state }: { state: string }) => state),
    ['done', 'interrupted'],
  )
  assert.equal(readdirSync(exports).length, 1, 'nothing is left of the one before')
})

test('the next work that is taken in hand says so at once', async (t) => {
  const { manager, atOther, stateAt, mend } = await cutShort(t)
  mend()
  const { status, body } = await manager.call('POST /studies/s1/exports', choices)
  assert.equal(status, 200)
  assert.equal(await stateAt(atOther), 'interrupted')
  await becomes(async () => (await atOther.call(`GET /studies/s1/exports/jobs/${body.id}`)).body.state, 'done')
})
