/** A schema of PostgreSQL as one side of a move, with nobody else writing in it. */
import type { Client } from 'pg'
import { Failure } from '../../failure.ts'
import { namedAddress } from '../postgres/address.ts'
import { atWork, isTakenAlone } from '../postgres/alone.ts'
import { assertNewest } from '../postgres/applied.ts'
import { connect } from '../postgres/client.ts'
import pg from '../postgres/driver.ts'
import { cannotOpen } from '../postgres/failure.ts'
import { type Part, roleOf } from '../postgres/part.ts'
import { prepare } from '../postgres/prepare.ts'
import type { Column, Side, Table, Value } from './side.ts'

const batch = 2_000

/** What is handed out by the counter of a table, unless the study keeps it itself. */
const ownNumbers = (table: string): string => `highest number in ${table}`

/** `isTarget`: made ready when it is empty. Throws a Failure when a server is at work on it. */
export async function openPostgresSide(url: string, part: Part, isTarget: boolean): Promise<Side> {
  if (isTarget) await prepare({ study: url, identity: url }, [part])
  const client = await connect(url, 'move').catch((reason) => {
    throw cannotOpen(url, reason)
  })
  try {
    // One of an earlier version holds no lock, and is seen while it has connections.
    if (!(await isTakenAlone(client, part)) || (await atWork(client)).length > 0) throw servedStill(url)
    await client.query(`SET ROLE ${roleOf[part]}; SET search_path = ${part}`)
    await assertNewest(client, url, part)
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ')
    const { rows } = await client.query<{ name: string }>(
      `SELECT relname AS name FROM pg_class WHERE relnamespace = '${part}'::regnamespace AND relkind = 'r'`,
    )
    await client.query(`LOCK TABLE ${rows.map(({ name }) => pg.escapeIdentifier(name))} IN SHARE ROW EXCLUSIVE MODE NOWAIT`)
  } catch (reason) {
    await client.end().catch(() => {})
    if ((reason as { code?: string }).code === '55P03') throw servedStill(url)
    throw cannotOpen(url, reason)
  }
  const tables = () => tablesOf(client, part)
  return {
    name: `${namedAddress(url)} (${part})`,
    tables,
    async shape() {
      return new Map((await tables()).map(({ name, columns }) => [name, columns.map((column) => column.name)]))
    },
    async *rows({ name, columns }) {
      const names = columns.map((column) => pg.escapeIdentifier(column.name))
      await client.query(`DECLARE moving CURSOR FOR SELECT ${names} FROM ${pg.escapeIdentifier(name)}`)
      for (;;) {
        const { rows } = await client.query({ text: `FETCH ${batch} FROM moving`, rowMode: 'array' })
        if (rows.length > 0) yield rows.map((row: unknown[]) => row.map(asValue))
        if (rows.length < batch) break
      }
      await client.query('CLOSE moving')
    },
    async add({ name, columns }, rows) {
      if (rows.length === 0) return
      const names = columns.map((column) => pg.escapeIdentifier(column.name))
      const lists = columns.map(({ type }, index) => `$${index + 1}::${type}[]`)
      const values = columns.map((column, index) => rows.map((row) => fromValue(column, row[index] ?? null)))
      await client.query(`INSERT INTO ${pg.escapeIdentifier(name)} (${names}) SELECT * FROM unnest(${lists})`, values)
    },
    async highest({ name, numbered }) {
      if (name === 'access_log') {
        const { rows } = await client.query('SELECT value FROM settings WHERE name = $1', [ownNumbers(name)])
        return Number(rows[0]?.value ?? 0)
      }
      const { rows } = await client.query('SELECT pg_sequence_last_value(pg_get_serial_sequence($1, $2)) AS last', [
        `${part}.${name}`,
        numbered,
      ])
      return Number(rows[0]?.last ?? 0)
    },
    async setHighest({ name, numbered }, number) {
      if (number > 0) await client.query('SELECT setval(pg_get_serial_sequence($1, $2), $3)', [`${part}.${name}`, numbered, number])
      if (name === 'access_log' && number > 0)
        await client.query('INSERT INTO settings (name, value) VALUES ($1, $2)', [ownNumbers(name), String(number)])
    },
    async keep() {
      await client.query('COMMIT')
    },
    async close() {
      await client.query('ROLLBACK').catch(() => {})
      await client.end()
    },
  }
}

const servedStill = (url: string): Failure =>
  new Failure(
    `A server is at work on ${namedAddress(url)}. Stop every server, and every other command, while data are moved. Nothing was changed.`,
  )

/** Parents before those that belong to them. */
async function tablesOf(client: Client, part: Part): Promise<Table[]> {
  const { rows } = await client.query<Column & { table: string; numbered: boolean }>(
    `SELECT table_name AS table, column_name AS name, data_type AS type, is_identity = 'YES' AS numbered
     FROM information_schema.columns WHERE table_schema = $1 AND table_name NOT LIKE '\\_\\_%' ORDER BY table_name, column_name COLLATE "C"`,
    [part],
  )
  const { rows: links } = await client.query<{ table: string; parent: string }>(
    `SELECT child.relname AS table, parent.relname AS parent FROM pg_constraint
     JOIN pg_class child ON child.oid = conrelid JOIN pg_class parent ON parent.oid = confrelid
     WHERE contype = 'f' AND connamespace = $1::regnamespace AND conrelid <> confrelid`,
    [part],
  )
  const tables = [...Map.groupBy(rows, ({ table }) => table)].map(([name, columns]) => ({
    name,
    columns: columns.map(({ name: column, type }) => ({ name: column, type })),
    belongsTo: links.filter(({ table }) => table === name).map(({ parent }) => parent),
    numbered: columns.find(({ numbered }) => numbered)?.name ?? null,
  }))
  return inOrder(tables)
}

function inOrder(tables: Table[]): Table[] {
  const ordered: Table[] = []
  while (ordered.length < tables.length) {
    const next = tables.filter(
      (one) => !ordered.includes(one) && one.belongsTo.every((parent) => ordered.some(({ name }) => name === parent)),
    )
    if (next.length === 0) throw new RangeError('tables that belong to each other in a circle cannot be moved')
    ordered.push(...next)
  }
  return ordered
}

const asValue = (value: unknown): Value => (typeof value === 'boolean' ? Number(value) : (value as Value))
const fromValue = ({ type }: Column, value: Value) => (type === 'boolean' && value !== null ? value === 1 : value)
