/** A server that stands still between taking a mail in hand and handing it over: what was true when it looked may be true no more. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { type TestContext, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { createTransport } from '../../server/mail/transport.ts'
import { eventsOfCase } from '../../server/queries/events.ts'
import { type SendReport, sendDueMessages } from '../../server/workflow/send-messages.ts'
import { withdraw } from '../../server/workflow/stop-participant.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { withDatabase } from '../harness/database.ts'
import { openMailStudy } from './study.ts'

const program = fileURLToPath(new URL('standing-still.ts', import.meta.url))
const nothing: SendReport['counts'] = { sent: 0, postponed: 0, held: 0, cancelled: 0, refused: 0, unknown: 0 }
const stoodStill = ['the server stood still with the mail in its hands, and did not send it']

/** An invitation is due, and a process of its own is stopped with it in its hands. `goOn`: with the clock that everybody else has. */
async function stopped(t: TestContext) {
  const study = await openMailStudy(t)
  const [caseId = ''] = await study.register({})
  await study.tickAt('2026-03-02T08:59:00Z')
  study.clock.set('2026-03-02T09:00:00Z')
  const clock = join(temporaryFolder(t), 'clock')
  writeFileSync(clock, study.clock.now())
  const env = { PATH: process.env.PATH, ...(await withDatabase(study.environment)) }
  const child = spawn(process.execPath, ['--import', './server/fast-start.ts', program, clock], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  t.after(() => child.kill('SIGKILL'))
  while (!/^\d+ \(.*\) T /.test(readFileSync(`/proc/${child.pid}/stat`, 'latin1'))) await wait(20)
  return {
    study,
    caseId,
    invitation: async () => (await study.messages(caseId))[0],
    async goOn(): Promise<Pick<SendReport, 'counts' | 'problems'>> {
      writeFileSync(clock, study.clock.now())
      child.kill('SIGCONT')
      return JSON.parse(await text(child.stdout))
    },
  }
}

test('a server that was stopped for hours sends nothing of what it had in hand, and leaves it with whoever was told', async (t) => {
  const { study, caseId, invitation, goOn } = await stopped(t)
  assert.equal((await invitation())?.state, 'claimed')
  assert.equal((await study.tickAt('2026-03-02T11:00:00Z')).unknown, 1)
  const [participant] = await study.participants(caseId)
  assert.ok(participant)
  await withdraw(study.context, participant)
  const before = await Promise.all([invitation(), eventsOfCase(study.context.stores.study.read, caseId)])
  assert.deepEqual(await goOn(), { counts: nothing, problems: stoodStill })
  assert.deepEqual(await Promise.all([invitation(), eventsOfCase(study.context.stores.study.read, caseId)]), before)
  assert.equal(study.server.sessions, 0)
})

test('a server that was stopped for two minutes gives back what it had in hand, and it goes out once', async (t) => {
  const { study, invitation, goOn } = await stopped(t)
  assert.equal((await study.tickAt('2026-03-02T09:02:00Z')).sent, 0)
  assert.deepEqual(await goOn(), { counts: { ...nothing, postponed: 1 }, problems: stoodStill })
  assert.equal(study.server.sessions, 0)
  const { state, attempts, nextAt = '' } = (await invitation()) ?? {}
  assert.deepEqual([state, attempts], ['planned', 0])
  assert.equal((await study.tickAt(nextAt)).sent, 1)
  assert.equal(study.server.seen.length, 1)
  assert.deepEqual(await study.tasks(), [])
})

for (const [seconds, sent] of [
  [59, 2],
  [61, 0],
] as const)
  test(`where the clock stood still too, ${seconds} s by that of the process ${sent ? 'are no matter' : 'end the pass, and nothing is sent'}`, async (t) => {
    const study = await openMailStudy(t)
    await study.register({}, {})
    await study.tickAt('2026-03-02T08:59:00Z')
    study.clock.set('2026-03-02T09:00:00Z')
    const transport = createTransport({ SMTP_URL: study.server.url, MAIL_FROM: 'onderzoek@voorbeeld.example' })
    t.after(() => transport.close())
    const moments = [0].values()
    const { counts } = await sendDueMessages(study.context, {
      transport,
      processId: 'one',
      elapsed: () => moments.next().value ?? seconds * 1000,
    })
    assert.deepEqual(counts, { ...nothing, ...(sent ? { sent } : { postponed: 1 }) })
    assert.equal(study.server.seen.length, sent)
  })
