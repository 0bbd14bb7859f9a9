import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { test } from 'node:test'
import { Hono } from 'hono'
import { listen } from '../../server/listen.ts'
import { freePort } from '../harness/free-port.ts'

test('closing answers what is under way, tells it to send nothing more, and takes nothing new', async () => {
  const port = await freePort()
  const arrived = Promise.withResolvers<void>()
  const mayAnswer = Promise.withResolvers<void>()
  const app = new Hono().get('/', async (request) => {
    arrived.resolve()
    await mayAnswer.promise
    return request.text('answered')
  })
  const listening = await listen(app, { host: '127.0.0.1', port })
  const asked = fetch(`http://127.0.0.1:${port}/`)
  await arrived.promise
  const closing = listening.close()
  await assert.rejects(fetch(`http://127.0.0.1:${port}/`))
  mayAnswer.resolve()
  const answer = await asked
  assert.deepEqual([await answer.text(), answer.headers.get('Connection')], ['answered', 'close'])
  await closing
})

test('closing does not wait for a client that has stopped halfway through a request', async (t) => {
  const port = await freePort()
  const listening = await listen(new Hono(), { host: '127.0.0.1', port, patience: 50 })
  const client = connect(port, '127.0.0.1')
  t.after(() => client.destroy())
  await once(client, 'connect')
  await new Promise((resolve) => client.write('GET / HTTP/1.1\r\nHost: half\r\n', resolve))
  const ended = new Promise((resolve) => client.once('close', resolve).resume())
  client.on('error', () => {})
  await listening.close()
  await ended
})
