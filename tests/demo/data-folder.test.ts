import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { inspectFolder, makeFolder, readKey } from '../../server/demo/data-folder.ts'
import { nameting } from '../harness/command.ts'
import { temporaryFolder } from '../harness/data-folder.ts'

test('the demonstration refuses a folder that holds a real study, and leaves it as it was', async (t) => {
  const folder = temporaryFolder(t)
  const environment = { DATA_DIR: folder, IDENTITY_KEY: randomBytes(32).toString('hex') }
  const study = [
    '--protocol',
    'familie-aan-zet@0.1.0-standin',
    '--title',
    'Echt',
    '--organisation',
    'Onderzoek',
    '--contact',
    'a@x.example',
  ]
  const added = await nameting(environment, 'study', 'add', 'echt', ...study, '--accept-stand-ins', 'Eigenaar Voorbeeld')
  assert.equal(added.code, 0, added.stderr)
  const before = readFileSync(join(folder, 'study.sqlite'))
  const { code, stderr } = await nameting({ DATA_DIR: folder, PORT: '0' }, 'demo')
  assert.equal(code, 1)
  assert.match(stderr, /holds a study that is not a demonstration/)
  assert.match(stderr, /DATA_DIR/)
  assert.equal(stderr.trim().split('\n').length, 1)
  assert.deepEqual(readFileSync(join(folder, 'study.sqlite')), before)
})

test('it refuses a folder with anything else in it too', (t) => {
  const folder = temporaryFolder(t)
  writeFileSync(join(folder, 'thesis.docx'), 'years of work')
  assert.throws(() => inspectFolder(folder), /is not empty and holds no demonstration/)
})

test('a folder that is not there, or empty, is free', (t) => {
  const folder = temporaryFolder(t)
  assert.equal(inspectFolder(folder), 'empty')
  assert.equal(inspectFolder(join(folder, 'new')), 'empty')
})

test('a demonstration whose making fails leaves nothing behind', async (t) => {
  const folder = temporaryFolder(t)
  const directory = join(folder, 'demo')
  await assert.rejects(
    makeFolder(directory, async (unfinished) => {
      writeFileSync(join(unfinished, 'study.sqlite'), 'half a study')
      throw new Error('no more')
    }),
    /no more/,
  )
  assert.deepEqual(readdirSync(folder), [])
})

test('one that is whole is moved into place, also where an empty folder stood, with a key of its own', async (t) => {
  const folder = temporaryFolder(t)
  const directory = join(folder, 'demo')
  mkdirSync(directory)
  await makeFolder(directory, async (unfinished) => writeFileSync(join(unfinished, 'study.sqlite'), 'a study'))
  assert.equal(inspectFolder(directory), 'demonstration')
  assert.equal(readKey(directory).length, 32)
  assert.deepEqual(readdirSync(folder), ['demo'])
})

test('whoever was there first keeps the folder', async (t) => {
  const folder = temporaryFolder(t)
  const directory = join(folder, 'demo')
  await assert.rejects(
    makeFolder(directory, async () => {
      mkdirSync(directory)
      writeFileSync(join(directory, 'study.sqlite'), 'somebody else was faster')
    }),
    /cannot be moved to/,
  )
  assert.deepEqual(readdirSync(directory), ['study.sqlite'])
  assert.deepEqual(readdirSync(folder), ['demo'])
})

test('a demonstration that was killed in the making never passes for a whole one, and its remains go at the next try', async (t) => {
  const folder = temporaryFolder(t)
  const directory = join(folder, 'demo')
  const making = spawn(process.execPath, [join(import.meta.dirname, 'killed-making.ts'), directory], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  for await (const text of making.stdout.setEncoding('utf8')) {
    said += text
    // Some mails are sent: there is a study, and it is not whole.
    if (/^[1-9]\d*$/m.test(said)) break
  }
  const ended = once(making, 'exit')
  making.kill('SIGKILL')
  await ended
  assert.equal(existsSync(directory), false)
  assert.equal(readdirSync(folder).length, 1)
  assert.equal(inspectFolder(directory), 'empty')
  await makeFolder(directory, async () => {})
  assert.deepEqual(readdirSync(folder), ['demo'])
})
