/** A database that cannot be brought up to date is as it was, in both parts. */
import assert from 'node:assert/strict'
import { tmpdir } from 'node:os'
import { test } from 'node:test'
import { openStores } from '../../server/db/open.ts'
import { Failure } from '../../server/failure.ts'
import { postgresUrl } from '../harness/database.ts'
import { asAdministrator, loggedInAs, ownDatabase } from './own-database.ts'

const tablesIn = async (url: string) =>
  (
    await asAdministrator<{ name: string }>(
      url,
      `SELECT nspname || '.' || relname AS name FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace
       WHERE nspname IN ('identity', 'study') AND relkind = 'r' ORDER BY 1`,
    )
  ).map(({ name }) => name)

for (const [what, apart] of [
  ['one login', false],
  ['a login for each part', true],
] as const)
  test(`a step that fails is named, and neither part is changed, with ${what}`, async (t) => {
    const { study: url } = await ownDatabase(t, { isNew: true })
    const stores = await openStores({ data: tmpdir(), database: { study: url, identity: url } })
    await Promise.all([stores.study.close(), stores.identity.close()])
    // As of before the first step; a table that somebody made is in the way of the study.
    await asAdministrator(url, 'DROP SCHEMA study, identity CASCADE')
    await asAdministrator(url, 'CREATE SCHEMA study AUTHORIZATION nameting_study; CREATE SCHEMA identity AUTHORIZATION nameting_identity')
    await asAdministrator(url, 'SET ROLE nameting_study; CREATE TABLE study.cases (id text)')
    if (apart) {
      for (const part of ['study', 'identity']) {
        await asAdministrator(url, `DROP ROLE IF EXISTS upgrade_${part}`)
        await asAdministrator(
          url,
          `CREATE ROLE upgrade_${part} LOGIN IN ROLE nameting_${part}${part === 'study' ? ', nameting_research' : ''}`,
        )
        // When the database is gone: it has them in its privileges.
        t.after(() => asAdministrator(postgresUrl ?? '', `DROP ROLE upgrade_${part}`))
      }
    }
    const database = apart
      ? { study: loggedInAs(url, 'upgrade_study'), identity: loggedInAs(url, 'upgrade_identity') }
      : { study: url, identity: url }
    await assert.rejects(openStores({ data: tmpdir(), database }), (error) => {
      assert.ok(error instanceof Failure)
      assert.match(
        error.message,
        /\(study\) cannot be brought up to date: step 0000_\w+ failed \(.*cases.*already exists\)\. Nothing was changed/,
      )
      return true
    })
    assert.deepEqual(await tablesIn(url), ['study.cases'])
    await asAdministrator(url, 'DROP TABLE study.cases')
    const again = await openStores({ data: tmpdir(), database })
    await Promise.all([again.study.close(), again.identity.close()])
    const made = await tablesIn(url)
    assert.ok(made.includes('study.cases') && made.includes('identity.people'))
  })
