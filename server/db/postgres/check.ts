/** Looks through a PostgreSQL database for damage, as far as a login without special rights can see any. */
import type { Client } from 'pg'
import type { Checked } from '../check-databases.ts'
import type { DatabaseUrls } from '../place.ts'
import { assertNewest } from './applied.ts'
import { connect } from './client.ts'
import { cannotOpen } from './failure.ts'
import { type Part, roleOf } from './part.ts'

/** Both parts. Throws a Failure when one is not there or of another version. */
export async function checkDatabases(urls: DatabaseUrls): Promise<Checked[]> {
  return [await check(urls.identity, 'identity'), await check(urls.study, 'study')]
}

async function check(url: string, part: Part): Promise<Checked> {
  let client: Client | undefined
  try {
    client = await connect(url, 'verify')
    await client.query(`SET ROLE ${roleOf[part]}; SET search_path = ${part}`)
    await assertNewest(client, url, part)
    const { rows } = await client.query<{ problem: string }>(problemsOf, [part])
    return { name: `schema ${part}`, problems: rows.map(({ problem }) => problem) }
  } catch (reason) {
    throw cannotOpen(url, reason)
  } finally {
    await client?.end().catch(() => {})
  }
}

/** References and keys are held by PostgreSQL itself, unless somebody switched that off; pages have checksums where the server was made with them. */
const problemsOf = `
  SELECT 'the index ' || c.relname || ' is not whole: REINDEX it' AS problem
    FROM pg_index JOIN pg_class c ON c.oid = indexrelid WHERE c.relnamespace = $1::regnamespace AND NOT (indisvalid AND indisready)
  UNION ALL SELECT 'the rule ' || conname || ' of ' || conrelid::regclass || ' was not looked at for all rows: VALIDATE it'
    FROM pg_constraint WHERE connamespace = $1::regnamespace AND NOT convalidated
  UNION ALL SELECT 'rules of ' || tgrelid::regclass || ' are switched off: ENABLE TRIGGER ALL'
    FROM pg_trigger JOIN pg_class c ON c.oid = tgrelid WHERE c.relnamespace = $1::regnamespace AND tgenabled IN ('D', 'R') GROUP BY tgrelid
  UNION ALL SELECT checksum_failures || ' pages were read that are not as they were written: put back a backup'
    FROM pg_stat_database WHERE datname = current_database() AND checksum_failures > 0`
