/** An export where there is no database, or something else by its name. */
import assert from 'node:assert/strict'
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { exportInThread } from '../../server/export/export-in-thread.ts'
import { nameting } from '../harness/command.ts'
import { temporaryFolder } from '../harness/data-folder.ts'

test('a data folder without data and a file that is no database are named', async (t) => {
  const folder = temporaryFolder(t)
  const nothing = await nameting({ DATA_DIR: folder }, 'export', '--study', 'visits', '--out', join(folder, 'out'))
  assert.equal(nothing.code, 1)
  assert.match(nothing.stderr, /^There is no .*study\.sqlite\. Set DATA_DIR/)
  assert.deepEqual(readdirSync(folder), [], 'no database is made by reading')

  writeFileSync(join(folder, 'study.sqlite'), 'dear diary, this is no database')
  const wrong = await nameting({ DATA_DIR: folder }, 'export', '--study', 'visits', '--out', join(folder, 'out'))
  assert.equal(wrong.code, 1)
  assert.match(wrong.stderr, /study\.sqlite is not a database/)
})

test('that there is no data folder is said of an export in a thread as if it went wrong here', async (t) => {
  const folder = temporaryFolder(t)
  const request = { study: 'visits', directory: join(folder, 'out'), layouts: ['long' as const], formats: ['csv' as const] }
  await assert.rejects(
    exportInThread({ data: join(folder, 'nowhere') }, { ...request, now: '2026-03-02T09:00:00.000Z' }),
    /^Error: There is no .*study\.sqlite/,
  )
  assert.deepEqual(readdirSync(folder), [])
})
