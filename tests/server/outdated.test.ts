/** A newer version has brought the databases up to date while this one is at work. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type TestContext, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { createTransport } from '../../server/mail/transport.ts'
import { startTicker } from '../../server/ticker.ts'
import { behind, behindFolder, contentOf, type Intruder } from '../harness/behind.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { family } from '../harness/family.ts'
import { manySessions, submission } from '../harness/many-sessions.ts'
import { type Serving, serve } from '../harness/serving.ts'
import { startStudyServer } from '../harness/study-server.ts'

const token = 'aBcd'.repeat(8)

/** As the start of a newer version leaves a database. */
function bringUpToDate(intruder: Intruder): void {
  intruder.exec("INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('of a later version', 99999999999999)")
  intruder.close()
}

async function reasonOf({ origin }: Serving): Promise<string | null> {
  const answer = await fetch(`${origin}/readyz?for=requests`, { headers: { Authorization: `Bearer ${token}` } })
  const { checks } = (await answer.json()) as { checks: { name: string; reason: string | null }[] }
  const reason = checks.find(({ name }) => name === 'database')?.reason ?? null
  assert.equal(answer.status, reason === null ? 200 : 503)
  return reason
}

test('a server whose study a newer version has brought up to date answers calmly that it is outdated, says so, and ends with an error', async (t) => {
  const folder = temporaryFolder(t)
  const { environment, lists } = await manySessions(folder, 2)
  const server = await serve({ ...environment, METRICS_TOKEN: token, DRAIN_SECONDS: '5' })
  t.after(() => server.kill())
  const exit = once(server.process, 'exit')
  const [first, second] = lists
  assert.ok(first && second)
  const send = async (list: typeof first, how: object = {}) => {
    const { path, ...request } = submission(list)
    return await fetch(`${server.origin}${path}`, { ...request, ...how })
  }
  assert.equal((await send(first)).status, 200)
  bringUpToDate(await behindFolder(folder, 'study'))
  while ((await reasonOf(server)) === null) await wait(100)
  assert.match((await reasonOf(server)) ?? '', /was brought up to date by a newer version of Nameting.*Stop every server/)
  const refused = await send(second)
  const { error } = (await refused.json()) as { error: { code: string } }
  assert.deepEqual([refused.status, error.code], [503, 'server-outdated'])
  const page = await fetch(`${server.origin}/packet`, { headers: { Cookie: `nameting=${first.session}` } })
  assert.equal(page.status, 503)
  assert.match(await page.text(), /is bewaard/)
  assert.equal((await fetch(`${server.origin}/healthz`)).status, 200)
  assert.deepEqual(await exit, [1, null])
  const lines = server
    .said()
    .split('\n')
    .filter((line) => line.includes('"level":60'))
  assert.equal(lines.length, 1)
  assert.match(lines[0] ?? '', /newer version of Nameting.*start the newer one.*this server ends/)
  assert.match(server.said(), /"msg":"stopped"/)
  await assert.rejects(serve(environment), /ended with 1: .*was made by a newer version of Nameting/)
})

for (const part of ['study', 'identity'] as const)
  test(`where ${part} is of a newer version, a pass of the ticker sends nothing and changes nothing in either`, async (t) => {
    const { server, ticker, said } = await mailsDue(t)
    const { study, identity } = server.context.stores
    bringUpToDate(behind(server.context.stores[part]))
    const before = [contentOf(study), contentOf(identity)]
    await assert.rejects(ticker.pass(), /newer version of Nameting/)
    await assert.rejects(server.tick(), /newer version of Nameting/)
    for (const store of [study, identity]) {
      assert.equal(store.outdated.aborted, true)
      await assert.rejects(
        store.withTx(async () => {}),
        /newer version of Nameting/,
      )
    }
    assert.deepEqual([contentOf(study), contentOf(identity)], before)
    assert.equal(server.mail.seen.length, 0)
    assert.match(said(), /tick failed/)
  })

/** Invitations are due, and the ticker has made its first pass before they were. */
async function mailsDue(t: TestContext) {
  const server = await startStudyServer(t, '2026-03-02T03:00:00Z')
  const transport = createTransport({ SMTP_URL: server.mail.url, MAIL_FROM: server.study.contact })
  let said = ''
  const take = (_: unknown, text?: string): void => {
    said += `${text}\n`
  }
  const ticker = startTicker(server.context, transport, { info: take, error: take })
  t.after(() => ticker.stop())
  await ticker.pass()
  await server.register(family('A-001'))
  server.clock.set('2026-03-02T12:00:00Z')
  const due = server.context.stores.study.read.all("SELECT 1 FROM messages WHERE state = 'planned' AND next_at <= '2026-03-02T12:00:00'")
  assert.ok(due.length > 0)
  return { server, ticker, said: () => said }
}
