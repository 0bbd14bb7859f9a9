/**
 * Brings databases to the newest schema. Migrations only go forward; a database of a newer version is refused. Those of a data folder go
 * together: where one fails, all are left as they were, and the version that made them goes on with them.
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type Database from 'better-sqlite3'
import { type MigrationMeta, readMigrationFiles } from 'drizzle-orm/migrator'
import { Failure } from '../failure.ts'
import type { OwnVersion } from './own-version.ts'
import { assertRoom } from './room.ts'

type Name = 'identity' | 'study'

interface Journal {
  entries: { when: number; tag: string }[]
}

/** A connection that may write, and which of the two it is to. */
export interface Migrated {
  connection: Database.Database
  name: Name
}

/** Milliseconds to wait for whoever migrates the same databases at this moment. */
const patience = 60_000

export const migrate = (connection: Database.Database, name: Name): void => migrateTogether([{ connection, name }])

/**
 * All or none, in the order that is given. Throws a Failure that names the step and SQLite's reason. Only a crash or a broken disk within the
 * milliseconds between the two commits leaves one ahead of the other: then this version goes on with them, and the older one refuses.
 */
export function migrateTogether(databases: readonly Migrated[], folderOf: (name: Name) => string = shippedFolder): void {
  const steps = new Map(databases.map(({ name }) => [name, newestOf(folderOf(name))]))
  // Before anything is changed in any of them.
  for (const { connection, name } of databases) refuseNewer(connection, lastApplied(connection), steps.get(name) ?? 0)
  const behind = databases.filter(({ connection, name }) => lastApplied(connection) < (steps.get(name) ?? 0))
  if (behind.length === 0) return
  // New ones are empty, and can be made again.
  const filled = behind.filter(({ connection }) => lastApplied(connection) > 0).map(({ connection }) => connection)
  if (filled.length > 0) assertRoom(filled)
  const begun: Database.Database[] = []
  try {
    for (const { connection, name } of behind) {
      begin(connection)
      begun.push(connection)
      apply(connection, readMigrationFiles({ migrationsFolder: folderOf(name) }), tagsIn(folderOf(name)))
    }
    commitAll(begun)
  } finally {
    for (const connection of begun) {
      if (connection.inTransaction) connection.exec('ROLLBACK')
      connection.pragma('foreign_keys = ON')
    }
  }
}

function commitAll(begun: readonly Database.Database[]): void {
  let ahead: Database.Database | undefined
  for (const connection of begun) {
    try {
      connection.exec('COMMIT')
    } catch (cause) {
      if (!ahead) throw cause
      throw new Failure(
        `${ahead.name} is up to date and ${connection.name} is not (${(cause as Error).message}). Nothing is lost: ` +
          'put right what that says, make room for example, and start this version again. An older one refuses them.',
      )
    }
    ahead = connection
  }
}

/** As SQLite has it: a table that is made anew must not take with it what refers to it, so references are looked at in the end. */
function begin(connection: Database.Database): void {
  connection.pragma('foreign_keys = OFF')
  const own = connection.pragma('busy_timeout', { simple: true })
  connection.pragma(`busy_timeout = ${patience}`)
  connection.exec('BEGIN IMMEDIATE')
  connection.pragma(`busy_timeout = ${own}`)
}

function apply(connection: Database.Database, migrations: MigrationMeta[], tags: Map<number, string>): void {
  connection.exec('CREATE TABLE IF NOT EXISTS __drizzle_migrations (id SERIAL PRIMARY KEY, hash text NOT NULL, created_at numeric)')
  // Read only now: another process that started at the same moment may have been faster.
  const last = lastApplied(connection)
  const note = connection.prepare('INSERT INTO __drizzle_migrations (hash, created_at) VALUES (?, ?)')
  for (const { sql, folderMillis, hash } of migrations) {
    if (folderMillis <= last) continue
    try {
      for (const statement of sql) connection.exec(statement)
    } catch (cause) {
      throw failed(connection, tags.get(folderMillis), (cause as Error).message)
    }
    note.run(hash, folderMillis)
  }
  const lost = connection.pragma('foreign_key_check') as { table: string; parent: string }[]
  const [first] = lost
  if (first)
    throw failed(
      connection,
      undefined,
      `${lost.length} rows would belong to nothing, the first of them in ${first.table} to ${first.parent}`,
    )
}

const failed = ({ name }: Database.Database, tag: string | undefined, why: string): Failure =>
  new Failure(
    `${name} cannot be brought up to date${tag === undefined ? '' : `: step ${tag} failed`} (${why}). ` +
      'Nothing was changed in any database: go on with the version of Nameting that you had, and report this.',
  )

/** The last step of this version: when it was written, in milliseconds since 1970. */
export const newestStep = (name: Name): number => newestOf(shippedFolder(name))

/** For a connection that may not write: throws a Failure unless the database has exactly the newest schema. */
export function assertNewest(connection: Database.Database, name: Name): void {
  const newest = newestOf(shippedFolder(name))
  const applied = lastApplied(connection)
  refuseNewer(connection, applied, newest)
  if (applied < newest)
    throw new Failure(`${connection.name} was made by an older version of Nameting. Start the server once, which brings it up to date.`)
}

/** Returns what looks, at any later moment, whether a newer version has brought the database of this connection up to date: then it throws. */
export function versionCheck(connection: Database.Database, name: Name, own: OwnVersion): () => void {
  // As it is now: the folder of the program may be that of another version by then.
  const newest = newestOf(shippedFolder(name))
  const last = connection.prepare('SELECT max(created_at) FROM __drizzle_migrations').pluck()
  return () => own.check(connection.name, Number(last.get()), newest)
}

const shippedFolder = (name: Name): string => fileURLToPath(new URL(`./migrations/${name}`, import.meta.url))

const journalIn = (folder: string): Journal => JSON.parse(readFileSync(`${folder}/meta/_journal.json`, 'utf8')) as Journal

const newestOf = (folder: string): number => Math.max(...journalIn(folder).entries.map(({ when }) => when))

const tagsIn = (folder: string): Map<number, string> => new Map(journalIn(folder).entries.map(({ when, tag }) => [when, tag]))

function refuseNewer(connection: Database.Database, applied: number, newest: number): void {
  if (applied > newest)
    throw new Failure(
      `${connection.name} was made by a newer version of Nameting. Install that version or a later one; nothing was changed.`,
    )
}

function lastApplied(connection: Database.Database): number {
  const known = connection.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = '__drizzle_migrations'").get()
  if (!known) return 0
  const row = connection.prepare('SELECT max(created_at) AS newest FROM __drizzle_migrations').get() as { newest: number | null }
  return row.newest ?? 0
}
