/** kill -9 of whoever brings an older data folder up to date, at random moments. */
import assert from 'node:assert/strict'
import { copyFileSync, existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { checkDatabases } from '../../server/db/check-databases.ts'
import { openStores } from '../../server/db/open.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { killedAfter, killsOf, seen, spawned, untilKilled } from '../harness/kills.ts'
import { fill, olderDatabase } from '../harness/older-database.ts'
import { figure, seeded } from '../harness/seed.ts'

const kills = killsOf('upgrade')
const names = ['identity', 'study'] as const

test(`${kills} times kill -9 of an upgrade: each database is of one version, whole, and the next start goes on by itself`, async (t) => {
  const random = seeded(t)
  const folder = temporaryFolder(t)
  for (const name of names) {
    const old = olderDatabase(fileURLToPath(new URL(`../../server/db/migrations/${name}`, import.meta.url)), 1, join(folder, `${name}.old`))
    fill(old)
    old.close()
  }
  const count = (path: string, table: string) => {
    const database = new Database(path, { readonly: true })
    try {
      return database.prepare(`SELECT count(*) FROM ${table}`).pluck().get()
    } finally {
      database.close()
    }
  }
  let inTheMiddle = 0
  await untilKilled(kills, async (round) => {
    const data = join(folder, `data-${round}`)
    mkdirSync(data)
    for (const name of names) copyFileSync(join(folder, `${name}.old`), join(data, `${name}.sqlite`))
    const child = spawned({ DATA_DIR: data, IDENTITY_KEY: 'ab'.repeat(32) }, 'study', 'list')
    const begun = async () => {
      await seen(child, () => names.some((name) => existsSync(join(data, `${name}.sqlite-wal`))))
      await wait(random() * 60)
    }
    const isKilled = (await killedAfter(child, begun())) === null
    const steps = names.map((name) => Number(count(join(data, `${name}.sqlite`), '__drizzle_migrations')))
    if (isKilled && steps.every((step) => step === 1)) inTheMiddle++
    assert.deepEqual(
      checkDatabases(data).flatMap(({ problems }) => problems),
      [],
    )
    const stores = await openStores({ data })
    await stores.study.close()
    await stores.identity.close()
    assert.equal(count(join(data, 'study.sqlite'), 'cases'), 3)
    assert.equal(count(join(data, 'identity.sqlite'), 'people'), 3)
    assert.deepEqual(
      checkDatabases(data).flatMap(({ problems }) => problems),
      [],
    )
    return isKilled
  })
  figure(t, 'kills of upgrades', kills)
  figure(t, 'kills of upgrades before they were committed', inTheMiddle)
})
