/** Brings one database to the newest schema. Migrations only go forward; a database of a newer version is refused. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type Database from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { migrate as applyMigrations } from 'drizzle-orm/better-sqlite3/migrator'
import { Failure } from '../failure.ts'

interface Journal {
  entries: { when: number; tag: string }[]
}

export function migrate(connection: Database.Database, name: 'identity' | 'study'): void {
  const newest = newestOf(name)
  const applied = lastApplied(connection)
  refuseNewer(connection, applied, newest)
  if (applied >= newest) return
  try {
    applyMigrations(drizzle(connection), { migrationsFolder: folderOf(name) })
  } catch (reason) {
    // Another process that started at the same moment was faster: all is there, and what was begun here is rolled back.
    if (lastApplied(connection) < newest) throw reason
  }
}

/** For a connection that may not write: throws a Failure unless the database has exactly the newest schema. */
export function assertNewest(connection: Database.Database, name: 'identity' | 'study'): void {
  const newest = newestOf(name)
  const applied = lastApplied(connection)
  refuseNewer(connection, applied, newest)
  if (applied < newest)
    throw new Failure(`${connection.name} was made by an older version of Nameting. Start the server once, which brings it up to date.`)
}

const folderOf = (name: string): string => fileURLToPath(new URL(`./migrations/${name}`, import.meta.url))

function newestOf(name: string): number {
  const journal = JSON.parse(readFileSync(`${folderOf(name)}/meta/_journal.json`, 'utf8')) as Journal
  return Math.max(...journal.entries.map(({ when }) => when))
}

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
