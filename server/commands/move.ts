/** `nameting move`: from a data folder to PostgreSQL, or back. */
import type { Command } from 'commander'
import { type MovedTable, moveData, type Whereabouts } from '../db/move/move.ts'
import { mistakeInAddress } from '../db/postgres/address.ts'
import { placeOf, readSettings } from '../env.ts'
import { BadCall } from '../failure.ts'

interface Options {
  to: string
  identityTo?: string
  json?: true
}

export const register = (program: Command): void => {
  program
    .command('move')
    .description('Moves all data of the databases from the data folder to PostgreSQL, or back, and proves that nothing differs')
    .requiredOption('--to <where>', 'an empty database, postgres://user:password@host:5432/database, or a new data folder')
    .option('--identity-to <url>', 'the address of the part with who people are, where it has one of its own')
    .option('--json', 'print what was moved as JSON')
    .action(move)
}

async function move({ to, identityTo, json }: Options): Promise<void> {
  const { data, database } = placeOf(readSettings([]))
  const from: Whereabouts = database ?? data
  const target = whereabouts(to, identityTo)
  if ((typeof from === 'string') === (typeof target === 'string'))
    throw new BadCall(
      typeof from === 'string'
        ? 'Without DATABASE_URL data are moved from the data folder: give --to the address of a database, postgres://...'
        : 'With DATABASE_URL data are moved from that database: give --to a new data folder.',
    )
  const onTable = (part: string, table: string) => void process.stderr.write(`\r\x1b[K${part}: ${table}`)
  const moved = await moveData(from, target, process.stderr.isTTY ? onTable : undefined)
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K')
  process.stdout.write(json ? `${JSON.stringify(moved)}\n` : asTable(moved))
}

function whereabouts(to: string, identityTo: string | undefined): Whereabouts {
  if (!/^postgres(ql)?:/.test(to)) return to
  for (const [option, address] of [
    ['--to', to],
    ['--identity-to', identityTo ?? to],
  ] as const) {
    const mistake = mistakeInAddress(address)
    if (mistake !== null) throw new BadCall(`${option} ${mistake}.`)
  }
  return { study: to, identity: identityTo ?? to }
}

function asTable(moved: MovedTable[]): string {
  const widest = Math.max(...moved.map(({ part, table }) => part.length + table.length + 1))
  const lines = moved.map(
    ({ part, table, rows, sha256 }) => `${`${part}.${table}`.padEnd(widest)}  ${String(rows).padStart(9)}  ${sha256.slice(0, 16)}`,
  )
  const total = moved.reduce((sum, { rows }) => sum + rows, 0)
  return [
    ...lines,
    `${moved.length} tables with ${total} rows are the same on both sides. What was moved is still where it was, too.`,
    '',
  ].join('\n')
}
