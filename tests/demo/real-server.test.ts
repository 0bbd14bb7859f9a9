import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startStudyServer } from '../harness/study-server.ts'

test('the real server has no mailbox, and no clock to set', async (t) => {
  const server = await startStudyServer(t)
  for (const path of ['/', '/mailbox', '/api/demo/clock', '/api/demo/mails', '/api/demo/mails/1/html'])
    assert.equal((await fetch(`${server.origin}${path}`)).status, 404, path)
  const moved = await fetch(`${server.origin}/api/demo/clock`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Origin: server.origin },
    body: JSON.stringify({ step: 'day' }),
  })
  assert.equal(moved.status, 404)
})
