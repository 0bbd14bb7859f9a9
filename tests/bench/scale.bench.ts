/**
 * SQLite with one server beside PostgreSQL with one and with two: scored submissions a second from 16 and from 64 clients, in a study of
 * many cases, while mail is due and the ticker of each server sends it. `npm run bench:scale -- CASES FAMILIES
 * SECONDS`: so many cases are there, copied from so many families that are planned, a tenth of them answered; lists come in for so many
 * seconds a row, 60 unless given, or until there are no more. A fourth number makes other cases of SQLite. All of it, servers, database and
 * load, is on this machine; data are on its disk, and every commit is synced.
 */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { prepare } from '../../server/db/postgres/prepare.ts'
import { addressOf, template } from '../harness/database.ts'
import { startPostgres } from '../harness/postgres-server.ts'
import { asAdministrator } from '../postgres/own-database.ts'
import type { Measured } from './scale-run.ts'

const [cases = '20000', families = '600', seconds = '60', inFile = cases] = process.argv.slice(2)
/** Not in memory: the disk is what is measured. */
const onDisk = '/var/tmp'

function measure(servers: string, environment: Record<string, string>, many = cases): Measured[] {
  const script = fileURLToPath(new URL('scale-run.ts', import.meta.url))
  const { stdout, status } = spawnSync(process.execPath, [script, servers, many, families, seconds], {
    env: { PATH: process.env.PATH, TMPDIR: onDisk, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 1e8,
  })
  if (status !== 0) throw new Error(`a run ended with ${status}`)
  return JSON.parse(stdout.toString())
}

const columns = ['Database, servers', 'Clients', 'Lists', 'In', 'Submissions a second', 'Median', '99% within', 'Refused', 'Lost']
const meanwhile = ['Mails meanwhile', 'Twice', 'Begun again', 'Passes of the ticker', 'One of them', 'One with nothing to do']

const print = (name: string, rows: Measured[]): void => {
  for (const { servers, clients, lists, took, perSecond, median, p99, refused, lost, ...row } of rows) {
    const load = [`${name}, ${servers}`, clients, lists, `${took.toFixed(0)} s`, Math.round(perSecond)]
    const answers = [`${median.toFixed(0)} ms`, `${p99.toFixed(0)} ms`, refused, lost, row.mails, row.twice, row.again]
    const ticker = [row.passes, row.passes === 0 ? '' : `${row.pass.toFixed(2)} s`, `${row.quietPass.toFixed(2)} s`]
    console.log(`| ${[...load, ...answers, ...ticker].join(' | ')} |`)
  }
}

/** Beside the usual ones of PostgreSQL 15. */
const settings = { fsync: 'on', full_page_writes: 'on', shared_buffers: '1GB', max_wal_size: '4GB', max_pred_locks_per_transaction: '256' }

console.log(`${cases} cases, ${families} families who answer, ${seconds} seconds a row`)
console.log(
  `PostgreSQL with ${Object.entries(settings)
    .map(([setting, value]) => `${setting}=${value}`)
    .join(', ')}`,
)
console.log(`| ${[...columns, ...meanwhile].join(' | ')} |`)
console.log(`|${'---|'.repeat(columns.length + meanwhile.length)}`)
print('SQLite', measure('1', {}, inFile))
const server = await startPostgres(settings, onDisk)
try {
  await asAdministrator(server.url, `CREATE DATABASE ${template}`)
  const url = addressOf(template, server.url)
  await prepare({ study: url, identity: url }, ['identity', 'study'])
  print('PostgreSQL', measure('1,2', { TEST_DATABASE: 'postgres', DATABASE_URL: server.url }))
} finally {
  await server.stop()
}
