/** All bytes that a server keeps, wherever it keeps them: to look there for what may be in none, or has to be in one. */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { databaseOf } from './database.ts'
import { readPostgres } from './postgres-rows.ts'

/** Where they are, as `study.sqlite-wal` or `study.responses.answers`, and what they are. */
export type Kept = readonly [where: string, bytes: Buffer]

/**
 * Every file in a data folder, and on PostgreSQL every value of every row of its database as well: text as UTF-8, bytes as they are. Rows
 * that were deleted are in no answer of PostgreSQL; tests/postgres/erasure.test.ts sees that they go.
 */
export async function keptBytes(dataFolder: string): Promise<Kept[]> {
  const url = await databaseOf(dataFolder)
  return [...filesIn(dataFolder), ...(url === undefined ? [] : valuesIn(url))]
}

/** The parts, `study` and `identity`, of which some bytes hold what is looked for. */
export async function partsWith(dataFolder: string, wanted: string | Buffer): Promise<string[]> {
  const found = (await keptBytes(dataFolder)).filter(([, bytes]) => bytes.includes(wanted))
  return [...new Set(found.map(([where]) => where.replace(/\..*/, '')))].toSorted()
}

/** Every file in a folder and those within it. */
export const filesIn = (folder: string): Kept[] =>
  globSync('**/*', { cwd: folder, withFileTypes: true }).flatMap((one) =>
    one.isFile() ? [[one.name, readFileSync(join(one.parentPath, one.name))] as const] : [],
  )

function valuesIn(url: string): Kept[] {
  const tables = readPostgres<{ part: string; name: string }>(
    url,
    'public',
    "SELECT schemaname AS part, tablename AS name FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')",
  )
  return tables.flatMap(({ part, name }) =>
    readPostgres<Record<string, unknown>>(url, part, `SELECT * FROM "${name}"`).flatMap((row) =>
      Object.entries(row).flatMap(([column, value]) => (value === null ? [] : [[`${part}.${name}.${column}`, bytesOf(value)] as const])),
    ),
  )
}

const bytesOf = (value: unknown): Buffer => Buffer.from(value instanceof Uint8Array ? value : String(value))
