/**
 * Makes many cases out of those that are there, in minutes where planning them would take hours: rows are copied within the database, and
 * indexes are made anew when all are in. Nobody else may have it open. What comes out is a database as if all had been registered, with as
 * large a part of them answered as of the first ones.
 */
import { join } from 'node:path'
import Database from 'better-sqlite3'
import pg from 'pg'
import type { DatabasePlace } from '../../server/db/place.ts'

/** Tables of a case, and which of their columns name something that is its own; numbers are given anew. */
const own: Record<string, string[]> = {
  cases: ['id', 'code'],
  participants: ['id', 'case_id', 'mailbox_key'],
  consents: ['participant_id'],
  anchors: ['case_id'],
  children: ['case_id'],
  assignments: ['id', 'case_id', 'participant_id'],
  messages: ['id', 'case_id', 'participant_id', 'message_id', 'mail_id'],
  responses: ['id', 'assignment_id', 'submission_id'],
  scores: ['response_id'],
}
const numbered = ['consents', 'scores']

/** No mail of a copy is ever due. */
const never = '2999-01-01T00:00:00.000Z'

/** So many of each case, beside itself. */
export async function copyCases({ data, database }: DatabasePlace, copies: number): Promise<void> {
  if (copies < 1) return
  if (database) await inPostgres(database.study, copies)
  else inFile(join(data, 'study.sqlite'), copies)
}

/** The columns, and what is put into them: `row` is a row that is there, `copy` the number of the copy. */
function selected(table: string, columns: string[]): { names: string[]; values: string[] } {
  const names = columns.filter((name) => !(name === 'id' && numbered.includes(table)))
  const values = names.map((name) =>
    table === 'messages' && name === 'next_at'
      ? `'${never}'`
      : own[table]?.includes(name)
        ? `row."${name}" || '-' || copy`
        : `row."${name}"`,
  )
  return { names: names.map((name) => `"${name}"`), values }
}

function inFile(path: string, copies: number): void {
  const database = new Database(path)
  for (const pragma of ['journal_mode = OFF', 'synchronous = OFF', 'foreign_keys = OFF', 'cache_size = -500000', 'temp_store = MEMORY'])
    database.pragma(pragma)
  const tables = Object.keys(own).map((table) => `'${table}'`)
  const indexes = database
    .prepare(`SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN (${tables})`)
    .all() as { name: string; sql: string }[]
  for (const { name } of indexes) database.exec(`DROP INDEX "${name}"`)
  for (const table of Object.keys(own)) {
    const columns = database.prepare('SELECT name FROM pragma_table_info(?)').pluck().all(table) as string[]
    const { names, values } = selected(table, columns)
    database.exec(`CREATE TEMP TABLE row_of AS SELECT * FROM "${table}" ORDER BY 1`)
    database.exec(
      `INSERT INTO "${table}" (${names}) WITH RECURSIVE n(copy) AS (SELECT 1 UNION ALL SELECT copy + 1 FROM n WHERE copy < ${copies})
       SELECT ${values} FROM row_of AS row CROSS JOIN n`,
    )
    database.exec('DROP TABLE row_of')
  }
  for (const { sql } of indexes) database.exec(sql)
  database.exec('ANALYZE')
  database.pragma('journal_mode = WAL')
  database.close()
}

/** As the administrator, whose address it is: references of copies hold because those of the originals do, and are not looked up. */
async function inPostgres(url: string, copies: number): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(
      "SET search_path = study; SET session_replication_role = replica; SET synchronous_commit = off; SET maintenance_work_mem = '512MB'",
    )
    const { rows: indexes } = await client.query<{ name: string; sql: string }>(
      `SELECT indexname AS name, indexdef AS sql FROM pg_indexes WHERE schemaname = 'study' AND tablename = ANY ($1)
       AND indexname NOT IN (SELECT conname FROM pg_constraint)`,
      [Object.keys(own)],
    )
    for (const { name } of indexes) await client.query(`DROP INDEX "${name}"`)
    for (const table of Object.keys(own)) {
      const { rows } = await client.query<{ name: string }>(
        "SELECT column_name AS name FROM information_schema.columns WHERE table_schema = 'study' AND table_name = $1 ORDER BY ordinal_position",
        [table],
      )
      const { names, values } = selected(
        table,
        rows.map(({ name }) => name),
      )
      await client.query(
        `INSERT INTO "${table}" (${names}) SELECT ${values}
         FROM (SELECT * FROM "${table}" ORDER BY 1) AS row CROSS JOIN LATERAL generate_series(1, ${copies} + 0 * length(row::text)) AS copy`,
      )
    }
    for (const { sql } of indexes) await client.query(sql)
    await client.query('VACUUM (ANALYZE)')
    await client.query('CHECKPOINT')
  } finally {
    await client.end()
  }
}
