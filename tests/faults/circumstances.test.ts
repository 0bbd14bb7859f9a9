/** What happens around a server: a mail server that is gone for a day, a clock that jumps, and a second server on the same data folder. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { temporaryFolder } from '../harness/data-folder.ts'
import { freePort } from '../harness/free-port.ts'
import { startMailServer } from '../harness/mail-server.ts'
import { manySessions, submission } from '../harness/many-sessions.ts'
import { figure } from '../harness/seed.ts'
import { serve } from '../harness/serving.ts'
import { openMailStudy } from '../mail/study.ts'
import { nothingTold } from './at-work.ts'
import { assertWhole } from './left-behind.ts'

const atTen = Temporal.Instant.from('2026-03-02T09:00:00Z')

test('a mail server that is gone for a day: everybody gets their mail once it is back, once, and a person heard of it', async (t) => {
  const study = await openMailStudy(t)
  const caseIds = await study.register(...Array.from({ length: 12 }, () => ({})))
  study.server.mood = { at: 'greeting', does: 'dies' }
  for (let hour = 0; hour <= 25; hour++) assert.equal((await study.tickAt(atTen.add({ hours: hour }).toString())).sent, 0)
  assert.equal((await study.tasks()).filter(({ kind }) => kind === 'message delayed').length > 0, true)
  study.server.mood = undefined
  for (const hour of [27, 28, 29]) await study.tickAt(atTen.add({ hours: hour }).toString())
  const ids = study.server.accepted.map(({ messageId }) => messageId)
  assert.deepEqual([ids.length, new Set(ids).size], [caseIds.length, caseIds.length])
  assert.deepEqual(await study.tasks(), [])
  figure(t, 'mails late after a day without a mail server, lost', 0)
})

test('a clock that goes a day back and forward again, and one that was a day ahead: nothing goes out twice, and nothing ends early for good', async (t) => {
  const study = await openMailStudy(t)
  const [caseId = ''] = await study.register({}, {}, {})
  const moments = [0, -24, 0, 24, 0, 1, 25].map((hours) => atTen.add({ hours }).toString())
  for (const moment of moments) assert.deepEqual((await study.tickAt(moment)).problems, [])
  const ids = study.server.accepted.map(({ messageId }) => messageId)
  assert.deepEqual([ids.length, new Set(ids).size], [3, 3])
  assert.equal((await study.messages(caseId))[0]?.state, 'sent')
})

for (const [what, day, hours] of [
  ['spring', '2026-03-29', [7, 8]],
  ['autumn', '2026-10-25', [8, 9]],
] as const)
  test(`mails go out at ten by the clock on the wall on the day of the change in ${what}`, async (t) => {
    const before = Temporal.PlainDate.from(day).subtract({ days: 1 })
    const study = await openMailStudy(t, { now: `${before}T20:00:00Z` })
    await study.register({ anchors: { referral: day } })
    const [early, due] = hours
    assert.equal((await study.tickAt(`${day}T0${early}:59:59Z`)).sent, 0)
    assert.equal((await study.tickAt(`${day}T0${due}:00:00Z`)).sent, 1)
  })

test('two servers on one data folder: what either acknowledges is there, and everybody gets one mail', async (t) => {
  const mail = await startMailServer()
  t.after(() => mail.close())
  const folder = temporaryFolder(t)
  const families = 12
  const study = await manySessions(folder, families, mail.url)
  const other = { ...study.environment, BASE_URL: `http://127.0.0.1:${await freePort()}` }
  const servers = await Promise.all([serve(study.environment), serve(other)])
  t.after(() => Promise.all(servers.map((server) => server.kill())))
  const told = nothingTold()
  await Promise.all(
    study.lists.map(async (list, index) => {
      const { path, ...request } = submission(list)
      const answer = await fetch(`${servers[index % 2]?.origin}${path}`, request)
      assert.equal(answer.status, 200, await answer.text())
      told.submitted.add(list.assignmentId)
    }),
  )
  for (let quiet = 0, last = -1; quiet < 10; quiet++) {
    if (mail.accepted.length !== last) quiet = 0
    last = mail.accepted.length
    await wait(100)
  }
  await Promise.all(servers.map((server) => server.stop()))
  await assertWhole(folder, told)
  const recipients = mail.accepted.map(({ recipients: [one] }) => one)
  assert.equal(new Set(recipients).size, recipients.length, 'somebody got two mails')
  assert.equal(told.submitted.size, families * 4)
  figure(t, 'submissions to two servers on one data folder', told.submitted.size)
})
