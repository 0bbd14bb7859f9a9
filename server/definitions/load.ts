/** Reads the shipped definitions, and over them those of the study's own folder (DEFINITIONS_DIR). */
import { statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Catalogue, readInstruments } from '../../instruments/catalogue.ts'
import type { Problem } from '../../instruments/definition.ts'
import type { Instrument } from '../../instruments/schema.ts'
import { type Norms, readNorms } from '../../norms/catalogue.ts'
import { readProtocols } from '../../protocols/catalogue.ts'
import type { Protocol } from '../../protocols/schema.ts'
import { Failure } from '../failure.ts'
import { checkDefinitions } from './check.ts'
import { type FoundFile, findFiles, type Kind } from './files.ts'

export interface Definitions {
  instruments: Catalogue<Instrument>
  norms: Norms
  protocols: Catalogue<Protocol>
}

export const shippedDirectory = fileURLToPath(new URL('../..', import.meta.url))

/** Reads `<kind>/<id>/<version>.json` under each directory, later directories laid over earlier ones. */
export function readDefinitions(directories: string[]): { definitions: Definitions; problems: Problem[] } {
  const problems: Problem[] = []
  const files = (kind: Kind): FoundFile[] => {
    const found = directories.flatMap((directory) => findFiles(kind, directory, problems))
    return [...new Map(found.map((file) => [file.name, file])).values()]
  }
  const instruments = readInstruments(files('instruments'))
  const norms = readNorms(files('norms'))
  const protocols = readProtocols(files('protocols'))
  return {
    definitions: {
      instruments: instruments.catalogue,
      norms: { tables: norms.tables.catalogue, bandSets: norms.bandSets.catalogue, priceTables: norms.priceTables.catalogue },
      protocols: protocols.catalogue,
    },
    problems: [...problems, ...instruments.problems, ...norms.problems, ...protocols.problems],
  }
}

/**
 * The definitions, or a Failure that lists what is wrong with them.
 *
 * A study's own folder is checked whole: a version that says something else than the shipped one of that name, or a protocol
 * that names what is not there, would only show in the middle of a study. The shipped ones have had that check in the tests.
 */
export function loadDefinitions(ownDirectory?: string): Definitions {
  if (ownDirectory && !statSync(ownDirectory, { throwIfNoEntry: false })?.isDirectory())
    throw new Failure(
      `There is no folder ${ownDirectory}: DEFINITIONS_DIR names the folder that has instruments/, norms/ and protocols/ in it.`,
    )
  const { definitions, problems } = readDefinitions(ownDirectory ? [shippedDirectory, ownDirectory] : [shippedDirectory])
  const mistakes = ownDirectory
    ? checkDefinitions(shippedDirectory, ownDirectory).errors.filter(({ unpublished }) => !unpublished)
    : problems
  if (mistakes.length > 0)
    throw new Failure(
      `The definitions have mistakes; run \`npx nameting check\`:\n${mistakes.map(({ file, path, reason }) => `${file} ${path}: ${reason}`).join('\n')}`,
    )
  return definitions
}
