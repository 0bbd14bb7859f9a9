/** Publishes definitions: adds the checksums of versions that are not in the lock files yet, and changes nothing else. */
import { statSync, writeFileSync } from 'node:fs'
import { BadCall, Failure } from '../failure.ts'
import { mistakesIn } from './check.ts'
import { checksumOfFile, lockPath, readLock } from './checksums.ts'
import { findFiles, kinds } from './files.ts'
import { shippedDirectory } from './load.ts'

/**
 * Adds what is new in `directory` to its lock files; returns what was added, as `id@version`.
 *
 * Throws a Failure when `check` finds anything but unpublished versions: what is published must be sound, and stays as it is.
 */
export function lockDefinitions(directory: string): string[] {
  if (!statSync(directory, { throwIfNoEntry: false })?.isDirectory()) throw new BadCall(`There is no folder ${directory}.`)
  const mistakes = mistakesIn(shippedDirectory, directory === shippedDirectory ? undefined : directory)
  const others = mistakes.filter(({ unpublished }) => !unpublished)
  if (others.length > 0)
    throw new Failure(
      ['Nothing is published while there are mistakes:', ...others.map(({ file, path, reason }) => `${file} ${path}: ${reason}`)].join(
        '\n',
      ),
    )
  return kinds.flatMap((kind) => {
    const lock = readLock(kind, directory, []) ?? {}
    const files = findFiles(kind, directory, [])
    const added = files.filter(({ reference, isDefinition }) => isDefinition && !Object.hasOwn(lock, reference))
    if (added.length === 0) return []
    const entries = [...Object.entries(lock), ...added.map((file) => [file.reference, checksumOfFile(file)] as const)]
    entries.sort(([a], [b]) => (a < b ? -1 : 1))
    writeFileSync(lockPath(kind, directory), `${JSON.stringify(Object.fromEntries(entries), undefined, 2)}\n`)
    return added.map(({ reference }) => reference)
  })
}
