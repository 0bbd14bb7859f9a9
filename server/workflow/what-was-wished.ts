/** What people wished since a backup was made, by the lists of erasures that there are. */
import { existsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { later } from '../../protocols/local-time.ts'
import { nameOfBackup } from '../backup/backup-folder.ts'
import { type ErasureLine, erasureListIn, knows, wishedAfter } from '../backup/erasure-list.ts'
import type { Manifest } from '../backup/manifest.ts'
import { type ErasureList, readErasureList, whereUnread } from '../backup/read-erasure-list.ts'
import { openPlaces, standsFor } from '../backup/whole-copy.ts'
import { Failure } from '../failure.ts'
import type { RestoreOrder } from './restore-backup.ts'

export interface Wished {
  lines: ErasureLine[]
  /** The moment of the last line there is. */
  until: string
  /** Of damaged lists, for which no other one stands. */
  unread: UnreadList[]
}

/** A list of which a part cannot be read. */
export interface UnreadList {
  path: string
  /** Where, in words. */
  where: string
}

interface Found extends ErasureList {
  path: string
  isKnown: boolean
}

type Order = Pick<RestoreOrder, 'backup' | 'erasures' | 'damagedErasures'>

/**
 * Null where no list is wanted. Throws a Failure where none knows the backup, and, unless `damagedErasures`, where one of them cannot be
 * read as a whole and no other stands for it.
 */
export async function whatWasWished({ backup, erasures: given = [], damagedErasures }: Order, manifest: Manifest): Promise<Wished | null> {
  if (given === null) return null
  const made = { name: nameOfBackup(manifest.madeAt), ...manifest.erasures }
  const beside = erasureListIn(dirname(resolve(backup)))
  const found: Found[] = []
  for (const path of [...(existsSync(beside) ? [beside] : []), ...given]) {
    const list = await readErasureList(path)
    const isKnown = knows(list.lines, made)
    const mayKnow = openPlaces(list).length > 0
    // One that lies there by chance is left aside; one that was named has to be the right one.
    if (isKnown || mayKnow) found.push({ path, isKnown, ...list })
    else if (path !== beside)
      throw new Failure(`The list of erasures ${path} does not know the backup ${made.name}: it is older, or of another data folder.`)
  }
  const unread = found
    .filter((list) => openPlaces(list).length > 0 && !found.some((copy) => copy.isKnown && standsFor(copy, list)))
    .map((list) => ({ path: list.path, where: whereUnread(openPlaces(list)) }))
  if (unread.length > 0 && !damagedErasures) throw damaged(unread)
  if (!found.some(({ isKnown }) => isKnown) && unread.length === 0) throw unknown(made.name, beside)
  const lines = found.flatMap((list) => list.lines)
  return { lines: wishedAfter(lines, made), until: lines.map(({ at }) => at).reduce(later, manifest.madeAt), unread }
}

const damaged = (unread: readonly UnreadList[]): Failure =>
  new Failure(
    `${unread.map(({ path, where }) => `The list of erasures ${path} is damaged: ${where} cannot be read.`).join(' ')} Whoever had answers or contact ` +
      'data erased by what stood there would have them back. Give a whole copy with --erasures: one is in the data folder, one beside the ' +
      'backups. Where there is none, --damaged-erasures does what can be read. Nothing was put back.',
  )

function unknown(name: string, beside: string): Failure {
  const why = existsSync(beside)
    ? `The list of erasures beside it, ${beside}, does not know the backup ${name}: it is older, or of another data folder`
    : `There is no list of erasures beside the backup ${name}: ${beside} is not there, and was not copied with it`
  return new Failure(
    `${why}. Without one, answers and contact data come back of people ` +
      'who had them erased since. Give the newest list there is with --erasures (it is also in the data folder), or say --without-erasures.',
  )
}
