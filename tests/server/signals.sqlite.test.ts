/** A server is told to stop before it serves. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { temporaryFolder } from '../harness/data-folder.ts'
import { freePort } from '../harness/free-port.ts'
import { begin, serve } from '../harness/serving.ts'

test('SIGTERM while it starts: it ends well, and the next start goes on', async (t) => {
  const port = await freePort()
  const environment = {
    DATA_DIR: join(temporaryFolder(t), 'data'),
    BASE_URL: `http://127.0.0.1:${port}`,
    IDENTITY_KEY: 'ab'.repeat(32),
    SMTP_URL: 'smtp://127.0.0.1:9',
    MAIL_FROM: 'onderzoek@voorbeeld.example',
  }
  const server = await begin(environment)
  t.after(() => server.process.kill('SIGKILL'))
  server.serving.catch(() => {})
  const exit = once(server.process, 'exit')
  while (!server.said().includes('new ones were made')) await wait(1)
  server.process.kill('SIGTERM')
  assert.deepEqual(await exit, [0, null], server.said())
  assert.doesNotMatch(server.said(), /^ +at /m)
  const next = await serve(environment)
  t.after(() => next.kill())
  await next.stop()
  assert.equal(next.process.exitCode, 0)
})
