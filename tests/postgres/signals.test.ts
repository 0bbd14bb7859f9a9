/** A server is told to stop while it makes a database ready. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { temporaryFolder } from '../harness/data-folder.ts'
import { freePort } from '../harness/free-port.ts'
import { begin, serve } from '../harness/serving.ts'
import { asAdministrator, ownDatabase } from './own-database.ts'

test('SIGTERM in the middle of a migration: it ends at once and well, nothing of it is kept, and the next start makes it', async (t) => {
  const { study: url } = await ownDatabase(t, { isNew: true })
  const environment = {
    DATA_DIR: temporaryFolder(t),
    DATABASE_URL: url,
    BASE_URL: `http://127.0.0.1:${await freePort()}`,
    IDENTITY_KEY: 'ab'.repeat(32),
    SMTP_URL: 'smtp://127.0.0.1:9',
    MAIL_FROM: 'onderzoek@voorbeeld.example',
  }
  // Somebody makes a schema of the same name and has not said yet whether it stays: the migration waits for them.
  const other = new pg.Client({ connectionString: url })
  await other.connect()
  // Where the test fails it goes with the database.
  other.on('error', () => {})
  await other.query('BEGIN; CREATE SCHEMA study')
  const server = await begin(environment)
  t.after(() => server.process.kill('SIGKILL'))
  server.serving.catch(() => {})
  const exit = once(server.process, 'exit')
  const waiting = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE 'CREATE SCHEMA study%'`
  while ((await asAdministrator(url, waiting)).length === 0) {
    assert.equal(server.process.exitCode, null, server.said())
    await wait(20)
  }
  server.process.kill('SIGTERM')
  assert.deepEqual(await exit, [0, null], server.said())
  assert.match(server.said(), /"msg":"stopped before it served"/)
  assert.doesNotMatch(server.said(), /^ +at /m)
  await other.query('ROLLBACK')
  await other.end()

  const made = "SELECT nspname FROM pg_namespace WHERE nspname IN ('identity', 'study')"
  assert.deepEqual(await asAdministrator(url, made), [])
  const next = await serve(environment)
  t.after(() => next.kill())
  assert.equal((await asAdministrator(url, made)).length, 2)
  await next.stop()
  assert.equal(next.process.exitCode, 0)
})
