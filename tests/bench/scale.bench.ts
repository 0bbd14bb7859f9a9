/**
 * SQLite with one server beside PostgreSQL with one and with two: scored submissions a second from 16 and from 64 clients, in a study of
 * many cases, while mail is due and the ticker of each server sends it. `npm run bench:scale -- CASES FAMILIES`: so many cases are planned, a
 * tenth of them answered, and the lists of so many families come in; a third number makes other cases of SQLite. All of it, servers, database and load, is on this machine; data are on its disk, and
 * every commit is synced.
 */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { prepare } from '../../server/db/postgres/prepare.ts'
import { addressOf, template } from '../harness/database.ts'
import { startPostgres } from '../harness/postgres-server.ts'
import { asAdministrator } from '../postgres/own-database.ts'
import type { Measured } from './scale-run.ts'

const [cases = '20000', families = '600', inFile = cases] = process.argv.slice(2)
/** Not in memory: the disk is what is measured. */
const onDisk = '/var/tmp'

function measure(servers: string, environment: Record<string, string>, many = cases): Measured[] {
  const script = fileURLToPath(new URL('scale-run.ts', import.meta.url))
  const { stdout, status } = spawnSync(process.execPath, [script, servers, many, families], {
    env: { PATH: process.env.PATH, TMPDIR: onDisk, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 1e8,
  })
  if (status !== 0) throw new Error(`a run ended with ${status}`)
  return JSON.parse(stdout.toString())
}

const print = (name: string, rows: Measured[]): void => {
  for (const { servers, clients, perSecond, median, p99, refused, lost, mails, twice, again } of rows)
    console.log(
      `| ${name}, ${servers} | ${clients} | ${Math.round(perSecond)} | ${median.toFixed(0)} ms | ${p99.toFixed(0)} ms | ${refused} | ${lost} | ${mails} | ${twice} | ${again} |`,
    )
}

console.log(`${cases} cases, ${families} families who answer`)
console.log(
  '| Database, servers | Clients | Submissions a second | Median | 99% within | Refused | Lost | Mails meanwhile | Twice | Begun again |',
)
console.log('|---|---|---|---|---|---|---|---|---|---|')
print('SQLite', measure('1', {}, inFile))
const server = await startPostgres(
  { fsync: 'on', full_page_writes: 'on', shared_buffers: '1GB', max_wal_size: '4GB', max_pred_locks_per_transaction: '256' },
  onDisk,
)
try {
  await asAdministrator(server.url, `CREATE DATABASE ${template}`)
  const url = addressOf(template, server.url)
  await prepare({ study: url, identity: url }, ['identity', 'study'])
  print('PostgreSQL', measure('1,2', { TEST_DATABASE: 'postgres', DATABASE_URL: server.url }))
} finally {
  await server.stop()
}
