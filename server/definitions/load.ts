/** Reads the shipped definitions, and over them those of the study's own folder (DEFINITIONS_DIR). */
import { createHash } from 'node:crypto'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Catalogue, readInstruments } from '../../instruments/catalogue.ts'
import type { Problem } from '../../instruments/definition.ts'
import type { Identifying } from '../../instruments/identifying.ts'
import type { Instrument } from '../../instruments/schema.ts'
import type { Translated } from '../../instruments/translated.ts'
import { type Norms, readNorms } from '../../norms/catalogue.ts'
import { readProtocols } from '../../protocols/catalogue.ts'
import type { Protocol } from '../../protocols/schema.ts'
import { Failure } from '../failure.ts'
import { readForUse } from './check.ts'
import { readLock } from './checksums.ts'
import { type FoundFile, findFiles, type Kind, kinds } from './files.ts'

export interface Definitions {
  instruments: Catalogue<Instrument>
  norms: Norms
  protocols: Catalogue<Protocol>
  /** What an outsider could know of a family, by instrument (id). */
  identifying: ReadonlyMap<string, Identifying>
  /** The same in further languages. */
  translated: { instruments: Translated<Instrument>; protocols: Translated<Protocol> }
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
    definitions: definitionsOf({ instruments, norms, protocols }),
    problems: [...problems, ...instruments.problems, ...norms.problems, ...protocols.problems],
  }
}

const definitionsOf = ({ instruments, norms, protocols }: ReturnType<typeof readForUse>['read']): Definitions => ({
  instruments: instruments.catalogue,
  norms: { tables: norms.tables.catalogue, bandSets: norms.bandSets.catalogue, priceTables: norms.priceTables.catalogue },
  protocols: protocols.catalogue,
  identifying: new Map(instruments.identifying.map(({ marks }) => [marks.instrument, marks])),
  translated: { instruments: instruments.translated, protocols: protocols.translated },
})

/** Definitions without mistakes that this process has read, by their files. */
const loaded = new Map<string, Definitions>()
/** A server has one set of them, a process that runs many commands a few. */
const mostLoaded = 20

/**
 * The definitions, or a Failure that lists what is wrong with them. Files that were read before are not read again.
 *
 * A study's own folder is checked whole: a version that says something else than the shipped one of that name, or a protocol
 * that names what is not there, would only show in the middle of a study. The shipped ones have had that check in the tests.
 */
export function loadDefinitions(ownDirectory?: string): Definitions {
  if (ownDirectory && !statSync(ownDirectory, { throwIfNoEntry: false })?.isDirectory())
    throw new Failure(
      `There is no folder ${ownDirectory}: DEFINITIONS_DIR names the folder that has instruments/, norms/ and protocols/ in it.`,
    )
  const fingerprint = fingerprintOf(ownDirectory)
  const known = loaded.get(fingerprint)
  if (known) return copyOf(known)

  const { definitions, mistakes } = ownDirectory ? readChecked(ownDirectory) : readShipped()
  if (mistakes.length > 0)
    throw new Failure(
      `The definitions have mistakes; run \`npx nameting check\`:\n${mistakes.map(({ file, path, reason }) => `${file} ${path}: ${reason}`).join('\n')}`,
    )
  // The oldest goes first: a Map keeps the order in which its keys came.
  const [oldest = ''] = loaded.keys()
  if (loaded.size >= mostLoaded) loaded.delete(oldest)
  loaded.set(fingerprint, definitions)
  const { instruments, norms, protocols } = definitions
  for (const catalogue of [instruments, ...Object.values(norms), protocols]) freeze(catalogue.all())
  return copyOf(definitions)
}

function readShipped(): { definitions: Definitions; mistakes: Problem[] } {
  const { definitions, problems } = readDefinitions([shippedDirectory])
  return { definitions, mistakes: problems }
}

function readChecked(ownDirectory: string): { definitions: Definitions; mistakes: Problem[] } {
  const { read, mistakes } = readForUse(shippedDirectory, ownDirectory)
  return { definitions: definitionsOf(read), mistakes: mistakes.filter(({ unpublished }) => !unpublished) }
}

/** Each gets an object of its own, with definitions that are the same. */
const copyOf = ({ norms, ...others }: Definitions): Definitions => ({ ...others, norms: { ...norms } })

/** Whoever changed what others read too would be told so at once. */
function freeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return
  Object.freeze(value)
  for (const inner of Object.values(value)) freeze(inner)
}

/**
 * The same as long as the shipped files are as they were written, and the study's own have the same words and locks in whatever
 * folder they lie. What cannot be read is part of it.
 */
function fingerprintOf(ownDirectory?: string): string {
  const hash = createHash('sha256').update(writtenFiles(shippedDirectory))
  if (ownDirectory)
    for (const kind of kinds) {
      const problems: Problem[] = []
      const files = findFiles(kind, ownDirectory, problems).map(({ name, text }) => [name, text])
      hash.update(JSON.stringify([kind, files, readLock(kind, ownDirectory, problems) ?? null, problems]))
    }
  return hash.digest('base64')
}

/** Which files there are, and which writing of each: their three megabytes need not be read to see that nothing changed. */
const writtenFiles = (directory: string): string =>
  kinds
    .flatMap((kind) => readdirSync(join(directory, kind), { recursive: true }).map((name) => join(kind, String(name))))
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => {
      const { ino, size, mtimeNs } = statSync(join(directory, name), { bigint: true })
      return `${name} ${ino} ${size} ${mtimeNs}`
    })
    .join('\n')
