/** After an older backup is put back no mail goes out a second time. */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { createTransport } from '../../server/mail/transport.ts'
import { openTasks } from '../../server/queries/tasks.ts'
import { tick } from '../../server/workflow/tick.ts'
import { backupsOf } from '../harness/backups.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { family } from '../harness/family.ts'
import { Respondent } from '../harness/respondent.ts'
import { startStudyServer } from '../harness/study-server.ts'

test('mail whose time came after the backup is a task for a person; what comes later goes out by itself', async (t) => {
  const server = await startStudyServer(t, '2026-03-01T07:00:00Z')
  await server.register(family('A-001'), family('A-002'), family('A-003'))
  const backups = await backupsOf(t, server)
  const { path } = await backups.make()
  server.clock.set('2026-03-02T09:00:00Z')
  await server.tick()
  const sent = server.mail.accepted.map(({ messageId }) => messageId)
  assert.equal(sent.length, 3)

  const to = join(temporaryFolder(t), 'restored')
  const { held } = await backups.restore(path, to)
  assert.equal(held, 3)
  const context = await backups.open(to)
  const transport = createTransport({ SMTP_URL: server.mail.url, MAIL_FROM: 'onderzoek@voorbeeld.example' })
  t.after(() => transport.close())
  await tick(context, { transport })
  assert.deepEqual(
    server.mail.accepted.map(({ messageId }) => messageId),
    sent,
  )
  const tasks = await openTasks(context.stores.study.read, 's1')
  assert.deepEqual(new Set(tasks.map(({ kind }) => kind)), new Set(['message unknown']))
  assert.match(tasks[0]?.detail ?? '', /put back from the backup of 2026-03-01T07:00:00\.000Z/)

  server.clock.set('2026-03-20T09:00:00Z')
  await tick(context, { transport })
  const later = server.mail.accepted.slice(sent.length).map(({ messageId }) => messageId)
  assert.ok(later.length > 0, 'reminders go on')
  assert.equal(new Set([...sent, ...later]).size, sent.length + later.length)
})

test('a link that was opened before stays good, and whoever was in a page opens it again', async (t) => {
  const server = await startStudyServer(t)
  await server.register(family('A-001'))
  await server.tick()
  const respondent = new Respondent(server.origin)
  await respondent.open(server.mail.linkTo('parent-a-001@voorbeeld.example'))
  assert.equal(server.rows('SELECT * FROM sessions').length, 1)
  const backups = await backupsOf(t, server)
  const { path } = await backups.make()
  const to = join(temporaryFolder(t), 'restored')
  await backups.restore(path, to)
  const { stores } = await backups.open(to)
  const count = (table: string) => stores.study.read.all(`SELECT * FROM ${table}`)
  assert.deepEqual([(await count('sessions')).length, (await count('links')).length], [0, 1])
})
