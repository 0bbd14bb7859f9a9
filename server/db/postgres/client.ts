/** One connection by itself, for whoever works alone for a while: a start, a move, a check. */
import type { Client } from 'pg'
import { drivenAddress } from './address.ts'
import pg from './driver.ts'

/** Milliseconds for a server to take a connection and say so. */
const patience = 10_000

/** Whoever opens it ends it. `purpose`: what is seen of it in the database. */
export async function connect(url: string, purpose: 'start' | 'move' | 'verify'): Promise<Client> {
  const client = new pg.Client({
    connectionString: drivenAddress(url),
    application_name: `nameting ${purpose}`,
    connectionTimeoutMillis: patience,
  })
  // One that breaks says so to whoever asks the next thing.
  client.on('error', () => {})
  await client.connect()
  return client
}
