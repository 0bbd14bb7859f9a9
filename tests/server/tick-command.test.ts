import assert from 'node:assert/strict'
import test from 'node:test'
import { nameting } from '../harness/command.ts'
import { openMailStudy } from '../mail/study.ts'

test('nameting tick makes one pass and says what it did', async (test) => {
  const study = await openMailStudy(test)
  await study.register({}, {})
  const { code, stdout, stderr } = await nameting(study.environment, 'tick', '--now', '2026-03-02T10:00:00+01:00')
  assert.equal(stderr, '')
  assert.equal(code, 0)
  assert.equal(stdout, 'lists: 8 opened, 0 expired\nmail: 2 sent, 0 postponed, 0 held, 0 cancelled, 0 refused, 0 of unknown fate\n')
  assert.equal(study.server.accepted.length, 2)
})

test('trouble with the mail server is said on stderr, with exit code 1; a refused address is not a failure', async (test) => {
  const study = await openMailStudy(test)
  await study.register({}, {})
  study.server.mood = { at: 'greeting', does: 421 }
  const away = await nameting(study.environment, 'tick', '--now', '2026-03-02T09:00:00Z')
  assert.equal(away.code, 1)
  assert.match(away.stderr, /^Trouble with the mail server: .*421.* What is left goes out at a later tick\.\n$/)
  study.server.mood = { at: 'recipient', does: 550 }
  const refused = await nameting(study.environment, 'tick', '--now', '2026-03-02T09:01:00Z', '--json')
  assert.equal(refused.code, 0)
  assert.equal(JSON.parse(refused.stdout).refused, 2)
})

test('a bad call and bad settings are told apart, and change nothing', async (test) => {
  const study = await openMailStudy(test)
  await study.register({})
  for (const moment of ['tomorrow', '2026-03-02', '2026-03-02T09:00:00', '2026-02-30T09:00:00Z']) {
    const { code, stderr } = await nameting(study.environment, 'tick', '--now', moment)
    assert.equal(code, 2, moment)
    assert.match(stderr, /is not a moment: write date, time and offset/)
  }
  const { code, stderr } = await nameting({ ...study.environment, SMTP_URL: 'smtp://naam:geheim@mail.example?tls=no' }, 'tick')
  assert.equal(code, 1)
  assert.match(stderr, /^SMTP_URL cannot be used/)
  assert.equal(stderr.includes('geheim'), false)
  assert.equal(study.server.sessions, 0)
})
