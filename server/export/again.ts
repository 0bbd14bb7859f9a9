/** Whether an export that is made again is the same as the first one. */
import { Failure } from '../failure.ts'
import type { Manifest } from './manifest.ts'
import type { EarlierManifest } from './read-manifest.ts'

/** Throws a Failure that names what differs: then the database, a definition or the program changed, and the earlier moment would be a lie. */
export function assertSame(earlier: EarlierManifest, made: Manifest): void {
  const before = new Map(earlier.files.map(({ name, sha256 }) => [name, sha256]))
  const now = new Map(made.files.map(({ name, sha256 }) => [name, sha256]))
  const files = [...new Set([...before.keys(), ...now.keys()])].filter((name) => before.get(name) !== now.get(name)).sort()
  const asJson = JSON.parse(JSON.stringify(made)) as Record<string, unknown>
  const facts = [...new Set([...Object.keys(earlier), ...Object.keys(asJson)])].filter(
    (name) => name !== 'files' && JSON.stringify(earlier[name]) !== JSON.stringify(asJson[name]),
  )
  if (files.length === 0 && facts.length === 0) return
  const differing = [
    ...(files.length > 0 ? [`files: ${files.join(', ')}`] : []),
    ...(facts.length > 0 ? [`in the manifest: ${facts.join(', ')}`] : []),
  ]
  throw new Failure(
    `The export of ${earlier.madeAt} cannot be made again: the data, the definitions or the program have changed since. What differs, ${differing.join('; ')}. Nothing was written. For the data as they are now, make a new export.`,
  )
}
