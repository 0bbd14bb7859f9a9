/** Of which version a part is, by the last step that it was brought up to date with. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { ClientBase } from 'pg'
import { Failure } from '../../failure.ts'
import { namedAddress } from './address.ts'
import type { Part } from './part.ts'

/** As the generator's own library keeps it, which would have to own the database. */
export const journal = '__drizzle_migrations'

/** The steps of this version. */
export const shippedFolder = (part: Part): string => fileURLToPath(new URL(`../migrations-postgres/${part}`, import.meta.url))

export const entriesIn = (folder: string): { when: number; tag: string }[] =>
  (JSON.parse(readFileSync(`${folder}/meta/_journal.json`, 'utf8')) as { entries: { when: number; tag: string }[] }).entries

export const newestIn = (folder: string): number => Math.max(...entriesIn(folder).map(({ when }) => when))

/** 0 where there is nothing yet. */
export async function lastApplied(client: Pick<ClientBase, 'query'>, part: Part): Promise<number> {
  const known = await client.query('SELECT to_regclass($1) AS found', [`${part}.${journal}`])
  if (known.rows[0]?.found === null) return 0
  const { rows } = await client.query(`SELECT max(created_at) AS newest FROM ${part}.${journal}`)
  return Number(rows[0]?.newest ?? 0)
}

/** For a connection that may not write: throws a Failure unless the part has exactly the newest schema. */
export async function assertNewest(client: ClientBase, url: string, part: Part): Promise<void> {
  const newest = newestIn(shippedFolder(part))
  const applied = await lastApplied(client, part)
  refuseNewer(url, applied, newest)
  if (applied === 0) throw new Failure(`There is no study in ${namedAddress(url)}. Set DATABASE_URL to the database of the server.`)
  if (applied < newest)
    throw new Failure(`${namedAddress(url)} was made by an older version of Nameting. Start the server once, which brings it up to date.`)
}

export function refuseNewer(url: string, applied: number, newest: number): void {
  if (applied > newest)
    throw new Failure(
      `${namedAddress(url)} was made by a newer version of Nameting. Install that version or a later one; nothing was changed.`,
    )
}
