/** Runs Node with these words, such as those of its test runner, on a PostgreSQL server that is there for as long as they run. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import pg from 'pg'
import { prepare } from '../server/db/postgres/prepare.ts'
import { addressOf, template } from '../tests/harness/database.ts'
import { startPostgres } from '../tests/harness/postgres-server.ts'
import { sqliteFunctions } from '../tests/harness/sqlite-functions.ts'
import { inMemory } from './memory-folder.ts'

const environment = inMemory(process.env)
const server = await startPostgres({}, environment.TMPDIR)
const stop = async (): Promise<void> => await server.stop()
try {
  const client = new pg.Client({ connectionString: server.url })
  await client.connect()
  await client.query(`CREATE DATABASE ${template}`)
  await client.end()
  const url = addressOf(template, server.url)
  await prepare({ study: url, identity: url }, ['identity', 'study'])
  await sqliteFunctions(url)
  const child = spawn(process.execPath, process.argv.slice(2), {
    stdio: 'inherit',
    env: { ...environment, TEST_DATABASE: 'postgres', DATABASE_URL: server.url },
  })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal))
  const [code] = (await once(child, 'exit')) as [number | null]
  process.exitCode = code ?? 1
} finally {
  await stop()
}
