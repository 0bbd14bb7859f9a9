/**
 * Published definitions never change. `checksums.json` in the folder of a kind lists what is published: `id@version` and the
 * sha256 of the definition's canonical JSON, so that another order of keys or other white space is no change.
 */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { z } from 'zod'
import { canonicalJson } from '../../instruments/canonical-json.ts'
import { type Problem, referenceSchema } from '../../instruments/definition.ts'
import { pointer, scanJson } from '../../instruments/json.ts'
import { parseFile } from '../../instruments/json-file.ts'
import { type FoundFile, type Kind, shownPath } from './files.ts'

/** Checksums by `id@version`. */
export type Lock = Record<string, string>

const lockSchema = z.record(referenceSchema, z.string().regex(/^[0-9a-f]{64}$/, 'a checksum is a sha256 of 64 hexadecimal digits'))

export const lockPath = (kind: Kind, directory: string): string => shownPath(directory, `${kind}/checksums.json`)

/** The lock of one kind in one directory; undefined where there is none, or none that can be read, which is then a problem. */
export function readLock(kind: Kind, directory: string, problems: Problem[]): Lock | undefined {
  const file = lockPath(kind, directory)
  if (!existsSync(file)) return undefined
  const text = readFileSync(file, 'utf8')
  const { faults } = scanJson(text)
  problems.push(...faults.map((fault) => ({ file, ...fault })))
  if (faults.length > 0) return undefined
  const parsed = lockSchema.safeParse(JSON.parse(text))
  for (const { path, message } of parsed.error?.issues ?? []) problems.push({ file, path: pointer(path), reason: message })
  return parsed.data
}

/** sha256 of a definition, without `$schema`, which only tells an editor where to look. */
export function checksumOf(definition: unknown): string {
  const isObject = typeof definition === 'object' && definition !== null && !Array.isArray(definition)
  const { $schema: _, ...content } = isObject ? (definition as Record<string, unknown>) : { content: definition }
  return createHash('sha256').update(canonicalJson(content)).digest('hex')
}

/** The checksum of a file's definition; undefined when it is no JSON, which is told elsewhere. */
export function checksumOfFile(file: FoundFile): string | undefined {
  const { faults, value } = parseFile(file)
  return faults.length === 0 ? checksumOf(value) : undefined
}

/** Compares the files of one kind in one directory with its lock. What may be put right at any time is not in it. */
export function checkLock(all: FoundFile[], lock: Lock, lockFile: string): { changed: Problem[]; unlocked: FoundFile[] } {
  const files = all.filter(({ isDefinition }) => isDefinition)
  const found = new Set(files.map(({ reference }) => reference))
  const gone = Object.keys(lock)
    .filter((reference) => !found.has(reference))
    .map((reference) => ({
      file: lockFile,
      path: pointer([reference]),
      reason: 'this version is published, but its file is gone: put it back',
    }))
  const changed = files
    .filter((file) => Object.hasOwn(lock, file.reference) && checksumOfFile(file) !== lock[file.reference])
    .map(({ path, reference }) => ({
      file: path,
      path: '',
      reason: `${reference} is published, and published versions never change: undo the change, or make a new version of it`,
    }))
  return { changed: [...gone, ...changed], unlocked: files.filter(({ reference }) => !Object.hasOwn(lock, reference)) }
}
