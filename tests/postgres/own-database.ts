/** A database of its own for one test, empty or with both schemas in it. */
import { randomBytes } from 'node:crypto'
import type { TestContext } from 'node:test'
import pg from 'pg'
import type { DatabaseUrls } from '../../server/db/place.ts'
import { addressOf, postgresUrl, template } from '../harness/database.ts'

/** Rows of one statement, as the administrator. */
export async function asAdministrator<Row extends object>(url: string, statement: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(statement)).rows as Row[]
  } finally {
    await client.end()
  }
}

/** `isNew`: with nothing in it yet. */
export async function ownDatabase(test: Pick<TestContext, 'after'>, { isNew = false } = {}): Promise<DatabaseUrls> {
  const server = postgresUrl ?? ''
  const name = `own_${randomBytes(8).toString('hex')}`
  await asAdministrator(server, `CREATE DATABASE ${name}${isNew ? '' : ` TEMPLATE ${template}`}`)
  test.after(async () => void (await asAdministrator(server, `DROP DATABASE ${name} WITH (FORCE)`)))
  const url = addressOf(name, server)
  return { study: url, identity: url }
}

/** The same address with another login. */
export function loggedInAs(url: string, login: string): string {
  const own = new URL(url)
  own.username = login
  return own.href
}
