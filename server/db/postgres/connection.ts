/** One connection, on which statements go one after the other, also those that are asked for at the same moment. */
import { drizzle } from 'drizzle-orm/node-postgres'
import type { PoolClient, QueryResult } from 'pg'
import type { Db } from '../tx.ts'

export class Connection {
  readonly db: Db
  readonly #client: PoolClient
  #last: Promise<unknown> = Promise.resolve()

  constructor(client: PoolClient) {
    this.#client = client
    this.db = drizzle(this as unknown as PoolClient, { casing: 'snake_case' }) as unknown as Db
  }

  query(...asked: [string]): Promise<QueryResult> {
    const next = this.#last.then(() => this.#client.query(...asked))
    this.#last = next.catch(() => {})
    return next
  }
}

/** Each client of a pool has one, so that what is compiled for it is compiled once. */
const known = new WeakMap<PoolClient, Connection>()

export function connectionOf(client: PoolClient): Connection {
  let connection = known.get(client)
  if (!connection) {
    connection = new Connection(client)
    known.set(client, connection)
  }
  return connection
}
