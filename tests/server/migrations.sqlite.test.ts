import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import Database from 'better-sqlite3'
import { openStores } from '../../server/db/open.ts'
import { childrenOf, findCase } from '../../server/queries/cases.ts'
import { findStudy } from '../../server/queries/studies.ts'
import { temporaryFolder } from '../harness/data-folder.ts'

const migrations = new URL('../../server/db/migrations/study/', import.meta.url)

/** A data folder as an older version left it: its study database has only the first `count` migrations. */
function oldDataFolder(t: TestContext, count: number, fill: string): string {
  const folder = temporaryFolder(t)
  const old = new Database(join(folder, 'study.sqlite'))
  old.exec('CREATE TABLE __drizzle_migrations (id INTEGER PRIMARY KEY, hash TEXT NOT NULL, created_at NUMERIC)')
  const { entries } = JSON.parse(readFileSync(new URL('meta/_journal.json', migrations), 'utf8')) as {
    entries: { tag: string; when: number }[]
  }
  for (const { tag, when } of entries.slice(0, count)) {
    old.exec(readFileSync(new URL(`${tag}.sql`, migrations), 'utf8'))
    old.prepare('INSERT INTO __drizzle_migrations (hash, created_at) VALUES (?, ?)').run(tag, when)
  }
  old.exec(fill)
  old.close()
  // Beside it one with nothing in it yet.
  writeFileSync(join(folder, 'identity.sqlite'), '')
  return folder
}

async function open(t: TestContext, folder: string) {
  const stores = await openStores({ data: folder })
  t.after(async () => void (await Promise.all([stores.study.close(), stores.identity.close()])))
  return stores.study.read
}

const study = `INSERT INTO studies (id, protocol_id, protocol_version, title, demonstration, organisation, contact, created_at)
  VALUES ('s1', 'own', '1.0.0', 'Own', 0, 'Onderzoeksgroep Voorbeeld', 'onderzoek@voorbeeld.example', '2026-03-01T09:00:00.000Z');`

test('a study of before norms could be adopted has adopted none', async (t) => {
  const read = await open(t, oldDataFolder(t, 1, study))
  const found = await findStudy(read, 's1')
  assert.deepEqual([found?.title, found?.adoptedNorms, found?.adoptedVersions], ['Own', [], []])
})

test('the child of a case of before there could be several is its index child', async (t) => {
  const insert = (id: string, month: string): string =>
    `INSERT INTO cases (id, study_id, code, arm, cohort, region, child_birth_month, registered_at)
     VALUES ('${id}', 's1', '${id}', 'conference', 'prospective', 'Amsterdam', ${month}, '2026-03-02T09:00:00.000Z');`
  const read = await open(t, oldDataFolder(t, 2, `${study} ${insert('with', "'2016-05'")} ${insert('without', 'NULL')}`))
  assert.deepEqual([await childrenOf(read, 'with'), await childrenOf(read, 'without')], [['2016-05'], []])
  assert.deepEqual([(await findCase(read, 'with'))?.region, (await findCase(read, 'with'))?.indexCaseId], ['Amsterdam', null])
})
