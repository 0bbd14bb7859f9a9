/** Moves all that a study has recorded from one kind of database to the other, and proves that it is the same. */
import { Failure } from '../../failure.ts'
import type { DatabaseUrls } from '../place.ts'
import type { Part } from '../postgres/part.ts'
import { addRows, asText, nothing } from './checksum.ts'
import { openPostgresSide } from './postgres-side.ts'
import { isOfOneKind, type Side, type Table } from './side.ts'
import { openSqliteSide } from './sqlite-side.ts'

/** A data folder, or the addresses of the two parts in PostgreSQL. */
export type Whereabouts = string | DatabaseUrls

export interface MovedTable {
  part: Part
  table: string
  rows: number
  /** Of both sides alike. */
  sha256: string
}

const parts: Part[] = ['identity', 'study']

/**
 * Moves both parts, all or nothing of each, and none before both are proven to be the same. One of `from` and `to` is a data folder, the other is not.
 * Throws a Failure when the target is not empty, somebody is at work on either, or anything differs.
 */
export async function moveData(from: Whereabouts, to: Whereabouts, onTable?: (part: Part, table: string) => void): Promise<MovedTable[]> {
  const moved: MovedTable[] = []
  const open: Side[] = []
  const targets: Side[] = []
  try {
    for (const part of parts) {
      const source = await openSide(from, part, false)
      open.push(source)
      const target = await openSide(to, part, true)
      open.push(target)
      targets.push(target)
      const tables = (await (source.tables ?? target.tables)?.()) ?? []
      await assertAlike(source, target, tables)
      await assertEmpty(target, tables)
      for (const table of tables) {
        onTable?.(part, table.name)
        moved.push({ part, table: table.name, ...(await moveTable(source, target, table)) })
      }
    }
    for (const target of targets) await target.keep()
    return moved
  } finally {
    for (const side of open.toReversed()) await side.close().catch(() => {})
  }
}

const openSide = async (where: Whereabouts, part: Part, isTarget: boolean): Promise<Side> =>
  typeof where === 'string' ? openSqliteSide(where, part, isTarget) : await openPostgresSide(where[part], part, isTarget)

async function assertAlike(source: Side, target: Side, tables: Table[]): Promise<void> {
  const [here, there] = [await source.shape(), await target.shape()]
  const names = new Set([...here.keys(), ...there.keys()])
  for (const name of names)
    if (here.get(name)?.join() !== there.get(name)?.join() || !tables.some((table) => table.name === name))
      throw new Failure(
        `The table ${name} is not the same in ${source.name} and ${target.name}. Start the server once on each, with this version.`,
      )
}

async function assertEmpty(target: Side, tables: Table[]): Promise<void> {
  for (const table of tables)
    for await (const rows of target.rows(table))
      if (rows.length > 0) throw new Failure(`${target.name} is not empty: ${table.name} has rows. Give a new one; nothing was changed.`)
}

async function moveTable(source: Side, target: Side, table: Table): Promise<Pick<MovedTable, 'rows' | 'sha256'>> {
  let sent = nothing
  for await (const some of source.rows(table)) {
    const rows = some.filter((row) => !isOfOneKind(table, row))
    sent = addRows(sent, rows)
    await target.add(table, rows)
  }
  let arrived = nothing
  for await (const rows of target.rows(table))
    arrived = addRows(
      arrived,
      rows.filter((row) => !isOfOneKind(table, row)),
    )
  if (sent.rows !== arrived.rows || sent.sum !== arrived.sum)
    throw new Failure(
      `${table.name} differs: ${sent.rows} rows with the sha256 ${asText(sent)} in ${source.name}, ${arrived.rows} with ${asText(arrived)} in ${target.name}. Nothing was changed.`,
    )
  if (table.numbered !== null) await target.setHighest(table, await source.highest(table))
  return { rows: sent.rows, sha256: asText(sent) }
}
