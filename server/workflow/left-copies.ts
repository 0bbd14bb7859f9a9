/** Copies in clear that a backup has in the data folder while it is made or put back, and what is left of them when that is cut off. */
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { holdLock, lockOf, unlessHeld } from '../db/process-lock.ts'
import { restoringFolder, restoringIn } from '../db/put-back.ts'
import { newId } from '../new-id.ts'

export interface Staging {
  /** Only its owner reads it. */
  folder: string
  /** With all that is in it. */
  remove(): void
}

/** Makes a folder in which copies lie for a while. Whoever is killed meanwhile lets go of its lock, and the next one removes it. */
export const makeStaging = (data: string, id = newId()): Staging => makeHeld(join(data, `.copying-${id}`))

/** The same for a backup that is put back into `data`. */
export const makeRestoring = (data: string): Staging => makeHeld(restoringFolder(data, newId()))

function makeHeld(folder: string): Staging {
  const letGo = holdLock(lockOf(folder))
  try {
    mkdirSync(folder, { mode: 0o700 })
  } catch (cause) {
    letGo()
    throw cause
  }
  return {
    folder,
    remove() {
      rmSync(folder, { recursive: true, force: true })
      letGo()
    },
  }
}

/**
 * Removes what a backup that was cut off has left behind, in each of the two folders as far as that can be: the disk of the other may be
 * what it was cut off by. What stays is removed at the next start or by the next backup.
 */
export function removeLeftBy({ data, into }: { data: string; into: string }, id: string): void {
  removeThose(data, (name) => name.startsWith(`.copying-${id}`))
  removeThose(into, (name) => name.startsWith('.nameting-') && name.endsWith(`.partial-${id}`))
}

function removeThose(folder: string, isMeant: (name: string) => boolean): void {
  try {
    for (const path of namesIn(folder, isMeant)) rmSync(path, { recursive: true, force: true })
  } catch {
    // Whoever asked tells why it was cut off; that is what somebody has to know.
  }
}

/** Removes copies that nobody is at work on: they are as secret as what they are copied from, and take as much room. */
export function removeLeftCopies(data: string): void {
  const folders = namesIn(data, (name) => name.startsWith('.copying-')).map((path) => path.replace(/\.lock$/, ''))
  for (const folder of [...new Set(folders), ...restoringIn(data)])
    unlessHeld(lockOf(folder), () => rmSync(folder, { recursive: true, force: true }))
}

const namesIn = (folder: string, isMeant: (name: string) => boolean): string[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter(isMeant)
        .map((name) => join(folder, name))
    : []
