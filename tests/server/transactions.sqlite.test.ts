/** What the file of SQLite alone does: transactions that arrive together share a commit, and one process writes at a time. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { sql } from 'drizzle-orm'
import { openStores } from '../../server/db/open.ts'
import { findSetting, putSetting } from '../../server/queries/settings.ts'
import { temporaryFolder } from '../harness/data-folder.ts'

test('when the commit itself fails, every unit in it is told so and none is stored', async (t) => {
  const { study } = await openStores({ data: temporaryFolder(t) })
  t.after(() => study.close())
  const units = [1, 2, 3].map((n) =>
    study.withTx(async (tx) => {
      await putSetting(tx, `n${n}`, 'x')
      // A dangling reference that is looked at only when everything is committed.
      if (n === 2) {
        await tx.run(sql`PRAGMA defer_foreign_keys = ON`)
        await tx.run(sql`INSERT INTO links VALUES ('hash', 'nobody', NULL, '', '')`)
      }
    }),
  )
  for (const outcome of await Promise.allSettled(units)) assert.equal(outcome.status, 'rejected')
  for (const n of [1, 2, 3]) assert.equal(await findSetting(study.read, `n${n}`), undefined)
  await study.withTx((tx) => putSetting(tx, 'later', 'x'))
  assert.equal(await findSetting(study.read, 'later'), 'x')
})

test('while another process writes, reading goes on and what is to be written waits its turn', async (t) => {
  const { study } = await openStores({ data: temporaryFolder(t) })
  t.after(() => study.close())
  const other = new Database(study.path)
  t.after(() => other.close())
  other.exec('BEGIN IMMEDIATE')
  let isWritten = false
  const written = study
    .withTx((tx) => putSetting(tx, 'mine', 'x'))
    .then(() => {
      isWritten = true
    })
  // Ten turns of a process that would stand still if the wait were inside SQLite.
  for (let looks = 0; looks < 10; looks++) {
    await pause(10)
    assert.equal(await findSetting(study.read, 'mine'), undefined)
  }
  assert.equal(isWritten, false)
  other.exec("INSERT INTO settings VALUES ('theirs', 'x')")
  other.exec('COMMIT')
  await written
  assert.deepEqual([await findSetting(study.read, 'theirs'), await findSetting(study.read, 'mine')], ['x', 'x'])
})
