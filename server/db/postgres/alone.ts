/** Has a part for one connection, while nobody works in it. */
import type { Client } from 'pg'
import { takeAlone } from './advisory.ts'
import type { Part } from './part.ts'

/** False while any server is at work in the part, idle or not. True: nobody begins to until this connection lets go of it, or ends. */
export async function isTakenAlone(client: Client, part: Part): Promise<boolean> {
  const { rows } = await client.query<{ taken: boolean }>(takeAlone(part))
  return rows[0]?.taken === true
}

/** Servers and commands that have connections to the same database, by the address of their machine as far as this login may see it. */
export async function atWork(client: Client): Promise<{ place: string; connections: number }[]> {
  const { rows } = await client.query<{ place: string; connections: number }>(
    `SELECT coalesce(host(client_addr), 'this machine') AS place, count(*)::int AS connections FROM pg_stat_activity
     WHERE datname = current_database() AND application_name IN ('nameting study', 'nameting identity') GROUP BY 1 ORDER BY 1`,
  )
  return rows
}
