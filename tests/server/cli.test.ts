import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nameting } from '../harness/command.ts'

test('a command that is not there is a bad call, whatever it is called', async () => {
  for (const name of ['nonsense', 'constructor', '__proto__', 'toString', '']) {
    const { code, stdout, stderr } = await nameting({}, name)
    assert.deepEqual([code, stdout], [2, ''], name)
    assert.match(stderr, /unknown command|Usage: nameting/)
    assert.doesNotMatch(stderr, /^ {4}at /m)
  }
})
