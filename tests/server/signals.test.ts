/** A server is told to stop more than once. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { temporaryFolder } from '../harness/data-folder.ts'
import { manySessions, submission } from '../harness/many-sessions.ts'
import { serve } from '../harness/serving.ts'

test('Ctrl-C, and SIGTERM while it is being stopped: it goes on answering until its time is over, stops once and ends well', async (t) => {
  const { environment, lists } = await manySessions(temporaryFolder(t), 1)
  const server = await serve({ ...environment, DRAIN_SECONDS: '5' })
  t.after(() => server.kill())
  const [list] = lists
  assert.ok(list)
  const exit = once(server.process, 'exit')
  const saying = async (count: number, words: string): Promise<void> => {
    while (server.said().split(words).length <= count) {
      assert.equal(server.process.exitCode ?? server.process.signalCode, null, server.said())
      await wait(10)
    }
  }
  server.process.kill('SIGINT')
  await saying(1, '"msg":"stopping"')
  for (const [index, signal] of (['SIGTERM', 'SIGINT', 'SIGTERM'] as const).entries()) {
    server.process.kill(signal)
    await saying(index + 1, '"msg":"is being stopped already"')
  }
  const { path, ...request } = submission(list)
  assert.equal((await fetch(`${server.origin}${path}`, request)).status, 200)
  assert.deepEqual(await exit, [0, null], server.said())
  assert.equal(server.said().split('"msg":"stopped"').length, 2)
  assert.doesNotMatch(server.said(), /^ +at /m)
})
