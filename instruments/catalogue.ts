/** Instruments by id and version, made from files that somebody else has read. */
import semver from 'semver'
import type { z } from 'zod'
import { type DefinitionFile, formatReference, type Problem, type Reference } from './definition.ts'
import { resolveUses } from './resolve.ts'
import { type Instrument, instrumentSchema, type Part, partSchema } from './schema.ts'

/** Frozen definitions of one kind. */
export class Catalogue<Definition extends Reference> {
  readonly #byReference: Map<string, Definition>

  constructor(definitions: Definition[]) {
    this.#byReference = new Map(definitions.map((definition) => [formatReference(definition), definition]))
  }

  get(reference: string): Definition | undefined {
    return this.#byReference.get(reference)
  }

  /** The definition, or a RangeError that names what there is. */
  need(reference: string): Definition {
    const found = this.get(reference)
    if (found) return found
    throw new RangeError(`There is no ${reference} in the definitions; there is: ${[...this.#byReference.keys()].join(', ') || 'nothing'}`)
  }

  /** The highest version of an id. */
  latest(id: string): Definition | undefined {
    return this.versions(id).at(-1)
  }

  /** All versions of an id, lowest first. */
  versions(id: string): Definition[] {
    return this.all()
      .filter((definition) => definition.id === id)
      .sort((a, b) => semver.compare(a.version, b.version))
  }

  all(): Definition[] {
    return [...this.#byReference.values()]
  }
}

export interface Read<Definition extends Reference> {
  catalogue: Catalogue<Definition>
  /** Where each definition was read, by reference. */
  files: Map<string, string>
  problems: Problem[]
}

/** Reads instruments. What cannot be read is left out of the catalogue and is in `problems`, with file, path and reason. */
export function readInstruments(files: DefinitionFile[]): Read<Instrument> {
  const problems: Problem[] = []
  const sources = files.flatMap((file) => parseJson(file, problems))
  const parts = sources.filter(({ value }) => kindOf(value) === 'part').flatMap((source) => validate(partSchema, source, problems))
  const read = sources
    .filter(({ value }) => kindOf(value) !== 'part')
    .flatMap((source) =>
      validate(
        instrumentSchema,
        {
          ...source,
          value: withParts(
            source,
            parts.map(({ definition }) => definition),
            problems,
          ),
        },
        problems,
      ),
    )
  return collect(read, problems)
}

/** Parses a file's JSON; a syntax error becomes a problem. */
export function parseJson(file: DefinitionFile, problems: Problem[]): Source[] {
  try {
    return [{ file: file.path, value: JSON.parse(file.text) as unknown }]
  } catch (error) {
    problems.push({ file: file.path, path: '', reason: `this is not valid JSON: ${(error as Error).message}` })
    return []
  }
}

export interface Source {
  file: string
  value: unknown
}

/** Checks a source against a schema; each violation becomes a problem with its path. */
export function validate<Schema extends z.ZodType>(
  schema: Schema,
  { file, value }: Source,
  problems: Problem[],
): { file: string; definition: z.infer<Schema> }[] {
  const parsed = schema.safeParse(value)
  if (parsed.success) return [{ file, definition: parsed.data }]
  for (const issue of parsed.error.issues) problems.push({ file, path: `/${issue.path.join('/')}`, reason: issue.message })
  return []
}

/** Makes the catalogue; a reference that two files claim, or a file in the wrong place, is a problem. */
export function collect<Definition extends Reference>(
  read: { file: string; definition: Definition }[],
  problems: Problem[],
): Read<Definition> {
  const files = new Map<string, string>()
  for (const { file, definition } of read) {
    const reference = formatReference(definition)
    const other = files.get(reference)
    if (other !== undefined) problems.push({ file, path: '/id', reason: `${reference} is also defined in ${other}` })
    files.set(reference, file)
  }
  return { catalogue: new Catalogue(read.map(({ definition }) => definition)), files, problems }
}

export const kindOf = (value: unknown): unknown => (typeof value === 'object' && value !== null && 'kind' in value ? value.kind : undefined)

function withParts({ file, value }: Source, parts: Part[], problems: Problem[]): unknown {
  if (typeof value !== 'object' || value === null || !('uses' in value) || !Array.isArray(value.uses)) return value
  const used = value.uses.flatMap((reference: unknown, index) => {
    const part = parts.find((candidate) => formatReference(candidate) === reference)
    if (!part) problems.push({ file, path: `/uses/${index}`, reason: `there is no part ${String(reference)}` })
    return part ? [part] : []
  })
  const resolved = resolveUses(value, used)
  problems.push(...resolved.problems.map((problem) => ({ file, ...problem })))
  return resolved.value
}
