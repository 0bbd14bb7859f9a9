import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nameting } from '../harness/command.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { family } from '../harness/family.ts'
import { openTestStudy } from '../harness/test-study.ts'
import { ownDatabase } from './own-database.ts'

test('a part with an address of its own that is of another study is found', async (t) => {
  const study = await openTestStudy({ folder: temporaryFolder(t) })
  t.after(() => study.close())
  await study.register(family('A-001'))
  const { identity } = await ownDatabase(t)
  const { DATA_DIR = '', DATABASE_URL = '' } = study.environment
  const { code, stderr } = await nameting({ DATA_DIR, DATABASE_URL, IDENTITY_DATABASE_URL: identity }, 'verify')
  assert.equal(code, 1)
  assert.match(stderr, /^schema identity: there are no contact data of \d+ participants of schema study\. The two do not belong together/)
})
