import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { test } from 'node:test'
import { nameting } from '../harness/command.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { freePort } from '../harness/study-server.ts'

const complete = (folder: string, port: number): Record<string, string> => ({
  DATA_DIR: join(folder, 'data'),
  PORT: String(port),
  BASE_URL: `http://127.0.0.1:${port}`,
  IDENTITY_KEY: 'ab'.repeat(32),
  SMTP_URL: 'smtp://127.0.0.1:9',
  MAIL_FROM: 'onderzoek@voorbeeld.example',
})

test('without key, base address and mail server it does not start, and says which are missing', async () => {
  const { code, stderr } = await nameting({}, 'serve')
  assert.equal(code, 1)
  for (const name of ['BASE_URL', 'IDENTITY_KEY', 'SMTP_URL', 'MAIL_FROM']) assert.match(stderr, new RegExp(`${name} is not set`))
  assert.equal(stderr.trim().split('\n').length, 1)
})

test('a port in use is one clear line', async (t) => {
  const blocker = createServer().listen(await freePort(), '127.0.0.1')
  await once(blocker, 'listening')
  t.after(() => blocker.close())
  const { port } = blocker.address() as { port: number }
  const { code, stderr } = await nameting(complete(temporaryFolder(t), port), 'serve')
  assert.deepEqual([code, stderr], [1, `Port ${port} is in use. Stop what uses it, or choose another: PORT=${port + 1}.\n`])
})

test('a database file that is not one stops the start, and is left as it is', async (t) => {
  const folder = temporaryFolder(t)
  const settings = complete(folder, await freePort())
  await nameting(settings, 'study', 'list')
  const path = join(folder, 'data', 'identity.sqlite')
  writeFileSync(path, 'not a database at all')
  const { code, stderr } = await nameting(settings, 'serve')
  assert.equal(code, 1)
  assert.match(stderr, /identity\.sqlite is not a database/)
  assert.equal(readFileSync(path, 'utf8'), 'not a database at all')
})

test('a damaged database stops the start with what to do', async (t) => {
  const folder = temporaryFolder(t)
  const settings = complete(folder, await freePort())
  await nameting(settings, 'study', 'list')
  const path = join(folder, 'data', 'study.sqlite')
  const bytes = readFileSync(path)
  writeFileSync(path, Buffer.concat([bytes.subarray(0, 16), Buffer.alloc(bytes.length - 16, 0xff)]))
  const { code, stderr } = await nameting(settings, 'serve')
  assert.equal(code, 1)
  assert.match(stderr, /cannot be opened.*Restore it from a backup/)
  assert.ok(!stderr.includes('    at '), stderr)
})

test('a definition with a mistake stops the start, naming the file', async (t) => {
  const folder = temporaryFolder(t)
  const { code, stderr } = await nameting({ ...complete(folder, await freePort()), DEFINITIONS_DIR: join(folder, 'nowhere') }, 'serve')
  assert.equal(code, 1)
  assert.match(stderr, /nowhere/)
})

test('every command explains itself', async () => {
  const { stdout } = await nameting({}, '--help')
  const commands = [...stdout.matchAll(/^ {2}([a-z]+) /gm)].map(([, name]) => name ?? '')
  for (const name of ['serve', 'demo', 'check', 'score', 'plan', 'import', 'tick', 'export', 'study'])
    assert.ok(commands.includes(name), `${name} is not in the help`)
  for (const name of commands.filter((command) => command !== 'help')) {
    const { code, stdout: help } = await nameting({}, name, '--help')
    assert.equal(code, 0, name)
    assert.match(help, /Usage: nameting/)
  }
})
