/** What takes its time: a server of ours that does nothing, and one of PostgreSQL that says nothing. Both at once, to wait only once. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { openPostgresSide } from '../../server/db/move/postgres-side.ts'
import { openStores } from '../../server/db/open.ts'
import { findSetting, putSetting } from '../../server/queries/settings.ts'
import { namingProcess } from '../harness/command.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { ownDatabase } from './own-database.ts'

/** Milliseconds after which a pool lets go of connections that nobody uses, and a little. */
const idle = 11_000

test('an idle server is at work all the same, and while data are moved none begins', { concurrency: true }, async (t) => {
  const database = await ownDatabase(t)
  const stores = await openStores({ data: tmpdir(), database })
  await findSetting(stores.study.read, 'x')
  await wait(idle)
  const to = join(temporaryFolder(t), 'moved')
  const busy = await namingProcess({ DATA_DIR: join(to, '..', 'data'), DATABASE_URL: database.study }, 'move', '--to', to)
  assert.equal(busy.code, 1)
  assert.match(busy.stderr, /^A server is at work on .*Nothing was changed\.$/m)
  await stores.study.withTx((tx) => putSetting(tx, 'still', 'there'))
  await Promise.all([stores.study.close(), stores.identity.close()])

  const side = await patiently(() => openPostgresSide(database.study, 'study', false))
  await assert.rejects(openStores({ data: tmpdir(), database }), /The data in postgres:.* are being moved/)
  await side.close()
  const after = await openStores({ data: tmpdir(), database })
  assert.equal(await findSetting(after.study.read, 'still'), 'there')
  await Promise.all([after.study.close(), after.identity.close()])
})

test('a PostgreSQL that takes a connection and says nothing is given up, by whoever verifies, moves or starts', {
  concurrency: true,
}, async (t) => {
  const sockets = new Set<Socket>()
  const silent = createServer((socket) => void sockets.add(socket.on('error', () => {}))).listen(0, '127.0.0.1')
  await once(silent, 'listening')
  t.after(() => {
    for (const socket of sockets) socket.destroy()
    silent.close()
  })
  const url = `postgres://app:geheim@127.0.0.1:${(silent.address() as AddressInfo).port}/nm`
  const data = temporaryFolder(t)
  const ran = await Promise.all([
    namingProcess({ DATA_DIR: data, DATABASE_URL: url }, 'verify'),
    namingProcess({ DATA_DIR: data, DATABASE_URL: url }, 'move', '--to', join(data, 'moved')),
    namingProcess({ DATA_DIR: data, DATABASE_URL: url, IDENTITY_KEY: 'ab'.repeat(32) }, 'study', 'list'),
  ])
  for (const { code, stderr } of ran) {
    assert.equal(code, 1)
    assert.match(stderr, /^The database postgres:\/\/127\.0\.0\.1:\d+\/nm cannot be opened: it does not answer\./m)
  }
})

/** PostgreSQL takes a moment to see that whoever had a connection is gone. */
async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (let left = 20; ; left--) {
    try {
      return await work()
    } catch (reason) {
      if (left === 0 || !/at work/.test((reason as Error).message)) throw reason
      await wait(250)
    }
  }
}
