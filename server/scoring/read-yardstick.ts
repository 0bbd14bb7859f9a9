/** Finds the definitions that answers are scored with, shipped ones by `id@version` and others by file. */
import { Catalogue, readInstruments } from '../../instruments/catalogue.ts'
import { checkElements } from '../../instruments/check-elements.ts'
import { checkScales } from '../../instruments/check-scales.ts'
import { type DefinitionFile, formatReference, type Problem } from '../../instruments/definition.ts'
import { inFiles } from '../../instruments/place.ts'
import type { Instrument } from '../../instruments/schema.ts'
import type { Yardstick } from '../../norms/assess.ts'
import { readNorms } from '../../norms/catalogue.ts'
import { checkEdges } from '../../norms/check.ts'
import { checkStrata } from '../../norms/check-strata.ts'
import type { NormTable } from '../../norms/schema.ts'
import { isForInstrument } from '../../norms/standardise.ts'
import { findFiles } from '../definitions/files.ts'
import { type Definitions, shippedDirectory } from '../definitions/load.ts'
import { Failure } from '../failure.ts'
import { readWhole } from '../whole-file.ts'

/** A name with a slash in it, or that ends in .json, is a file. */
const isFile = (name: string): boolean => /[\\/]|\.json$/i.test(name)

/** Throws a Failure that says which definition is not there, does not fit, or has which mistakes. */
export function readYardstick(definitions: Definitions, ownDirectory: string | undefined, instrument: string, norms: string[]): Yardstick {
  const found = isFile(instrument) ? readInstrument(instrument, ownDirectory) : need(definitions.instruments, 'instrument', instrument)
  const files = readNorms(norms.filter(isFile).map(readDefinition))
  const bandSets = new Catalogue([...definitions.norms.bandSets.all(), ...files.bandSets.catalogue.all()])
  const tables = norms.flatMap((norm) =>
    isFile(norm)
      ? files.tables.catalogue.all().filter((table) => files.tables.files.get(formatReference(table)) === norm)
      : definitions.norms.priceTables.get(norm)
        ? []
        : need(definitions.norms.tables, 'norm table', norm),
  )
  const shippedPrices = norms.flatMap((norm) => definitions.norms.priceTables.get(norm) ?? [])
  refuse([
    ...files.problems,
    ...inFiles(files.tables.catalogue.all(), files.tables.files, checkStrata),
    ...inFiles(files.bandSets.catalogue.all(), files.bandSets.files, checkEdges),
  ])
  const priceTables = norms.flatMap((norm) =>
    isFile(norm) ? files.priceTables.catalogue.all().filter((table) => files.priceTables.files.get(formatReference(table)) === norm) : [],
  )
  for (const table of tables) assertFits(table, found, bandSets)
  assertOnePerScale(tables)
  return { instrument: found, tables, bandSets, priceTables: [...priceTables, ...shippedPrices] }
}

function need<Definition extends { id: string; version: string }>(
  catalogue: Catalogue<Definition>,
  kind: string,
  reference: string,
): Definition {
  const found = catalogue.get(reference)
  if (found) return found
  const known = catalogue.all().map(formatReference)
  throw new Failure(`There is no ${kind} ${reference}; there is: ${known.join(', ') || 'none'}. A file of your own is named by its path.`)
}

/** An instrument in a file may take in parts that are shipped, or that lie in the study's own folder. */
function readInstrument(path: string, ownDirectory: string | undefined): Instrument {
  const directories = ownDirectory === undefined ? [shippedDirectory] : [shippedDirectory, ownDirectory]
  const file = readDefinition(path)
  const parts = directories.flatMap((directory) => findFiles('instruments', directory, [])).filter(isPart)
  const { catalogue, files, problems } = readInstruments([file, ...parts])
  refuse([
    ...problems.filter((problem) => problem.file === path),
    ...inFiles(catalogue.all(), files, (candidate) => [...checkElements(candidate), ...checkScales(candidate)]),
  ])
  const instrument = catalogue.all()[0]
  if (!instrument) throw new Failure(`${path} is not an instrument: its kind is another.`)
  return instrument
}

function isPart({ text }: DefinitionFile): boolean {
  try {
    return JSON.parse(text).kind === 'part'
  } catch {
    return false
  }
}

const readDefinition = (path: string): DefinitionFile => ({
  path,
  text: readWhole(path)
    .toString('utf8')
    .replace(/^\uFEFF/, ''),
})

function refuse(problems: Problem[]): void {
  if (problems.length > 0) throw new Failure(problems.map(({ file, path, reason }) => `${file} ${path}: ${reason}`).join('\n'))
}

function assertFits(table: NormTable, instrument: Instrument, bandSets: Yardstick['bandSets']): void {
  const [norm, reference] = [formatReference(table), formatReference(instrument)]
  if (!isForInstrument(table, instrument))
    throw new Failure(`${norm} is a norm for ${table.instrument} ${table.instrumentVersions}, not for ${reference}.`)
  if (!instrument.scales.some(({ id }) => id === table.scale))
    throw new Failure(
      `${norm} is a norm for the scale ${table.scale}, and ${reference} has: ${instrument.scales.map(({ id }) => id).join(', ') || 'none'}.`,
    )
  if (!bandSets.get(table.bands))
    throw new Failure(
      `${norm} names the bands ${table.bands}, which are not there; there is: ${bandSets.all().map(formatReference).join(', ')}. ` +
        'Name a file with them with one more --norms.',
    )
}

function assertOnePerScale(tables: NormTable[]): void {
  for (const [index, table] of tables.entries()) {
    const other = tables.findIndex(({ scale }) => scale === table.scale)
    if (other !== index)
      throw new Failure(
        `${formatReference(tables[other] as NormTable)} and ${formatReference(table)} are both norms for the scale ${table.scale}: name one.`,
      )
  }
}
