import assert from 'node:assert/strict'
import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { makeFolders } from '../../server/make-folders.ts'
import { nameting } from '../harness/command.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { writeFile } from '../harness/definition-folder.ts'

test('a folder is made with those around it, with its rights, and one that is there stays', (t) => {
  const folder = temporaryFolder(t)
  makeFolders(join(folder, 'a', 'b', 'c'), 0o700)
  writeFileSync(join(folder, 'a', 'b', 'c', 'work'), '')
  makeFolders(join(folder, 'a', 'b', 'c'), 0o755)
  assert.equal(statSync(join(folder, 'a', 'b', 'c')).mode & 0o777, 0o700)
  assert.ok(existsSync(join(folder, 'a', 'b', 'c', 'work')))
})

test('what stands in the way is told with where', (t) => {
  const folder = temporaryFolder(t)
  writeFileSync(join(folder, 'file'), '')
  mkdirSync(join(folder, 'there'))
  assert.throws(() => makeFolders(join(folder, 'file')), /EEXIST.*file'$/)
  assert.throws(() => makeFolders(join(folder, 'file', 'a', 'b')), /ENOTDIR.*file/)
})

for (const place of ['/proc', '/proc/self', '/sys'])
  test(`below ${place}, where nothing can be made, every command that makes a folder says so and ends`, async (t) => {
    const folder = temporaryFolder(t)
    const nowhere = join(place, 'nowhere')
    assert.throws(() => makeFolders(join(nowhere, 'deep')), /nowhere/)
    const survey = join(folder, 'survey.json')
    writeFile(folder, 'survey.json', { elements: [{ type: 'comment', name: 'a', title: 'A' }] })
    const [imported, studies] = await Promise.all([
      nameting({}, 'import-instrument', survey, '--out', nowhere),
      nameting({ DATA_DIR: nowhere, IDENTITY_KEY: 'ab'.repeat(32) }, 'study', 'list'),
    ])
    assert.deepEqual([imported.code, studies.code], [1, 1])
    assert.match(imported.stderr, /nowhere\S* cannot be made: /)
    assert.match(studies.stderr, /The data folder \S*nowhere cannot be written/)
  })
