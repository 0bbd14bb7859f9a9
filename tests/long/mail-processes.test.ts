import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import test from 'node:test'
import { cliPath, namingProcess } from '../harness/command.ts'
import { openMailStudy } from '../mail/study.ts'

const atTen = '2026-03-02T09:00:00Z'

test('two processes that tick on one data folder at once send every message once', async (test) => {
  const study = await openMailStudy(test)
  await study.register(...Array.from({ length: 60 }, () => ({})))
  const ran = await Promise.all(['a', 'b', 'c'].map(() => namingProcess(study.environment, 'tick', '--now', atTen, '--json')))
  for (const { code, stderr } of ran) assert.equal(code, 0, stderr)
  const sent = ran.map(({ stdout }) => (JSON.parse(stdout) as { sent: number }).sent)
  assert.equal(
    sent.reduce((a, b) => a + b),
    60,
  )
  const ids = study.server.seen.map(({ messageId }) => messageId)
  assert.equal(ids.length, 60)
  assert.equal(new Set(ids).size, 60)
})

test('a process that is killed while the mail server is silent leaves a task, and nothing is sent again', async (test) => {
  const study = await openMailStudy(test)
  const [caseId = ''] = await study.register({}, {})
  study.server.mood = { at: 'end of text', does: 'hangs' }
  const child = spawn(process.execPath, [cliPath, 'tick', '--now', atTen], { env: { PATH: process.env.PATH, ...study.environment } })
  const exit = once(child, 'exit')
  const hasBegun = await Promise.race([study.server.hasSeen(1).then(() => true), exit.then(() => false)])
  assert.ok(hasBegun, 'it ended before it sent anything')
  child.kill('SIGKILL')
  await exit
  study.server.mood = undefined

  assert.equal((await study.messages(caseId))[0]?.state, 'claimed')
  assert.equal((await study.tickAt('2026-03-02T09:01:00Z')).sent, 1, 'the other message is not kept waiting')
  assert.equal((await study.messages(caseId))[0]?.state, 'claimed')
  assert.equal((await study.tickAt('2026-03-02T09:05:00Z')).unknown, 1)
  for (const moment of ['2026-03-02T09:06:00Z', '2026-03-03T09:00:00Z']) assert.equal((await study.tickAt(moment)).sent, 0)
  const ids = study.server.seen.map(({ messageId }) => messageId)
  assert.equal(ids.length, 2)
  assert.equal(new Set(ids).size, 2)
  assert.equal((await study.messages(caseId))[0]?.state, 'unknown')
  assert.deepEqual(
    (await study.tasks()).map(({ kind }) => kind),
    ['message unknown'],
  )
})
