/** Bytes of answers that were erased, while somebody has the file of SQLite open. tests/postgres/erasure.test.ts has the like of it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import Database from 'better-sqlite3'
import { emptyLogOfErased } from '../../server/workflow/forget-erased.ts'
import { giveConsent } from '../../server/workflow/give-consent.ts'
import { withdrawAndErase } from '../../server/workflow/stop-participant.ts'
import { answersTo, family } from '../harness/family.ts'
import { keptBytes } from '../harness/kept-bytes.ts'
import { startStudyServer } from '../harness/study-server.ts'

const canary = 'Kanariegeel-zzyzx'

test('while another process reads the database the bytes wait, and go at the next tick', async (t) => {
  const server = await startStudyServer(t)
  await server.register(family('A-001'))
  const [parent = { id: '' }] = server.rows<{ id: string }>("SELECT id FROM participants WHERE role = 'parent'")
  await giveConsent(server.context, parent, { research: true, 'contact-later': false }, 'nl')
  const nosik = server.context.definitions.instruments.need('nosik@0.1.0-standin')
  await server.submit({ code: 'A-001', instrument: 'nosik' }, answersTo(nosik))
  await server.context.stores.study.withTx(async (tx) => void tx.run(`UPDATE responses SET answers = '{"told":"${canary}"}'`))
  const filesWith = async () => (await keptBytes(server.context.place.data)).filter(([, bytes]) => bytes.includes(canary))
  const reader = new Database(server.context.stores.study.path, { readonly: true })
  reader.exec('BEGIN')
  reader.prepare('SELECT count(*) FROM responses').get()
  await withdrawAndErase(server.context, parent)
  assert.notDeepEqual(await filesWith(), [])
  reader.exec('COMMIT')
  reader.close()
  await emptyLogOfErased(server.context)
  assert.deepEqual(await filesWith(), [])
})
