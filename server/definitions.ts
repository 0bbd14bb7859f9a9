/** Reads the shipped definitions, and over them those of the study's own folder (DEFINITIONS_DIR). */
import { globSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Catalogue, readInstruments } from '../instruments/catalogue.ts'
import type { DefinitionFile, Problem } from '../instruments/definition.ts'
import type { Instrument } from '../instruments/schema.ts'
import { type Norms, readNorms } from '../norms/catalogue.ts'
import { readProtocols } from '../protocols/catalogue.ts'
import type { Protocol } from '../protocols/schema.ts'
import { Failure } from './failure.ts'

export interface Definitions {
  instruments: Catalogue<Instrument>
  norms: Norms
  protocols: Catalogue<Protocol>
}

export const shippedDirectory = fileURLToPath(new URL('..', import.meta.url))
const kinds = ['instruments', 'norms', 'protocols'] as const

/** The files `<kind>/<id>/<version>.json` under each directory, later directories laid over earlier ones. */
export function definitionFiles(kind: (typeof kinds)[number], directories: string[]): DefinitionFile[] {
  const byName = new Map<string, string>()
  for (const directory of directories)
    for (const name of globSync(`${kind}/*/*.json`, { cwd: directory }).sort()) byName.set(name, join(directory, name))
  return [...byName.values()].map((path) => ({ path: relative('.', path), text: readFileSync(path, 'utf8') }))
}

export function readDefinitions(directories: string[]): { definitions: Definitions; problems: Problem[] } {
  const instruments = readInstruments(definitionFiles('instruments', directories))
  const norms = readNorms(definitionFiles('norms', directories))
  const protocols = readProtocols(definitionFiles('protocols', directories))
  return {
    definitions: {
      instruments: instruments.catalogue,
      norms: { tables: norms.tables.catalogue, bandSets: norms.bandSets.catalogue },
      protocols: protocols.catalogue,
    },
    problems: [...instruments.problems, ...norms.problems, ...protocols.problems],
  }
}

/** The definitions, or a Failure that lists what is wrong with them. */
export function loadDefinitions(ownDirectory?: string): Definitions {
  const { definitions, problems } = readDefinitions(ownDirectory ? [shippedDirectory, ownDirectory] : [shippedDirectory])
  if (problems.length > 0)
    throw new Failure(
      `The definitions have mistakes; run \`npx nameting check\`:\n${problems.map(({ file, path, reason }) => `${file} ${path}: ${reason}`).join('\n')}`,
    )
  return definitions
}
