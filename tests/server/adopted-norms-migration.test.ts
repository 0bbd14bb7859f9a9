import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import Database from 'better-sqlite3'
import { openStores } from '../../server/db/open.ts'
import { findStudy } from '../../server/queries/studies.ts'
import { temporaryFolder } from '../harness/data-folder.ts'

test('a study of before norms could be adopted has adopted none', async (t) => {
  const folder = temporaryFolder(t)
  const made = openStores(folder)
  await Promise.all([made.study.close(), made.identity.close()])
  // Back to the first migration, with a study that was opened then.
  const old = new Database(join(folder, 'study.sqlite'))
  old.exec('ALTER TABLE studies DROP COLUMN adopted_norms')
  old.exec('DELETE FROM __drizzle_migrations WHERE created_at > (SELECT min(created_at) FROM __drizzle_migrations)')
  old.exec(
    `INSERT INTO studies (id, protocol_id, protocol_version, title, demonstration, organisation, contact, created_at)
     VALUES ('s1', 'own', '1.0.0', 'Own', 0, 'Onderzoeksgroep Voorbeeld', 'onderzoek@voorbeeld.example', '2026-03-01T09:00:00.000Z')`,
  )
  old.close()
  const stores = openStores(folder)
  t.after(async () => void (await Promise.all([stores.study.close(), stores.identity.close()])))
  const study = await findStudy(stores.study.read, 's1')
  assert.deepEqual([study?.title, study?.adoptedNorms], ['Own', []])
})
