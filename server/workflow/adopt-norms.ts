/** Whether a study can take over norm tables, and which it has when it does. */
import { formatReference, isStandIn } from '../../instruments/definition.ts'
import type { Instrument } from '../../instruments/schema.ts'
import type { NormTable } from '../../norms/schema.ts'
import { applicableNorm, isForInstrument } from '../../norms/standardise.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/tx.ts'
import type { Definitions } from '../definitions/load.ts'
import { normsOfStudy, scheduledLists } from '../definitions/norms-of-study.ts'
import { lastProtocolOf, periodsOfStudy } from '../definitions/protocol-of-study.ts'
import { Failure } from '../failure.ts'
import { answeredInstruments } from '../queries/rescoring.ts'
import { listStudies, type Study } from '../queries/studies.ts'

export interface Adoption {
  /** All that the study has adopted then, latest first. */
  adopted: string[]
  /** What is new of it; empty when the tables are in force already. */
  adopts: string[]
}

/**
 * The study's adopted tables with `references` (`id@version`) in front.
 *
 * Throws a Failure when one of them is unknown, is for no list of the study, is a stand-in that nobody accepted, or when two of
 * them are for the same scale; and when a list that was answered is no longer among the definitions.
 */
export async function adoption(db: Db, definitions: Definitions, study: Study, references: string[]): Promise<Adoption> {
  const protocol = lastProtocolOf(definitions, study)
  const lists = await listsOf(db, definitions, study)
  const named = [...new Set(references)].map((reference) => needTable(definitions, reference))
  for (const [index, table] of named.entries()) {
    assertIsForStudy(table, lists, study)
    assertNoOther(table, named.slice(0, index), lists)
  }
  const before = normsOfStudy(definitions, protocol, study.adoptedNorms)
  if (named.every((table) => isInForce(table, before, lists))) return { adopted: study.adoptedNorms, adopts: [] }
  const front = named.map(formatReference)
  return { adopted: [...new Set([...front, ...study.adoptedNorms])], adopts: front }
}

/** The lists that are scheduled or were answered. */
async function listsOf(db: Db, definitions: Definitions, study: Study): Promise<Instrument[]> {
  const answered = (await answeredInstruments(db, study.id)).map(formatReference)
  const lost = answered.filter((reference) => !definitions.instruments.get(reference))
  if (lost.length > 0)
    throw new Failure(
      `Answered and not among the definitions: ${lost.join(', ')}. Set DEFINITIONS_DIR to the folder that the server uses.`,
      'lost-lists',
      { references: lost },
    )
  return [
    ...new Set([
      ...periodsOfStudy(definitions, study).flatMap(({ protocol }) => scheduledLists(definitions, protocol)),
      ...answered.map((reference) => definitions.instruments.need(reference)),
    ]),
  ]
}

/** Tables that a study has adopted and that are not among the definitions, as `id@version`: its scores are made by older ones. */
export async function missingNorms({ stores, definitions }: Pick<Context, 'stores' | 'definitions'>): Promise<string[]> {
  const adopted = (await listStudies(stores.study.read)).flatMap(({ adoptedNorms }) => adoptedNorms)
  return [...new Set(adopted)].filter((reference) => !definitions.norms.tables.get(reference))
}

function needTable({ norms }: Definitions, reference: string): NormTable {
  const table = norms.tables.get(reference)
  if (table) return table
  throw new Failure(`There is no norm table ${reference}; there is: ${norms.tables.all().map(formatReference).join(', ')}.`, 'no-version')
}

const covered = (table: NormTable, lists: Instrument[]): Instrument[] =>
  lists.filter((list) => isForInstrument(table, list) && list.scales.some(({ id }) => id === table.scale))

const isInForce = (table: NormTable, tables: NormTable[], lists: Instrument[]): boolean =>
  covered(table, lists).every((list) => applicableNorm(tables, list, table.scale) === table)

function assertIsForStudy(table: NormTable, lists: Instrument[], study: Study): void {
  const reference = formatReference(table)
  if (covered(table, lists).length === 0)
    throw new Failure(
      `${reference} is for ${table.scale} of ${table.instrument} ${table.instrumentVersions}; study ${study.id} asks: ${lists.map(formatReference).join(', ')}.`,
      'not-asked',
    )
  if (isStandIn(table) && !study.demonstration && !study.standInsAcceptedBy)
    throw new Failure(`${reference} is a stand-in, and nobody accepted stand-ins in study ${study.id}.`, 'stand-ins')
}

function assertNoOther(table: NormTable, others: NormTable[], lists: Instrument[]): void {
  const other = others.find((one) => one.scale === table.scale && covered(table, lists).some((list) => isForInstrument(one, list)))
  if (other)
    throw new Failure(
      `${formatReference(other)} and ${formatReference(table)} are both norms for the scale ${table.scale}: name one.`,
      'two-norms',
    )
}
