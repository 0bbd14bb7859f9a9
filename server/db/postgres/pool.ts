/** Connections to PostgreSQL. */
import { PgPreparedQuery } from 'drizzle-orm/pg-core'
import type { Pool, PoolClient } from 'pg'
import { databaseTaken, Failure } from '../../failure.ts'
import { drivenAddress, namedAddress } from './address.ts'
import { takeWork } from './advisory.ts'
import pg from './driver.ts'
import { asAway } from './failure.ts'
import { type Part, type researchRole, roleOf } from './part.ts'

// Drizzle would wrap what the database says in an error with every parameter in its words: answers and addresses of links, for the log.
Object.assign(PgPreparedQuery.prototype, {
  queryWithCache: (_text: string, _values: unknown[], query: () => Promise<unknown>) =>
    query().catch((reason) => Promise.reject(asAway(reason))),
})

export interface Connecting {
  url: string
  part: Part
  as?: (typeof roleOf)[Part] | typeof researchRole
  /** Whether it can only read. */
  reads?: boolean
  /** At most so many connections. */
  most: number
  /** Rejects where the part is of another version by now: asked on each new connection that writes, while its lock keeps it from becoming one. */
  look?: (client: Pick<PoolClient, 'query'>) => Promise<void>
}

/**
 * A pool whose connections are in one schema and have the rights of one role, however much more the login may do.
 * Whoever opens it ends it.
 */
export function openPool({ url, part, as = roleOf[part], reads = false, most, look }: Connecting): Pool {
  const settings = [
    `SET ROLE ${as}`,
    `SET search_path = ${part}`,
    hung,
    ...(reads ? ['SET default_transaction_read_only = on'] : [byIndex, durable]),
  ]
  const pool = new pg.Pool({
    connectionString: drivenAddress(url),
    max: most,
    // One at least is never let go of, so that an idle server is known to be there: see `takeWork`.
    min: reads ? 0 : 1,
    application_name: `nameting ${part}`,
    // So long at most somebody waits for a connection, as for the pen of SQLite; also when the server does not answer at all.
    connectionTimeoutMillis: 60_000,
    keepAlive: true,
    // A server that went without a word is noticed within half a minute.
    keepAliveInitialDelayMillis: 10_000,
    onConnect: async (client) => {
      await client.query(settings.join('; '))
      if (reads) return
      const { rows } = await client.query<{ taken: boolean }>(takeWork(part))
      if (!rows[0]?.taken)
        throw new Failure(
          `The data in ${namedAddress(url)} are being moved or brought up to date. Start again once that is done.`,
          databaseTaken,
        )
      await look?.(client)
    },
  })
  // A connection that breaks while nobody uses it is taken out of the pool; whoever needs one gets another, or hears of it.
  pool.on('error', () => {})
  return pool
}

/** A process that stopped in the middle of a transaction does not keep others waiting for ever. */
const hung = "SET idle_in_transaction_session_timeout = '5min'"

/**
 * What a transaction has read, others may not change before it: going through all of a small table would put it in everybody's way. Where
 * there is no index for what is asked, all is gone through still.
 */
const byIndex = 'SET enable_seqscan = off'

/** What is acknowledged is on disk: that does not hang on how somebody set the server up. */
const durable = `SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') IN ('off', 'local')`
