/** A database that cannot be brought up to date is as it was, in both parts; none is beneath servers that are at work. */
import assert from 'node:assert/strict'
import { tmpdir } from 'node:os'
import { test } from 'node:test'
import pg from 'pg'
import { openStores } from '../../server/db/open.ts'
import { prepare } from '../../server/db/postgres/prepare.ts'
import { Failure } from '../../server/failure.ts'
import { findSetting, putSetting } from '../../server/queries/settings.ts'
import { postgresUrl } from '../harness/database.ts'
import { nextVersion } from '../harness/next-version.ts'
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

const isFailure = (said: RegExp) => (error: unknown) => {
  assert.ok(error instanceof Failure)
  assert.match(error.message, said)
  return true
}

test('a newer version waits a moment for servers that are at work, then refuses; once they have ended, none of them starts again', async (t) => {
  const database = await ownDatabase(t)
  const url = database.study
  const place = { data: tmpdir(), database }
  const folderOf = nextVersion(t, { study: 'CREATE TABLE added (id text PRIMARY KEY)' }, 'migrations-postgres')
  const upgrade = (servers: number) => prepare(database, ['identity', 'study'], { folderOf, patience: { servers, table: 1_000 } })
  const before = await tablesIn(url)
  const [one, other] = [await openStores(place), await openStores(place)]
  await assert.rejects(
    upgrade(0),
    isFailure(/servers or commands are still at work in it \(this machine: \d+ connections\)\. Stop all of them/),
  )
  await Promise.all([one.study.close(), one.identity.close()])
  await assert.rejects(upgrade(0), isFailure(/still at work/))
  assert.deepEqual(await tablesIn(url), before)
  // Who was refused has let go of it: the others go on, and more of the same version may start.
  await other.study.withTx((tx) => putSetting(tx, 'at-work', 'still'))
  const third = await openStores(place)
  await Promise.all([third.study.close(), third.identity.close()])

  const upgraded = upgrade(60_000)
  await Promise.all([other.study.close(), other.identity.close()])
  await upgraded
  assert.deepEqual(await tablesIn(url), [...before, 'study.added'].toSorted())
  await assert.rejects(openStores(place), isFailure(/newer version of Nameting/))
})

test('a step that has to wait for somebody who reads gives up, says why, and is in nobody’s way any more', async (t) => {
  const database = await ownDatabase(t)
  const folderOf = nextVersion(t, { study: 'ALTER TABLE cases ADD COLUMN added text' }, 'migrations-postgres')
  const upgrade = () => prepare(database, ['identity', 'study'], { folderOf, patience: { servers: 0, table: 50 } })
  const reader = new pg.Client({ connectionString: database.study })
  await reader.connect()
  await reader.query('BEGIN; SELECT * FROM study.cases')
  await assert.rejects(upgrade(), isFailure(/somebody has a table in hand.*Nothing was changed in any database/))
  await reader.query('COMMIT')
  await upgrade()
  await reader.end()
})

test('a server that lost its connections while a newer version came writes nothing over new ones', async (t) => {
  const database = await ownDatabase(t)
  const stores = await openStores({ data: tmpdir(), database })
  t.after(() => Promise.all([stores.study.close(), stores.identity.close()]))
  await stores.study.withTx((tx) => putSetting(tx, 'written', 'before'))
  const own = 'datname = current_database() AND pid <> pg_backend_pid()'
  await asAdministrator(database.study, `SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE ${own}`)
  const folderOf = nextVersion(t, { study: 'CREATE TABLE added (id text PRIMARY KEY)' }, 'migrations-postgres')
  await prepare(database, ['identity', 'study'], { folderOf })
  for (const store of [stores.study, stores.identity])
    await assert.rejects(
      store.withTx((tx) => putSetting(tx, 'written', 'after')),
      isFailure(/was brought up to date by a newer version of Nameting while this one was at work/),
    )
  assert.equal(await findSetting(stores.study.read, 'written'), 'before')
  assert.equal(stores.study.outdated.aborted, true)
})
