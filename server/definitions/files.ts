/** Finds and reads definition files: `<kind>/<id>/<version>.json` in a directory of definitions. */
import { globSync, readFileSync, statSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import type { DefinitionFile, Problem } from '../../instruments/definition.ts'
import { isIdentifyingFile } from '../../instruments/identifying.ts'

export const kinds = ['instruments', 'norms', 'protocols'] as const
export type Kind = (typeof kinds)[number]

/** One file, read. */
export interface FoundFile extends DefinitionFile {
  /** `<kind>/<id>/<version>.json`, by which a later directory replaces the file of an earlier one. */
  name: string
  /** `id@version`, as its place says. Of a translation the language stands behind it, after a point. */
  reference: string
  /**
   * Whether it is a definition, which is locked once it is published, and not what may be put right at any time: a translation
   * (`<kind>/<id>/<version>.<language>.json`), or what is identifying (`instruments/<id>/identifying.json`).
   */
  isDefinition: boolean
}

/** A list of hundreds of items is a tenth of this; whatever is larger is no definition. */
const largest = 4_000_000

/** The files of one kind in one directory, in the order of their names. A file that cannot be read becomes a problem. */
export function findFiles(kind: Kind, directory: string, problems: Problem[]): FoundFile[] {
  return globSync(`${kind}/*/*.json`, { cwd: directory })
    .map((name) => name.replaceAll('\\', '/'))
    .sort()
    .flatMap((name) => {
      const path = shownPath(directory, name)
      const text = readText(path)
      const reference = name.slice(kind.length + 1, -'.json'.length).replace('/', '@')
      if (typeof text === 'string')
        return [{ name, path, text, reference, isDefinition: !isTranslation(name, text) && !isIdentifyingFile(name) }]
      problems.push({ file: path, path: '', reason: text.reason })
      return []
    })
}

/** By its name and what it says: a version, too, may end in a point and a word. */
const isTranslation = (name: string, text: string): boolean => /\.[a-z]{2,3}\.json$/.test(name) && /"kind"\s*:\s*"translation"/.test(text)

/** JSON files in the folder of a kind that nothing reads, because they do not lie where definitions lie. */
export function strayFiles(kind: Kind, directory: string): string[] {
  return globSync(`${kind}/**/*`, { cwd: directory })
    .filter((name) => /\.json[c5]?$/i.test(name) && !/^[^/\\]+[/\\][^/\\]+[/\\][^/\\]+\.json$/.test(name))
    .filter((name) => basename(name) !== 'checksums.json' && !name.endsWith('.schema.json'))
    .map((name) => shownPath(directory, name))
    .sort()
}

/** A path as messages show it: from the current folder where it lies in it, else as it was given. */
export function shownPath(directory: string, name: string): string {
  const path = join(directory, name)
  const short = relative('.', path)
  return short.startsWith('..') ? path : short
}

function readText(path: string): string | { reason: string } {
  try {
    const stat = statSync(path)
    if (!stat.isFile()) return { reason: `this is ${stat.isDirectory() ? 'a folder' : 'no file'}, although its name ends in .json` }
    if (stat.size > largest) return { reason: `the file has ${stat.size} bytes; a definition has at most ${largest}` }
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path))
  } catch (error) {
    if (error instanceof TypeError) return { reason: 'the file is not UTF-8: save it as UTF-8 in your editor' }
    return { reason: `the file cannot be read: ${(error as NodeJS.ErrnoException).code ?? (error as Error).message}` }
  }
}
