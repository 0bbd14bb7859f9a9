/** A server whose clock is not that of its database. */
import assert from 'node:assert/strict'
import { tmpdir } from 'node:os'
import { type TestContext, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { openStores } from '../../server/db/open.ts'
import { examineClock } from '../../server/workflow/examine-clock.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { startMailServer } from '../harness/mail-server.ts'
import { manySessions } from '../harness/many-sessions.ts'
import { type Serving, serve } from '../harness/serving.ts'
import { ownDatabase } from './own-database.ts'

const token = 'aBcd'.repeat(8)

/** A server on a machine whose clock is so many seconds ahead; its mail server has been asked. */
async function onAMachine(t: TestContext, ahead: number): Promise<Serving> {
  const mail = await startMailServer()
  t.after(() => mail.close())
  const { environment } = await manySessions(temporaryFolder(t), 1)
  const clock = `const Right = Date; globalThis.Date = class extends Right {
    constructor(...words) { super(...(words.length > 0 ? words : [Date.now()])) }
    static now() { return Right.now() + ${ahead * 1000} }
  }`
  const options = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(clock)}` }
  const server = await serve({ ...environment, ...options, SMTP_URL: mail.url, METRICS_TOKEN: token })
  t.after(() => server.kill())
  for (;;) {
    const checks = await look(server)
    if (checks.find(({ name }) => name === 'mail')?.ok) return server
    await wait(50)
  }
}

async function look({ origin }: Serving): Promise<{ name: string; ok: boolean; reason: string | null }[]> {
  const answer = await fetch(`${origin}/readyz`, { headers: { Authorization: `Bearer ${token}` } })
  const { ready, checks } = (await answer.json()) as { ready: boolean; checks: Awaited<ReturnType<typeof look>> }
  assert.deepEqual([answer.status, ready], checks.every(({ ok }) => ok) ? [200, true] : [503, false])
  return checks
}

for (const [ahead, words] of [
  [20, /^the clock of this machine is (17|18|19|20) s ahead of the one of PostgreSQL; let chrony keep both right/],
  [-20, /^the clock of this machine is (17|18|19|20) s behind the one of PostgreSQL; let chrony keep both right/],
] as const)
  test(`a clock that is ${Math.abs(ahead)} s ${ahead > 0 ? 'ahead' : 'behind'} is told, and families are served all the same`, async (t) => {
    const server = await onAMachine(t, ahead)
    const [wrong, ...others] = (await look(server)).filter(({ ok }) => !ok)
    assert.deepEqual([wrong?.name, others], ['clock', []])
    assert.match(wrong?.reason ?? '', words)
    assert.equal((await fetch(`${server.origin}/readyz?for=requests`)).status, 200)
    assert.match(server.said(), /"check":"clock","problem":"the clock of this machine/)
  })

test('clocks that differ by five seconds are no matter', async (t) => {
  const checks = await look(await onAMachine(t, 5))
  assert.equal(checks.find(({ name }) => name === 'clock')?.reason, null)
})

test('a process that stood still while it asked says nothing about the clock', async (t) => {
  const database = await ownDatabase(t)
  const place = { data: tmpdir(), database }
  const stores = await openStores(place)
  t.after(() => Promise.all([stores.study.close(), stores.identity.close()]))
  const shifts = [-70_000, 70_000].values()
  const now = () => new Date(Date.now() + (shifts.next().value ?? 0)).toISOString()
  assert.deepEqual(await examineClock({ stores, place }, { now }), { name: 'clock', reason: null })
})
