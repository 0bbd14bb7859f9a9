/** `nameting serve` on a data folder of which a file is damaged. */
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { nameting } from '../harness/command.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { settingsToServe } from '../harness/settings-to-serve.ts'

test('a database file that is not one stops the start, and is left as it is', async (t) => {
  const folder = temporaryFolder(t)
  const settings = await settingsToServe(folder)
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
  const settings = await settingsToServe(folder)
  await nameting(settings, 'study', 'list')
  const path = join(folder, 'data', 'study.sqlite')
  const bytes = readFileSync(path)
  writeFileSync(path, Buffer.concat([bytes.subarray(0, 16), Buffer.alloc(bytes.length - 16, 0xff)]))
  const { code, stderr } = await nameting(settings, 'serve')
  assert.equal(code, 1)
  assert.match(stderr, /cannot be opened.*Restore it from a backup/)
  assert.ok(!stderr.includes('    at '), stderr)
})
