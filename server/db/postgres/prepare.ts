/**
 * Makes an empty database ready and an older one new: roles, schemas, migrations. Servers that start together do it one after the other.
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import type { Client, ClientBase } from 'pg'
import { Failure } from '../../failure.ts'
import type { DatabaseUrls } from '../place.ts'
import { namedAddress } from './address.ts'
import { takeStart } from './advisory.ts'
import { connect } from './client.ts'
import pg from './driver.ts'
import { cannotOpen } from './failure.ts'
import { type Part, researchRole, roleOf } from './part.ts'

/** A part and the connection to the database that it is in: one for both where they are at the same address. */
interface Prepared {
  part: Part
  url: string
  client: Client
}

/**
 * All parts or none. Throws a Failure that says what to do when a database is not there, is of a newer version, or may not be written, and
 * one that names the step when it cannot be brought up to date. Where the parts have addresses of their own, only a crash within the
 * milliseconds between the two commits leaves one ahead of the other: then this version goes on with them.
 */
export async function prepare(urls: DatabaseUrls, parts: readonly Part[]): Promise<void> {
  const clients = new Map<string, Client>()
  try {
    const prepared: Prepared[] = []
    for (const part of parts) {
      const url = urls[part]
      const client = clients.get(url) ?? (await naming(url, () => connect(url, 'start')))
      clients.set(url, client)
      prepared.push({ part, url, client })
    }
    // Before anything is changed in any of them.
    for (const { part, url, client } of prepared)
      await naming(url, async () => {
        await refuseReadOnly(client, url)
        await client.query(takeStart(part))
        await makeRoles(client, part)
        refuseNewer(url, await lastApplied(client, part), newestOf(part))
      })
    for (const client of clients.values()) await client.query('BEGIN')
    for (const one of prepared) await naming(one.url, () => bringUpToDate(one))
    for (const [url, client] of clients) await naming(url, () => client.query('COMMIT'))
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

/** As the generator's own library keeps it, which would have to own the database. */
const journal = '__drizzle_migrations'

async function bringUpToDate({ part, url, client }: Prepared): Promise<void> {
  await client.query('SET LOCAL ROLE NONE')
  await makeSchema(client, part)
  await client.query(`SET LOCAL ROLE ${roleOf[part]}; SET LOCAL search_path = ${part}`)
  const applied = await lastApplied(client, part)
  if (applied === newestOf(part)) return
  await client.query(`CREATE TABLE IF NOT EXISTS ${journal} (id serial PRIMARY KEY, hash text NOT NULL, created_at bigint)`)
  for (const { sql, hash, folderMillis } of readMigrationFiles({ migrationsFolder: folderOf(part) })) {
    if (folderMillis <= applied) continue
    try {
      for (const statement of sql) await client.query(statement)
    } catch (cause) {
      const tag = entriesOf(part).find(({ when }) => when === folderMillis)?.tag
      throw new Failure(
        `${namedAddress(url)} (${part}) cannot be brought up to date: step ${tag} failed (${(cause as Error).message}). ` +
          'Nothing was changed in any database: go on with the version of Nameting that you had, and report this.',
      )
    }
    await client.query(`INSERT INTO ${journal} (hash, created_at) VALUES ($1, $2)`, [hash, folderMillis])
  }
}

/** For a connection that may not write: throws a Failure unless the part has exactly the newest schema. */
export async function assertNewest(client: ClientBase, url: string, part: Part): Promise<void> {
  const newest = newestOf(part)
  const applied = await lastApplied(client, part)
  refuseNewer(url, applied, newest)
  if (applied === 0) throw new Failure(`There is no study in ${namedAddress(url)}. Set DATABASE_URL to the database of the server.`)
  if (applied < newest)
    throw new Failure(`${namedAddress(url)} was made by an older version of Nameting. Start the server once, which brings it up to date.`)
}

function refuseNewer(url: string, applied: number, newest: number): void {
  if (applied > newest)
    throw new Failure(
      `${namedAddress(url)} was made by a newer version of Nameting. Install that version or a later one; nothing was changed.`,
    )
}

const folderOf = (part: Part): string => fileURLToPath(new URL(`../migrations-postgres/${part}`, import.meta.url))

const entriesOf = (part: Part): { when: number; tag: string }[] =>
  (JSON.parse(readFileSync(`${folderOf(part)}/meta/_journal.json`, 'utf8')) as { entries: { when: number; tag: string }[] }).entries

const newestOf = (part: Part): number => Math.max(...entriesOf(part).map(({ when }) => when))

async function lastApplied(client: ClientBase, part: Part): Promise<number> {
  const known = await client.query('SELECT to_regclass($1) AS found', [`${part}.${journal}`])
  if (known.rows[0]?.found === null) return 0
  const { rows } = await client.query(`SELECT max(created_at) AS newest FROM ${part}.${journal}`)
  return Number(rows[0]?.newest ?? 0)
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
