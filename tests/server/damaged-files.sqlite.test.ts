/** `nameting verify` on files of SQLite that are damaged, or not there. */
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import Database from 'better-sqlite3'
import { behind } from '../harness/behind.ts'
import { nameting } from '../harness/command.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { family } from '../harness/family.ts'
import { startStudyServer } from '../harness/study-server.ts'

test('verify tells of a row that belongs to one that is not there', async (t) => {
  const server = await startStudyServer(t)
  await server.register(family('A-001'))
  const intruder = behind(server.context.stores.study)
  intruder.execUnchecked("update participants set case_id = 'nergens' where id = (select min(id) from participants)")
  intruder.close()
  const lost = await nameting({ DATA_DIR: server.context.place.data }, 'verify', '--json')
  assert.equal(lost.code, 1)
  assert.match(JSON.parse(lost.stdout).problems[0], /^study\.sqlite: row \d+ of participants belongs to a row of cases that is not there$/)
})

test('verify says where it looked when there is nothing, and that a file is damaged', async (t) => {
  const server = await startStudyServer(t)
  await server.register(family('A-001'))
  const folder = temporaryFolder(t)
  for (const name of ['identity', 'study'] as const) {
    const copy = new Database(server.context.stores[name].path, { readonly: true })
    writeFileSync(join(folder, `${name}.sqlite`), copy.serialize())
    copy.close()
  }
  const path = join(folder, 'study.sqlite')
  const bytes = readFileSync(path)
  writeFileSync(path, Buffer.concat([bytes.subarray(0, 8192), Buffer.alloc(8192, 0xff), bytes.subarray(16_384)]))
  const damaged = await nameting({ DATA_DIR: folder }, 'verify')
  assert.equal(damaged.code, 1)
  assert.match(damaged.stderr, /^study\.sqlite: /)
  assert.match(damaged.stdout, /study\.sqlite: damaged/)
  const { code, stderr } = await nameting({ DATA_DIR: '/nergens' }, 'verify')
  assert.deepEqual([code, stderr], [1, 'There is no /nergens/identity.sqlite. Set DATA_DIR to the data folder of the server.\n'])
})
