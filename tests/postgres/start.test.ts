import assert from 'node:assert/strict'
import { tmpdir } from 'node:os'
import { test } from 'node:test'
import { openStores } from '../../server/db/open.ts'
import { openStudyReader } from '../../server/db/study-reader.ts'
import { Failure } from '../../server/failure.ts'
import { findSetting, putSetting } from '../../server/queries/settings.ts'
import { asAdministrator, loggedInAs, ownDatabase } from './own-database.ts'

test('servers that start together on an empty database make it ready once', async (t) => {
  const database = await ownDatabase(t, { isNew: true })
  const opened = await Promise.all([1, 2, 3, 4].map(() => openStores({ data: tmpdir(), database })))
  await opened[0]?.study.withTx((tx) => putSetting(tx, 'first', 'x'))
  for (const { study, identity } of opened) {
    assert.equal(await findSetting(study.read, 'first'), 'x')
    await Promise.all([study.close(), identity.close()])
  }
  const migrations = await asAdministrator<{ hash: string }>(database.study, 'SELECT hash FROM study.__drizzle_migrations')
  assert.equal(new Set(migrations.map(({ hash }) => hash)).size, migrations.length, 'each once')
})

test('a database of a newer version is refused, by whoever writes and by whoever reads', async (t) => {
  const database = await ownDatabase(t)
  await asAdministrator(database.study, `INSERT INTO study.__drizzle_migrations (hash, created_at) VALUES ('later', 99999999999999)`)
  for (const open of [openStores, openStudyReader])
    await assert.rejects(
      open({ data: tmpdir(), database }),
      (error) => error instanceof Failure && /newer version of Nameting/.test(error.message),
    )
})

test('a database that is not there, or nobody answers for, is said so without the password', async (t) => {
  const { study: url } = await ownDatabase(t)
  for (const [path, search, said] of [
    ['/nergens', '', /no such database/],
    ['/postgres', '?host=/nergens', /Is it running\?/],
  ] as const) {
    const address = new URL(`${path}${search || new URL(url).search}`, url)
    address.password = 'geheim'
    const database = { study: address.href, identity: address.href }
    await assert.rejects(openStores({ data: tmpdir(), database }), (error) => {
      assert.ok(error instanceof Failure)
      assert.match(error.message, said)
      assert.doesNotMatch(error.message, /geheim/)
      return true
    })
  }
})

test('who works in one part can read nothing of the other, and a researcher nothing but the study', async (t) => {
  const database = await ownDatabase(t, { isNew: true })
  const stores = await openStores({ data: tmpdir(), database })
  t.after(() => Promise.all([stores.study.close(), stores.identity.close()]))
  const denied = { code: '42501' }
  await assert.rejects(async () => await stores.study.read.run('SELECT * FROM identity.people'), denied)
  await assert.rejects(
    stores.study.withTx(async (tx) => void (await tx.run('SELECT * FROM identity.people'))),
    denied,
  )
  await assert.rejects(async () => await stores.identity.read.run('SELECT * FROM study.cases'), denied)

  const reader = await openStudyReader({ data: tmpdir(), database })
  t.after(() => reader.close())
  await assert.rejects(
    reader.atOneMoment(async (db) => void (await db.run('SELECT * FROM identity.people'))),
    denied,
  )
  await assert.rejects(
    reader.atOneMoment(async (db) => void (await db.run("INSERT INTO study.settings VALUES ('a', 'b')"))),
    /read-only/,
  )

  // A login of a researcher: whatever it sets, there is nothing more.
  await asAdministrator(database.study, 'DROP ROLE IF EXISTS onderzoeker')
  await asAdministrator(database.study, 'CREATE ROLE onderzoeker LOGIN IN ROLE nameting_research')
  t.after(() => asAdministrator(database.study, 'DROP ROLE onderzoeker').catch(() => {}))
  const own = loggedInAs(database.study, 'onderzoeker')
  assert.deepEqual(await asAdministrator(own, 'SELECT code FROM study.cases'), [])
  for (const statement of [
    'SELECT * FROM identity.people',
    'SET ROLE nameting_identity; SELECT * FROM identity.people',
    'SET ROLE nameting_study; SELECT 1',
    "SET default_transaction_read_only = off; UPDATE study.cases SET code = 'x'",
  ])
    await assert.rejects(asAdministrator(own, statement), denied, statement)
})

test('a server works with two logins that each have one part, once an administrator has made them', async (t) => {
  const database = await ownDatabase(t, { isNew: true })
  const logins = ['study', 'identity'].map((part) => `only_${part}`)
  for (const login of logins) await asAdministrator(database.study, `DROP ROLE IF EXISTS ${login}`)
  const first = await openStores({ data: tmpdir(), database })
  await Promise.all([first.study.close(), first.identity.close()])
  for (const part of ['study', 'identity'])
    await asAdministrator(
      database.study,
      `CREATE ROLE only_${part} LOGIN IN ROLE nameting_${part}${part === 'study' ? ', nameting_research' : ''}`,
    )
  t.after(async () => {
    for (const login of logins) await asAdministrator(database.study, `DROP ROLE ${login}`).catch(() => {})
  })
  const apart = { study: loggedInAs(database.study, 'only_study'), identity: loggedInAs(database.identity, 'only_identity') }
  const { study, identity } = await openStores({ data: tmpdir(), database: apart })
  t.after(() => Promise.all([study.close(), identity.close()]))
  await study.withTx((tx) => putSetting(tx, 'written', 'x'))
  await assert.rejects(asAdministrator(apart.study, 'SET ROLE nameting_identity'), { code: '42501' })
  await (await openStudyReader({ data: tmpdir(), database: apart })).close()
})
