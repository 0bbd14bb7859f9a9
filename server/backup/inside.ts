/** Where files of a backup may lie: a manifest is not sealed, and whoever writes one must not choose where on a disk something is put. */
import { isAbsolute, join, relative, resolve, sep } from 'node:path'
import { Failure } from '../failure.ts'

/** Controls and breaks of lines: a line that says a path must not say something else too. */
const unseen = /[\p{Cc}\p{Zl}\p{Zp}\\]/u

/** A database, a kept report or a definition of the study's own: all that a backup holds. `path`: with `/`, relative to its folder. */
export function belongsInBackup(path: string): boolean {
  if (unseen.test(path)) return false
  const [first = '', ...rest] = path.split('/')
  if (rest.length === 0) return first === 'identity.sqlite' || first === 'study.sqlite'
  return (first === 'reports' || first === 'definitions') && rest.every((part) => !['', '.', '..'].includes(part))
}

/** The path in `folder`. Throws a Failure where it would lead out of it, whatever was let through before. */
export function pathInside(folder: string, path: string): string {
  const to = relative(resolve(folder), resolve(folder, path))
  if (to === '' || to === '..' || to.startsWith(`..${sep}`) || isAbsolute(to))
    throw new Failure(`The backup has a file that would lie outside ${folder}: ${JSON.stringify(path)}. Take another backup.`)
  return join(folder, to)
}
