/** The order of system calls, seen by strace: bytes reach the disk before anybody is told that they are there. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { test } from 'node:test'
import { newKeyPair } from '../../server/backup/keys.ts'
import { cliPath } from '../harness/command.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { family } from '../harness/family.ts'
import { manySessions, submission } from '../harness/many-sessions.ts'
import { serve } from '../harness/serving.ts'
import { openTestStudy } from '../harness/test-study.ts'

const linux = { skip: process.platform !== 'linux' && 'strace is for Linux' }

test('a submit is acknowledged after its write to the log of the database was synced', linux, async (t) => {
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

/** Each call with its end and without its thread, in the order in which they ended. */
function endedIn(trace: string): string[] {
  const begun = new Map<string, string>()
  return readFileSync(trace, 'utf8')
    .split('\n')
    .flatMap((line) => {
      const [, thread = '', call = ''] = /^(\d+) +(.*)$/.exec(line) ?? []
      if (call.endsWith('<unfinished ...>')) {
        begun.set(thread, call.slice(0, -'<unfinished ...>'.length))
        return []
      }
      const resumed = /^<\.\.\. \w+ resumed>(.*)$/.exec(call)
      return [resumed ? `${begun.get(thread) ?? ''}${resumed[1]}` : call]
    })
}

test('a backup is told as made after all of its files, their names and the lists that know it were synced', linux, async (t) => {
  const folder = temporaryFolder(t)
  const data = join(folder, 'data')
  const study = await openTestStudy({ folder: data })
  await study.register(family('A-001'))
  await study.close()
  mkdirSync(join(data, 'reports/r1'), { recursive: true })
  writeFileSync(join(data, 'reports/r1/numbers.json'), '{}')
  const { recipient } = await newKeyPair()
  const [into, trace] = [join(folder, 'backups'), join(folder, 'trace')]
  const calls = 'trace=openat,mkdir,write,writev,pwrite64,pwritev,fsync,fdatasync,rename'
  const words = ['-f', '-y', '-s', '16', '-e', calls, '-o', trace, process.execPath, cliPath, 'backup', into, '--json']
  const env = { PATH: process.env.PATH, ...study.environment, BACKUP_RECIPIENT: recipient }
  const { path } = JSON.parse(execFileSync('strace', words, { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })) as {
    path: string
  }

  const ended = endedIn(trace)
  const renamed = ended.findIndex((call) => call.startsWith('rename(') && call.includes(`"${path}"`))
  const told = ended.findIndex((call) => call.startsWith('write(1<'))
  assert.ok(renamed > 0 && told > renamed)
  const [, partial = ''] = /^rename\("([^"]+)"/.exec(ended[renamed] ?? '') ?? []
  const lastOf = (at: string, calls: RegExp, until: number): number =>
    ended.slice(0, until).findLastIndex((call) => calls.test(call) && call.includes(at))
  const assertSynced = (at: string, changed: number, until: number): void => {
    assert.ok(changed >= 0, `nothing was written in ${at}`)
    const synced = lastOf(`<${at}>)`, /^f(data)?sync\(.* = 0$/, until)
    assert.ok(synced > changed, `${at} was not synced after the last change of it`)
  }
  const names = globSync('**/*', { cwd: path, withFileTypes: true })
  const files = names.filter((entry) => entry.isFile()).map((entry) => relative(path, join(entry.parentPath, entry.name)))
  assert.deepEqual(files.sort(), [
    'identity.sqlite.gz.age',
    'manifest.hmac',
    'manifest.json',
    'reports/r1/numbers.json.gz.age',
    'study.sqlite.gz.age',
  ])
  for (const file of [...files.map((name) => join(partial, name)), join(data, 'erasures.ndjson'), join(into, 'erasures.ndjson')])
    assertSynced(file, lastOf(`<${file}>`, /^p?writev?(64)?\(/, renamed), renamed)
  // A name is there for sure once its folder was synced.
  for (const at of [partial, join(partial, 'reports'), join(partial, 'reports/r1')])
    assertSynced(at, lastOf(`"${at}/`, /^(openat\(.*O_CREAT|mkdir\()/, renamed), renamed)
  assertSynced(into, renamed, told)
})
