/** Against which norm tables a study standardises: those that it adopted since it opened, then those of its protocol. */
import type { Instrument } from '../../instruments/schema.ts'
import type { NormTable, PriceTable } from '../../norms/schema.ts'
import { applicableNorm } from '../../norms/standardise.ts'
import type { Protocol } from '../../protocols/schema.ts'
import type { Definitions } from './load.ts'

/**
 * The tables in order of preference: of two for one scale the first counts.
 *
 * An adopted table that this process does not know is left out: a server that has been up since before the table came into
 * DEFINITIONS_DIR goes on by the older one and says so in the score, and `rescore` makes up for it. No answer is refused for it.
 */
export function normsOfStudy({ norms }: Definitions, protocol: Protocol, adopted: readonly string[]): NormTable[] {
  const added = adopted.flatMap((reference) => norms.tables.get(reference) ?? [])
  return [...added, ...protocol.norms.map((reference) => norms.tables.need(reference))]
}

/** The tables that still say something about a list of the schedule. Without adopted ones, all that the protocol names. */
export function normsInForce(definitions: Definitions, protocol: Protocol, adopted: readonly string[]): NormTable[] {
  const tables = normsOfStudy(definitions, protocol, adopted)
  if (adopted.length === 0) return tables
  const lists = scheduledLists(definitions, protocol)
  return [...new Set(tables)].filter((table) => lists.some((list) => applicableNorm(tables, list, table.scale) === table))
}

/** The price tables by which a study counts costs. */
export const pricesOfStudy = ({ norms }: Definitions, { prices = [] }: Protocol): PriceTable[] =>
  prices.map((reference) => norms.priceTables.need(reference))

/** The instruments of a protocol's schedule, each once. */
export const scheduledLists = ({ instruments }: Pick<Definitions, 'instruments'>, { schedule }: Protocol): Instrument[] =>
  [...new Set(schedule.map(({ instrument }) => instrument))].map((reference) => instruments.need(reference))
