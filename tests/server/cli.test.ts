import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { cliPath, nameting } from '../harness/command.ts'

const plan = ['plan', '--protocol', 'familie-aan-zet', '--anchor', 'referral=2026-01-05', '--json']

test('a reader that has seen enough, such as head, is no mistake', async () => {
  for (const args of [plan, ['check'], ['check', '--json'], ['--help']]) {
    const child = spawn(process.execPath, [cliPath, ...args], { env: { PATH: process.env.PATH }, stdio: ['ignore', 'pipe', 'pipe'] })
    child.stdout.destroy()
    const [[code], stderr] = await Promise.all([once(child, 'exit'), text(child.stderr)])
    assert.deepEqual([code, stderr], [0, ''], args.join(' '))
  }
})

test('a command that is not there is a bad call, whatever it is called', async () => {
  for (const name of ['nonsense', 'constructor', '__proto__', 'toString', '']) {
    const { code, stdout, stderr } = await nameting({}, name)
    assert.deepEqual([code, stdout], [2, ''], name)
    assert.match(stderr, /unknown command|Usage: nameting/)
    assert.doesNotMatch(stderr, /^ {4}at /m)
  }
})
