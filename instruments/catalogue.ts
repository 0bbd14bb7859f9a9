/** Instruments by id and version, made from files that somebody else has read. */
import semver from 'semver'
import type { z } from 'zod'
import { type DefinitionFile, formatReference, type Problem, type Reference } from './definition.ts'
import { type Identifying, identifyingSchema, isIdentifyingFile } from './identifying.ts'
import { describeIssue } from './issue.ts'
import { pointer } from './json.ts'
import { parseFile } from './json-file.ts'
import { type Resolved, resolveUses } from './resolve.ts'
import { safeParse } from './safe-parse.ts'
import { type Instrument, instrumentSchema, type Part, partSchema } from './schema.ts'
import { partsOf, Translated, type Untranslated } from './translated.ts'
import { type Translation, translationSchema } from './translation.ts'

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

/** Definitions, and beside them the parts that they were made with. */
export interface ReadWithParts<Definition extends Reference> extends Read<Definition> {
  parts: Read<Part>
  /** The pieces that each definition takes in, as `id@version/name`, by the definition's file. */
  pieces: Map<string, Set<string>>
  translations: TranslationFile[]
  /** The definitions in the languages of those translations. */
  translated: Translated<Definition>
}

/** A translation, and what it is of as it was read; undefined when there is no such definition. */
export interface TranslationFile {
  file: string
  translation: Translation
  source: unknown
}

export interface ReadInstruments extends ReadWithParts<Instrument> {
  /** Which of their questions an outsider could know the answers to. */
  identifying: { file: string; marks: Identifying }[]
}

/** Reads instruments. What cannot be read is left out of the catalogue and is in `problems`, with file, path and reason. */
export function readInstruments(files: DefinitionFile[]): ReadInstruments {
  const { marks = [], definitions = [] } = Object.groupBy(files, ({ path }) => (isIdentifyingFile(path) ? 'marks' : 'definitions'))
  const read = readWithParts(definitions, 'instrument', instrumentSchema)
  const found = readSources(marks, ['identifying'], read.problems).identifying.flatMap((source) =>
    validate(identifyingSchema, source, read.problems),
  )
  return { ...read, identifying: found.map(({ file, definition }) => ({ file, marks: definition })) }
}

/** Reads definitions of one kind, and takes into each the pieces of the parts that lie in the same folder. */
export function readWithParts<Definition extends Reference>(
  files: DefinitionFile[],
  kind: string,
  schema: z.ZodType<Definition>,
): ReadWithParts<Definition> {
  const problems: Problem[] = []
  const sources = readSources(files, [kind, 'part', 'translation'], problems)
  const parts = collect(
    (sources.part ?? []).flatMap((source) => validate(partSchema, source, problems)),
    problems,
  )
  const translations = (sources.translation ?? []).flatMap((source) => validate(translationSchema, source, problems))
  const pieces = new Map<string, Set<string>>()
  const untranslated = new Map<string, Untranslated>()
  const read = (sources[kind] ?? []).flatMap((source) => {
    const resolved = withParts(source, parts.catalogue)
    pieces.set(source.file, resolved.pieces)
    const found: Problem[] = []
    const valid = validate(schema, { ...source, value: resolved.value }, found)
    // Where a piece is missing, the schema finds nothing there either: one mistake is told once.
    const own = found.filter(
      ({ path }) => !resolved.problems.some((problem) => path === problem.path || path.startsWith(`${problem.path}/`)),
    )
    problems.push(...resolved.problems, ...own)
    if (resolved.problems.length > 0) return []
    for (const { definition } of valid)
      untranslated.set(formatReference(definition), { value: source.value, parts: partsOf(source.value, parts.catalogue) })
    return valid
  })
  const sourceOf = (reference: string): unknown => untranslated.get(reference)?.value ?? parts.catalogue.get(reference)
  return {
    ...collect(read, problems),
    parts,
    pieces,
    translations: translations.map(({ file, definition }) => ({ file, translation: definition, source: sourceOf(definition.of) })),
    translated: new Translated(
      untranslated,
      translations.map(({ definition }) => definition),
    ),
  }
}

/** Parses files and sorts them by `kind`; a file of any other kind is a problem. */
export function readSources<Kind extends string>(files: DefinitionFile[], kinds: Kind[], problems: Problem[]): Record<Kind, Source[]> {
  const sources = Object.fromEntries(kinds.map((kind) => [kind, []])) as unknown as Record<Kind, Source[]>
  for (const source of files.flatMap((file) => parseJson(file, problems))) {
    const { file, value } = source
    const kind = kinds.find((known) => typeof value === 'object' && value !== null && 'kind' in value && value.kind === known)
    const expected = kinds.map((known) => JSON.stringify(known)).join(' or ')
    if (kind) sources[kind].push(source)
    else problems.push({ file, path: '/kind', reason: `in this folder a file is an object whose kind is ${expected}` })
  }
  return sources
}

/** Parses a file's JSON; a syntax error, a key that stands twice and an unsafe key are problems, and then there is no source. */
function parseJson(file: DefinitionFile, problems: Problem[]): Source[] {
  const { faults, value } = parseFile(file)
  if (faults.length === 0) return [{ file: file.path, value }]
  problems.push(...faults.map((fault) => ({ file: file.path, ...fault })))
  return []
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
  const parsed = safeParse(schema, value)
  if (parsed.success) return [{ file, definition: parsed.data }]
  for (const issue of parsed.error.issues) problems.push({ file, path: pointer(issue.path), reason: describeIssue(issue) })
  return []
}

/** Makes the catalogue; a reference that two files claim is a problem. */
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

function withParts({ file, value }: Source, parts: Catalogue<Part>): Omit<Resolved, 'problems'> & { problems: Problem[] } {
  if (typeof value !== 'object' || value === null) return { value, problems: [], pieces: new Set() }
  const references: unknown[] = 'uses' in value && Array.isArray(value.uses) ? value.uses : []
  const problems: Problem[] = []
  const used = references.flatMap((reference, index) => {
    const name = typeof reference === 'string' ? reference : JSON.stringify(reference)
    const part = parts.get(name)
    if (!part) problems.push({ file, path: `/uses/${index}`, reason: `there is no part ${name}` })
    return part ? [part] : []
  })
  const resolved = resolveUses(value, used)
  return { ...resolved, problems: [...problems, ...resolved.problems.map((problem) => ({ file, ...problem }))] }
}
