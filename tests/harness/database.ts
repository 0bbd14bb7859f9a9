/**
 * The door through which tests come to a database, whichever it is: SQLite in the data folder, or, where scripts/on-postgres.ts runs them,
 * a PostgreSQL database for each data folder, copied from an empty one.
 */
import { hash } from 'node:crypto'
import { PgDatabase } from 'drizzle-orm/pg-core'
import pg from 'pg'
import { dialect } from '../../server/db/dialect.ts'
import type { DatabasePlace } from '../../server/db/place.ts'
import { readPostgres } from './postgres-rows.ts'

/** Of the PostgreSQL server; undefined where tests run on SQLite. */
export const postgresUrl = process.env.TEST_DATABASE === 'postgres' ? process.env.DATABASE_URL : undefined

/** Made by scripts/on-postgres.ts, with both schemas in it. */
export const template = 'nameting_template'

const made = new Map<string, Promise<string>>()

/** The address of the database that belongs to a data folder; it is made when it is asked for the first time. */
export async function databaseOf(folder: string): Promise<string | undefined> {
  if (postgresUrl === undefined) return undefined
  let url = made.get(folder)
  if (!url) {
    url = make(folder, postgresUrl)
    made.set(folder, url)
  }
  return await url
}

async function make(folder: string, server: string): Promise<string> {
  const name = nameFor(folder)
  await onServer(server, async (client) => {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name])
    if (rowCount === 0) await client.query(`CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY FILE_COPY`)
  })
  return addressOf(name, server)
}

const nameFor = (folder: string): string => `t_${hash('sha256', folder).slice(0, 24)}`

export function addressOf(name: string, server: string): string {
  const url = new URL(server)
  url.pathname = `/${name}`
  return url.href
}

/** Removes the databases of data folders in `folder`. */
export async function removeDatabases(folder: string): Promise<void> {
  const inIt = [...made.keys()].filter((path) => path.startsWith(folder))
  if (inIt.length === 0 || postgresUrl === undefined) return
  await onServer(postgresUrl, async (client) => {
    for (const path of inIt) {
      made.delete(path)
      await client.query(`DROP DATABASE IF EXISTS ${nameFor(path)} WITH (FORCE)`)
    }
  })
}

async function onServer(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}

/** Settings, with the address of the database that belongs to their data folder. */
export async function withDatabase<S extends { DATA_DIR?: string }>(settings: S): Promise<S & { DATABASE_URL?: string }> {
  if (settings.DATA_DIR === undefined || 'DATABASE_URL' in settings) return settings
  const url = await databaseOf(settings.DATA_DIR)
  return url === undefined ? settings : { ...settings, DATABASE_URL: url }
}

/** What the databases of a data folder are opened by. */
export async function databasePlace(folder: string): Promise<DatabasePlace> {
  const url = await databaseOf(folder)
  return { data: folder, ...(url && { database: { study: url, identity: url } }) }
}

// Tests ask in SQL, and at once, as SQLite answers; values are as SQLite has them.
if (dialect === 'postgres')
  Object.assign(PgDatabase.prototype, {
    all(this: { $client: pg.Pool }, query: string) {
      const { connectionString, application_name: name = '' } = this.$client.options as pg.PoolConfig
      return readPostgres(connectionString ?? '', name.replace('nameting ', ''), query)
    },
    get(this: { all(query: string): unknown[] }, query: string) {
      return this.all(query)[0]
    },
    async run(this: { execute(query: string): PromiseLike<unknown> }, query: string) {
      await this.execute(query)
    },
  })
