import assert from 'node:assert/strict'
import { appendFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { startMailServer } from '../../server/demo/mail-server.ts'
import { openMailbox } from '../../server/demo/mailbox.ts'
import { createTransport } from '../../server/mail/transport.ts'
import { temporaryFolder } from '../harness/data-folder.ts'

const clock = { now: () => '2026-11-21T15:00:00.000Z' }

const mail = {
  toName: 'Ouder Voorbeeld 1',
  fromName: 'Onderzoeksgroep Voorbeeld',
  text: 'Beste ouder,\n\nOpen deze link: http://localhost:3000/l/abc\n\nDit is €5 wäärd.\n',
  html: '<p>Beste ouder</p>',
  language: 'nl',
  date: clock.now(),
}

test('what is sent over SMTP is in the mailbox, word for word, and still there after a restart', async (t) => {
  const folder = temporaryFolder(t)
  const mailbox = openMailbox(folder)
  const server = await startMailServer(mailbox, clock)
  const transport = createTransport({ SMTP_URL: server.url, MAIL_FROM: 'onderzoek@voorbeeld.example' })
  for (const number of [1, 2])
    assert.equal(
      (
        await transport.send({
          ...mail,
          to: `ouder${number}@voorbeeld.example`,
          subject: `Vraag ${number}: één`,
          messageId: `<${number}@x.example>`,
        })
      ).kind,
      'accepted',
    )
  transport.close()
  await server.close()
  mailbox.close()

  const again = openMailbox(folder)
  t.after(() => again.close())
  assert.deepEqual(
    again.list().map(({ number, to, subject, messageId }) => ({ number, to, subject, messageId })),
    [
      { number: 2, to: 'ouder2@voorbeeld.example', subject: 'Vraag 2: één', messageId: '<2@x.example>' },
      { number: 1, to: 'ouder1@voorbeeld.example', subject: 'Vraag 1: één', messageId: '<1@x.example>' },
    ],
  )
  const [first] = again.list().toReversed()
  assert.equal(first?.text.trim(), mail.text.trim())
  assert.equal(first?.html?.trim(), mail.html)
  assert.equal(first?.from, 'onderzoek@voorbeeld.example')
  assert.equal(first?.at, clock.now())
})

test('it listens on this machine only', async (t) => {
  const mailbox = openMailbox(temporaryFolder(t))
  const server = await startMailServer(mailbox, clock)
  t.after(async () => {
    await server.close()
    mailbox.close()
  })
  assert.match(server.url, /^smtp:\/\/127\.0\.0\.1:\d+$/)
})

test('a mail that a crash cut off in the middle is dropped, and the next one takes its number', (t) => {
  const folder = temporaryFolder(t)
  const path = join(folder, 'mailbox.ndjson')
  const box = openMailbox(folder)
  box.add({ at: clock.now(), from: 'a@x.example', to: 'b@x.example', subject: 'whole', text: '', html: null, messageId: null })
  box.close()
  const whole = readFileSync(path)
  appendFileSync(path, whole.subarray(0, whole.length - 20))
  const again = openMailbox(folder)
  t.after(() => again.close())
  assert.deepEqual(
    again.list().map(({ subject }) => subject),
    ['whole'],
  )
  assert.equal(readFileSync(path).length, whole.length)
  const next = again.add({
    at: clock.now(),
    from: 'a@x.example',
    to: 'b@x.example',
    subject: 'next',
    text: '',
    html: null,
    messageId: null,
  })
  assert.equal(next.number, 2)
  assert.equal(again.find(2)?.subject, 'next')
})
