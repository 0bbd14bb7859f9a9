/**
 * Makes an empty database ready and an older one new: roles, schemas, migrations. Servers that start together do it one after the other.
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import type { Client, ClientBase } from 'pg'
import { Failure } from '../../failure.ts'
import type { DatabaseUrls } from '../place.ts'
import pg from './driver.ts'
import { cannotOpen, namedAddress } from './failure.ts'
import { type Part, researchRole, roleOf } from './part.ts'

/** Any number, as long as it is always the same. */
const lock = 7_310_226_417

/** Throws a Failure that says what to do when the database is not there, is of a newer version, or may not be written. */
export async function prepare(urls: DatabaseUrls, parts: readonly Part[]): Promise<void> {
  for (const part of parts) await prepareOne(urls[part], part)
}

async function prepareOne(url: string, part: Part): Promise<void> {
  const client = new pg.Client({ connectionString: url, application_name: 'nameting start', connectionTimeoutMillis: 10_000 })
  try {
    await client.connect()
    await client.query(`SELECT pg_advisory_lock(${lock})`)
    await makeRoles(client, part)
    await client.query(`SET ROLE ${roleOf[part]}; SET search_path = ${part}`)
    const newest = newestOf(part)
    const applied = await lastApplied(client, part)
    refuseNewer(url, applied, newest)
    if (applied < newest) await migrate(client, part, applied)
  } catch (reason) {
    throw cannotOpen(url, reason)
  } finally {
    // The lock goes with the connection.
    await client.end().catch(() => {})
  }
}

/** As the generator's own library keeps it, which would have to own the database. */
const journal = '__drizzle_migrations'

/** Applies what is newer than `applied`, all or nothing. */
async function migrate(client: Client, part: Part, applied: number): Promise<void> {
  await client.query('BEGIN')
  try {
    await client.query(`CREATE TABLE IF NOT EXISTS ${journal} (id serial PRIMARY KEY, hash text NOT NULL, created_at bigint)`)
    for (const { sql, hash, folderMillis } of readMigrationFiles({ migrationsFolder: folderOf(part) })) {
      if (folderMillis <= applied) continue
      for (const statement of sql) await client.query(statement)
      await client.query(`INSERT INTO ${journal} (hash, created_at) VALUES ($1, $2)`, [hash, folderMillis])
    }
    await client.query('COMMIT')
  } catch (reason) {
    await client.query('ROLLBACK').catch(() => {})
    throw reason
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

function newestOf(part: Part): number {
  const { entries } = JSON.parse(readFileSync(`${folderOf(part)}/meta/_journal.json`, 'utf8')) as { entries: { when: number }[] }
  return Math.max(...entries.map(({ when }) => when))
}

async function lastApplied(client: ClientBase, part: Part): Promise<number> {
  const known = await client.query('SELECT to_regclass($1) AS found', [`${part}.${journal}`])
  if (known.rows[0]?.found === null) return 0
  const { rows } = await client.query(`SELECT max(created_at) AS newest FROM ${part}.${journal}`)
  return Number(rows[0]?.newest ?? 0)
}

/** Where they are there already, as an administrator made them, the login needs no rights to make any. */
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
  if (made) return
  await client.query(`CREATE SCHEMA ${part} AUTHORIZATION ${roleOf[part]}`)
  if (part !== 'study') return
  await unlessThere(client, `GRANT ${researchRole} TO ${pg.escapeIdentifier(login)}`)
  await client.query(`SET ROLE ${roleOf.study}`)
  await client.query(`GRANT USAGE ON SCHEMA study TO ${researchRole}`)
  await client.query(`ALTER DEFAULT PRIVILEGES IN SCHEMA study GRANT SELECT ON TABLES TO ${researchRole}`)
  await client.query('RESET ROLE')
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
