/** Takes away what was deleted. docs/scale.md says where else it may still be: in archives of the log, and on replicas. */
import type pg from 'pg'
import type { Part } from './part.ts'

/** From which rows are erased at somebody's request. */
const erasedFrom = {
  identity: ['people', 'name_parts'],
  study: ['responses', 'scores', 'drafts', 'entries', 'value_changes', 'value_queries', 'query_notes', 'contact_attempts'],
} as const satisfies Record<Part, string[]>

/**
 * Removes what was deleted from the tables. False when somebody is reading at this moment who began earlier and may still see it: then it
 * has to be done again. Sees those who read with the same login.
 */
export async function forget(pool: pg.Pool, part: Part): Promise<boolean> {
  const client = await pool.connect()
  try {
    const { rows } = await client.query(
      `SELECT count(*) AS earlier FROM pg_stat_activity
       WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_xmin IS NOT NULL
         AND age(backend_xmin) > age(pg_snapshot_xmax(pg_current_snapshot())::xid)`,
    )
    if (rows[0]?.earlier > 0) return false
    await client.query(`VACUUM ${erasedFrom[part].join(', ')}`)
    return true
  } finally {
    client.release()
  }
}
