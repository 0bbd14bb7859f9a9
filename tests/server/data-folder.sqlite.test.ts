import assert from 'node:assert/strict'
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import Database from 'better-sqlite3'
import { openStores } from '../../server/db/open.ts'
import { Failure } from '../../server/failure.ts'
import { temporaryFolder } from '../harness/data-folder.ts'

test('both databases sync every commit, overwrite what is deleted and hold references', async (t) => {
  const stores = await openStores({ data: temporaryFolder(t) })
  const seen: unknown[] = []
  for (const store of [stores.study, stores.identity]) {
    seen.push(
      await store.withTx(async (tx) => [
        tx.get('PRAGMA synchronous'),
        tx.get('PRAGMA journal_mode'),
        tx.get('PRAGMA secure_delete'),
        tx.get('PRAGMA foreign_keys'),
      ]),
    )
    await store.close()
  }
  const promised = [{ synchronous: 2 }, { journal_mode: 'wal' }, { secure_delete: 1 }, { foreign_keys: 1 }]
  assert.deepEqual(seen, [promised, promised])
})

test('a file that is not a database is left as it is, and the message says so', async (t) => {
  const folder = temporaryFolder(t)
  const path = join(folder, 'study.sqlite')
  writeFileSync(path, 'minutes of a meeting, no database')
  await assert.rejects(
    openStores({ data: folder }),
    (error) => error instanceof Failure && /is not a database/.test(error.message) && error.message.includes(path),
  )
  assert.equal(readFileSync(path, 'utf8'), 'minutes of a meeting, no database')
})

test('a database of a newer version is refused', async (t) => {
  const folder = temporaryFolder(t)
  const stores = await openStores({ data: folder })
  await stores.study.close()
  await stores.identity.close()
  const newer = new Database(join(folder, 'study.sqlite'))
  newer.prepare('INSERT INTO __drizzle_migrations (hash, created_at) VALUES (?, ?)').run('of a later version', Date.now() + 1e12)
  newer.close()
  await assert.rejects(openStores({ data: folder }), /newer version of Nameting/)
})

test('opening twice changes nothing in the schema', async (t) => {
  const folder = temporaryFolder(t)
  const schema = async () => {
    const stores = await openStores({ data: folder })
    const rows = stores.study.read.all('SELECT name, sql FROM sqlite_master ORDER BY name')
    await stores.study.close()
    await stores.identity.close()
    return rows
  }
  const first = await schema()
  assert.ok(first.length > 10)
  assert.deepEqual(await schema(), first)
})

test('only this account can read the databases, also in a folder that others can look into', async (t) => {
  const folder = temporaryFolder(t)
  chmodSync(folder, 0o755)
  const stores = await openStores({ data: folder })
  await stores.study.withTx(async (tx) => void tx.run("INSERT INTO settings VALUES ('a', 'b')"))
  const modes = readdirSync(folder).map((name) => [name, (statSync(join(folder, name)).mode & 0o777).toString(8)])
  await stores.study.close()
  await stores.identity.close()
  assert.ok(modes.some(([name]) => name === 'study.sqlite-wal'))
  assert.deepEqual(
    modes.filter(([, mode]) => mode !== '600'),
    [],
  )
})

test('a data folder that cannot be written is said so', async (t) => {
  const folder = temporaryFolder(t)
  writeFileSync(join(folder, 'file'), '')
  await assert.rejects(openStores({ data: join(folder, 'file', 'data') }), /cannot be written/)
  if (process.getuid?.() !== 0) {
    chmodSync(folder, 0o500)
    await assert.rejects(openStores({ data: folder }), /cannot be written/)
    chmodSync(folder, 0o700)
  }
})

test('where one of the two databases is lost nothing is made in its place, and the message says what to do', async (t) => {
  for (const [lost, left] of [
    ['identity', 'study'],
    ['study', 'identity'],
  ] as const) {
    const folder = temporaryFolder(t)
    const stores = await openStores({ data: folder })
    await stores.study.withTx(async (tx) => void tx.run("INSERT INTO settings VALUES ('a', 'b')"))
    await stores.identity.withTx(
      async (tx) => void tx.run("INSERT INTO people (pseudonym, sealed, key_id, stored_at) VALUES ('p', x'00', 'k', '2026')"),
    )
    await stores.study.close()
    await stores.identity.close()
    rmSync(join(folder, `${lost}.sqlite`))
    await assert.rejects(
      openStores({ data: folder }),
      (error) =>
        error instanceof Failure &&
        error.message.includes(`There is ${join(folder, `${left}.sqlite`)} and no ${join(folder, `${lost}.sqlite`)}`) &&
        /nameting restore/.test(error.message),
    )
    assert.ok(!existsSync(join(folder, `${lost}.sqlite`)))
  }
})

test('a first start that was cut off between the two databases begins anew', async (t) => {
  for (const lost of ['identity', 'study']) {
    const folder = temporaryFolder(t)
    const first = await openStores({ data: folder })
    await first.study.close()
    await first.identity.close()
    rmSync(join(folder, `${lost}.sqlite`))
    const again = await openStores({ data: folder })
    await again.study.close()
    await again.identity.close()
    assert.deepEqual(readdirSync(folder).sort(), ['identity.sqlite', 'study.sqlite'])
  }
})
