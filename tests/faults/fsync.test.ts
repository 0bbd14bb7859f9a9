/** The order of system calls, seen by strace: the answer's bytes reach the disk before the acknowledgement leaves. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { temporaryFolder } from '../harness/data-folder.ts'
import { manySessions, submission } from '../harness/many-sessions.ts'
import { serve } from '../harness/serving.ts'

test('a submit is acknowledged after its write to the log of the database was synced', {
  skip: process.platform !== 'linux' && 'strace is for Linux',
}, async (t) => {
  const folder = temporaryFolder(t)
  const { environment, lists } = await manySessions(folder, 2)
  const trace = join(temporaryFolder(t), 'trace')
  const server = await serve(environment, [
    'strace',
    '-f',
    '-y',
    '-s',
    '64',
    '-e',
    'trace=pwrite64,write,writev,sendto,sendmsg,fsync,fdatasync',
    '-o',
    trace,
  ])
  t.after(() => server.kill())
  for (const list of lists.slice(0, 4)) {
    const { path, ...request } = submission(list)
    const answer = await fetch(`${server.origin}${path}`, request)
    assert.equal(answer.status, 200, await answer.text())
  }
  await server.stop()

  const calls = readFileSync(trace, 'utf8').split('\n')
  const isLog = (call: string): boolean => call.includes('study.sqlite-wal>')
  // Each acknowledgement on the socket, and what happened to the log since the one before it.
  const answers = calls.flatMap((call, index) =>
    /(write|writev|sendto|sendmsg)\(\d+<(socket|TCP)/.test(call) && call.includes('HTTP/1.1 200') ? [index] : [],
  )
  assert.equal(
    answers.length,
    4,
    `expected four answers on the socket in:\n${calls.filter((call) => call.includes('HTTP/1.1')).join('\n')}`,
  )
  let since = 0
  for (const answer of answers) {
    const before = calls.slice(since, answer)
    const written = before.findLastIndex((call) => isLog(call) && call.includes('pwrite64('))
    const synced = before.findLastIndex((call) => isLog(call) && /fsync\(|fdatasync\(/.test(call))
    assert.ok(written >= 0, 'nothing was written to the log before the acknowledgement')
    assert.ok(synced > written, 'the log was not synced after the last write to it, before the acknowledgement')
    since = answer
  }
})
