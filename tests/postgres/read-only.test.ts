/** A PostgreSQL that only reads: a standby, and one that was told so. Nobody begins with it, and who works with it says so. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { chownSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { drizzle } from 'drizzle-orm/node-postgres'
import { openStores, type Store } from '../../server/db/open.ts'
import { openPool } from '../../server/db/postgres/pool.ts'
import { withTx } from '../../server/db/postgres/writer.ts'
import type { Db } from '../../server/db/tx.ts'
import { Failure } from '../../server/failure.ts'
import { examineDatabase } from '../../server/workflow/examine-server.ts'
import { postgresUrl } from '../harness/database.ts'
import { asOwner, postgresPrograms, startPostgres } from '../harness/postgres-server.ts'
import { asAdministrator, ownDatabase } from './own-database.ts'

const refusedAs = (words: RegExp) => (error: unknown) => {
  assert.ok(error instanceof Failure, String(error))
  assert.match(error.message, words)
  return true
}

test('a database that was told to write nothing is refused at the start, and by /readyz of who has it open', async (t) => {
  const database = await ownDatabase(t)
  const place = { data: tmpdir(), database }
  const stores = await openStores(place)
  t.after(() => Promise.all([stores.study.close(), stores.identity.close()]))
  assert.equal((await examineDatabase({ stores, place })).reason, null)
  const name = new URL(database.study).pathname.slice(1)
  await asAdministrator(postgresUrl ?? '', `ALTER DATABASE ${name} SET default_transaction_read_only = on`)
  await assert.rejects(openStores(place), refusedAs(/can only be read: default_transaction_read_only is on/))
  // What it has open goes, and what it opens next is told.
  await asAdministrator(
    postgresUrl ?? '',
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}' AND application_name LIKE 'nameting %'`,
  )
  let { reason } = await examineDatabase({ stores, place })
  for (let left = 20; left > 0 && !/can only be read/.test(reason ?? ''); left--) ({ reason } = await examineDatabase({ stores, place }))
  assert.match(reason ?? '', /^PostgreSQL can only be read: it is a standby, or default_transaction_read_only is on/)
})

test('a standby is refused at the start, and by /readyz of who has it open', async (t) => {
  const { study: url } = await ownDatabase(t)
  const folder = mkdtempSync(join(tmpdir(), 'nameting-standby-'))
  if (process.getuid?.() === 0) chownSync(folder, Number(execFileSync('id', ['-u', 'postgres'])), -1)
  const copy = join(folder, 'data')
  const socket = new URL(postgresUrl ?? '').searchParams.get('host') ?? ''
  const [program, words] = asOwner(join(postgresPrograms() ?? '', 'pg_basebackup'), [
    ...['-h', socket, '-U', 'postgres', '-D', copy, '-X', 'stream', '-c', 'fast', '-R'],
  ])
  execFileSync(program, words, { stdio: 'ignore' })
  const standby = await startPostgres({}, undefined, copy)
  t.after(async () => {
    await standby.stop()
    rmSync(folder, { recursive: true })
  })
  const address = new URL(standby.url)
  address.pathname = new URL(url).pathname
  const place = { data: tmpdir(), database: { study: address.href, identity: address.href } }
  await assert.rejects(openStores(place), refusedAs(/can only be read: it is a standby of another server/))

  // As a server has it whose database was made one while it ran.
  const pools = (['study', 'identity'] as const).map((part) => openPool({ url: address.href, part, most: 1 }))
  t.after(() => Promise.all(pools.map((pool) => pool.end())))
  const [study, identity] = pools.map((pool) => ({
    read: drizzle(pool, { casing: 'snake_case' }) as unknown as Db,
    withTx: (<T>(work: (tx: Db) => Promise<T>) => withTx(pool, work)) as Store['withTx'],
    emptyLog: async () => true,
    path: '',
    assertOwnVersion: async () => {},
    outdated: new AbortController().signal,
    close: async () => {},
  }))
  assert.ok(study && identity)
  assert.match(
    (await examineDatabase({ stores: { study, identity }, place })).reason ?? '',
    /^PostgreSQL can only be read: it is a standby/,
  )
})
