import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { test } from 'node:test'
import { nameting } from '../harness/command.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { freePort } from '../harness/free-port.ts'
import { settingsToServe } from '../harness/settings-to-serve.ts'

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
  const { code, stderr } = await nameting(await settingsToServe(temporaryFolder(t), port), 'serve')
  assert.deepEqual([code, stderr], [1, `Port ${port} is in use. Stop what uses it, or choose another: PORT=${port + 1}.\n`])
})

test('a definition with a mistake stops the start, naming the file', async (t) => {
  const folder = temporaryFolder(t)
  const { code, stderr } = await nameting({ ...(await settingsToServe(folder)), DEFINITIONS_DIR: join(folder, 'nowhere') }, 'serve')
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
