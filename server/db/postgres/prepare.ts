/**
 * Makes an empty database ready and an older one new: roles, schemas, migrations. Servers that start together do it one after the other.
 */
import { setTimeout as wait } from 'node:timers/promises'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import type { Client } from 'pg'
import { Failure } from '../../failure.ts'
import type { DatabaseUrls } from '../place.ts'
import { namedAddress } from './address.ts'
import { letGoAlone, takeStart } from './advisory.ts'
import { atWork, isTakenAlone } from './alone.ts'
import { entriesIn, journal, lastApplied, newestIn, refuseNewer, shippedFolder } from './applied.ts'
import { connect } from './client.ts'
import pg from './driver.ts'
import { cannotOpen, codeOf } from './failure.ts'
import { type Part, researchRole, roleOf } from './part.ts'

/** A part and the connection to the database that it is in: one for both where they are at the same address. */
interface Prepared {
  part: Part
  url: string
  client: Client
  /** Where the steps of this version are. */
  folder: string
}

export interface Preparing {
  folderOf?: (part: Part) => string
  /** Milliseconds: how long those who are at work get to be gone, and how long a step waits for a table that somebody has in hand. */
  patience?: { servers: number; table: number }
}

/** A server that was just stopped may take a moment until the database knows. Behind a step that waits, whoever wants the table waits too. */
const usual = { servers: 5_000, table: 10_000 }
/** Milliseconds between two looks whether they are gone. */
const pause = 200

/**
 * All parts or none. Throws a Failure that says what to do when a database is not there, is of a newer version, or may not be written; where
 * there is something to do and servers are at work in it, or somebody has a table in hand; and one that names the step when it fails. Where
 * the parts have addresses of their own, only a crash within the milliseconds between the two commits leaves one ahead of the other: then
 * this version goes on with them.
 */
export async function prepare(
  urls: DatabaseUrls,
  parts: readonly Part[],
  { folderOf = shippedFolder, patience = usual }: Preparing = {},
): Promise<void> {
  const clients = new Map<string, Client>()
  try {
    const prepared: Prepared[] = []
    for (const part of parts) {
      const url = urls[part]
      const client = clients.get(url) ?? (await naming(url, () => connect(url, 'start')))
      clients.set(url, client)
      prepared.push({ part, url, client, folder: folderOf(part) })
    }
    // Before anything is changed in any of them.
    const due: Prepared[] = []
    for (const one of prepared) {
      const { part, url, client, folder } = one
      await naming(url, async () => {
        await refuseReadOnly(client, url)
        await client.query(takeStart(part))
        await makeRoles(client, part)
        const applied = await lastApplied(client, part)
        refuseNewer(url, applied, newestIn(folder))
        if (applied === newestIn(folder)) return
        await refuseServers(one, patience.servers)
        due.push(one)
      })
    }
    const begun = new Map(due.map(({ url, client }) => [url, client]))
    for (const client of begun.values()) await client.query(`BEGIN; SET LOCAL lock_timeout = ${patience.table}`)
    for (const one of due) await naming(one.url, () => bringUpToDate(one))
    for (const [url, client] of begun) await naming(url, () => client.query('COMMIT'))
    for (const { part, client } of due) await client.query(letGoAlone(part))
  } finally {
    // Locks, and what was not committed, go with the connection.
    await Promise.all([...clients.values()].map((client) => client.end().catch(() => {})))
  }
}

async function naming<T>(url: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (reason) {
    throw cannotOpen(url, reason)
  }
}

/** A copy that follows another server would let a start pass, and take no answer. */
async function refuseReadOnly(client: Client, url: string): Promise<void> {
  const { rows } = await client.query<{ standby: boolean; reads: string }>(
    "SELECT pg_is_in_recovery() AS standby, current_setting('transaction_read_only') AS reads",
  )
  const [{ standby, reads } = { standby: false, reads: 'off' }] = rows
  if (standby)
    throw new Failure(
      `${namedAddress(url)} can only be read: it is a standby of another server. Set DATABASE_URL to the one that it follows, or promote it.`,
    )
  if (reads === 'on')
    throw new Failure(
      `${namedAddress(url)} can only be read: default_transaction_read_only is on, for the server, the database or the login. Switch it off.`,
    )
}

/** Those of an older version would go on in what they do not know: they have to be stopped, not waited for. */
async function refuseServers({ part, url, client }: Prepared, patience: number): Promise<void> {
  const until = performance.now() + patience
  while (!(await isTakenAlone(client, part))) {
    if (performance.now() > until) {
      const places = (await atWork(client)).map(({ place, connections }) => `${place}: ${connections} connections`)
      throw new Failure(
        `${namedAddress(url)} (${part}) has to be brought up to date for this version, and servers or commands are still at work in it ` +
          `(${places.join(', ') || 'this login may not see where'}). Stop all of them, then start this one again. Nothing was changed.`,
      )
    }
    await wait(pause)
  }
}

/** What PostgreSQL says when a lock was not to be had in time. */
const lockNotGot = '55P03'

async function bringUpToDate({ part, url, client, folder }: Prepared): Promise<void> {
  await client.query('SET LOCAL ROLE NONE')
  await makeSchema(client, part)
  await client.query(`SET LOCAL ROLE ${roleOf[part]}; SET LOCAL search_path = ${part}`)
  const applied = await lastApplied(client, part)
  await client.query(`CREATE TABLE IF NOT EXISTS ${journal} (id serial PRIMARY KEY, hash text NOT NULL, created_at bigint)`)
  for (const { sql, hash, folderMillis } of readMigrationFiles({ migrationsFolder: folder })) {
    if (folderMillis <= applied) continue
    try {
      for (const statement of sql) await client.query(statement)
    } catch (cause) {
      if (codeOf(cause) === lockNotGot)
        throw new Failure(
          `${namedAddress(url)} (${part}) cannot be brought up to date now: somebody has a table in hand (a backup with pg_dump, an export, a ` +
            'query of a researcher). Wait until they are done, or end them (pg_stat_activity says who), and start again. Nothing was changed in any database.',
        )
      const tag = entriesIn(folder).find(({ when }) => when === folderMillis)?.tag
      throw new Failure(
        `${namedAddress(url)} (${part}) cannot be brought up to date: step ${tag} failed (${(cause as Error).message}). ` +
          'Nothing was changed in any database: go on with the version of Nameting that you had, and report this.',
      )
    }
    await client.query(`INSERT INTO ${journal} (hash, created_at) VALUES ($1, $2)`, [hash, folderMillis])
  }
}

/**
 * Where they are there already, as an administrator made them, the login needs no rights to make any. Roles are of the whole server, not of
 * the database: they are made at once, and do nobody harm.
 */
async function makeRoles(client: Client, part: Part): Promise<void> {
  const { rows } = await client.query<{ missing: string }>(
    'SELECT wanted AS missing FROM unnest($1::text[]) AS wanted WHERE wanted NOT IN (SELECT rolname FROM pg_roles)',
    [part === 'study' ? [roleOf.study, researchRole] : [roleOf.identity]],
  )
  for (const { missing } of rows) await unlessThere(client, `CREATE ROLE ${missing} NOLOGIN`)
  const { rows: own } = await client.query(
    'SELECT pg_has_role(current_user, $1, $2) AS member, to_regnamespace($3) IS NOT NULL AS made, current_user AS login',
    [roleOf[part], 'MEMBER', part],
  )
  const [{ member, made, login }] = own as [{ member: boolean; made: boolean; login: string }]
  if (!member) await unlessThere(client, `GRANT ${roleOf[part]} TO ${pg.escapeIdentifier(login)}`)
  if (part === 'study' && !made) await unlessThere(client, `GRANT ${researchRole} TO ${pg.escapeIdentifier(login)}`)
}

async function makeSchema(client: Client, part: Part): Promise<void> {
  const { rows } = await client.query<{ made: boolean }>('SELECT to_regnamespace($1) IS NOT NULL AS made', [part])
  if (rows[0]?.made) return
  await client.query(`CREATE SCHEMA ${part} AUTHORIZATION ${roleOf[part]}`)
  if (part !== 'study') return
  await client.query(`SET LOCAL ROLE ${roleOf.study}`)
  await client.query(`GRANT USAGE ON SCHEMA study TO ${researchRole}`)
  await client.query(`ALTER DEFAULT PRIVILEGES IN SCHEMA study GRANT SELECT ON TABLES TO ${researchRole}`)
}

/** Roles belong to all databases of a server: a start in another one may have been faster. */
async function unlessThere(client: Client, statement: string): Promise<void> {
  try {
    await client.query(statement)
  } catch (reason) {
    const { code } = reason as { code?: string }
    if (code !== '42710' && code !== '23505' && code !== 'XX000') throw reason
  }
}
