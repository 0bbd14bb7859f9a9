import assert from 'node:assert/strict'
import { tmpdir } from 'node:os'
import { type TestContext, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import type { NodePgDatabase } from 'drizzle-orm/node-postgres'
import { openStores, type Store } from '../../server/db/open.ts'
import { checkAccessLog, logAccess } from '../../server/queries/access-log.ts'
import { insertSession } from '../../server/queries/sessions.ts'
import { findSetting, putSetting } from '../../server/queries/settings.ts'
import { accessEntry } from '../../server/workflow/record-access.ts'
import { asAdministrator, ownDatabase } from './own-database.ts'

/** As many servers as are asked for, on one database. */
async function servers(t: TestContext, count: number): Promise<Store[]> {
  const database = await ownDatabase(t)
  const opened = await Promise.all(Array.from({ length: count }, () => openStores({ data: tmpdir(), database })))
  t.after(async () => {
    for (const { study, identity } of opened) await Promise.all([study.close(), identity.close()])
  })
  return opened.map(({ study }) => study)
}

test('what was read is still so when what follows from it is written, on two servers at once', async (t) => {
  const stores = await servers(t, 2)
  const count = 60
  await Promise.all(
    Array.from({ length: count }, (_, index) =>
      (stores[index % 2] as Store).withTx(async (tx) => {
        const before = Number((await findSetting(tx, 'count')) ?? 0)
        await putSetting(tx, 'count', String(before + 1))
      }),
    ),
  )
  assert.equal(await findSetting((stores[0] as Store).read, 'count'), String(count))
})

test('of two who each look whether the other is there, one sees the other', async (t) => {
  const stores = await servers(t, 2)
  for (let round = 0; round < 10; round++) {
    // Neither writes what the other has read: only an order of the two tells that both cannot be right.
    const alone = await Promise.all(
      ['a', 'b'].map((own, index) =>
        (stores[index] as Store).withTx(async (tx) => {
          const other = await findSetting(tx, `${round} ${own === 'a' ? 'b' : 'a'}`)
          await pause(5)
          await putSetting(tx, `${round} ${own}`, 'here')
          return other === undefined
        }),
      ),
    )
    assert.deepEqual(alone.toSorted(), [false, true], `round ${round}`)
  }
})

test('the access log is one chain, whoever adds to it at the same moment', async (t) => {
  const stores = await servers(t, 2)
  const entry = (action: string) => accessEntry('2026-03-02T09:00:00.000Z', { staffId: null, action, outcome: 'allowed' })
  const added = Array.from({ length: 80 }, (_, index) =>
    (stores[index % 2] as Store).withTx(async (tx) => {
      await putSetting(tx, `with ${index % 5}`, String(index))
      await logAccess(tx, entry(`did ${index}`))
      if (index % 8 === 7) throw new Error('undone')
    }),
  )
  assert.equal((await Promise.allSettled(added)).filter(({ status }) => status === 'rejected').length, 10)
  const { read } = stores[0] as Store
  const { rows, broken, cut } = await checkAccessLog(read)
  assert.deepEqual([rows, broken, cut], [70, null, 0])
})

test('rows that are taken from the end of the access log are missed', async (t) => {
  const database = await ownDatabase(t)
  const { study, identity } = await openStores({ data: tmpdir(), database })
  t.after(() => Promise.all([study.close(), identity.close()]))
  for (const action of ['one', 'two', 'three'])
    await study.withTx((tx) => logAccess(tx, accessEntry('2026-03-02T09:00:00.000Z', { staffId: null, action, outcome: 'allowed' })))
  await asAdministrator(database.study, "DELETE FROM study.access_log WHERE action = 'three'")
  assert.equal((await checkAccessLog(study.read)).cut, 1)
})

test('a commit waits for the disk, also where the database was told that it need not; what is stricter stays', async (t) => {
  const database = await ownDatabase(t)
  const name = new URL(database.study).pathname.slice(1)
  for (const [setting, wanted] of [
    ['off', 'on'],
    ['local', 'on'],
    ['remote_apply', 'remote_apply'],
  ]) {
    await asAdministrator(database.study, `ALTER DATABASE ${name} SET synchronous_commit = ${setting}`)
    assert.deepEqual(await asAdministrator(database.study, 'SHOW synchronous_commit'), [{ synchronous_commit: setting }])
    const stores = await openStores({ data: tmpdir(), database })
    try {
      for (const part of [stores.study, stores.identity]) {
        const { rows } = await part.withTx((tx) => (tx as unknown as NodePgDatabase).execute('SHOW synchronous_commit'))
        assert.deepEqual(rows, [{ synchronous_commit: wanted }])
      }
    } finally {
      await Promise.all([stores.study.close(), stores.identity.close()])
    }
  }
})

test('a statement that fails undoes all of its transaction, whether or not the work goes on', async (t) => {
  const [study] = (await servers(t, 1)) as [Store]
  await assert.rejects(
    study.withTx(async (tx) => {
      await putSetting(tx, 'kept', 'x')
      // A session of nobody.
      await insertSession(tx, { tokenHash: 'x', participantId: 'nobody', createdAt: '', expiresAt: '' }).catch(() => {})
    }),
  )
  assert.equal(await findSetting(study.read, 'kept'), undefined)
})

test('when the database throws everybody out, what was under way fails, and the next goes on', async (t) => {
  const database = await ownDatabase(t)
  const { study, identity } = await openStores({ data: tmpdir(), database })
  t.after(() => Promise.all([study.close(), identity.close()]))
  await study.withTx((tx) => putSetting(tx, 'before', 'x'))
  const underWay = study.withTx(async (tx) => {
    await putSetting(tx, 'half', 'x')
    await asAdministrator(
      database.study,
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
    )
    await putSetting(tx, 'half', 'y')
  })
  await assert.rejects(underWay)
  assert.equal(await findSetting(study.read, 'half').catch(() => findSetting(study.read, 'half')), undefined)
  await study.withTx((tx) => putSetting(tx, 'after', 'x'))
  assert.equal(await findSetting(study.read, 'before'), 'x')
})
