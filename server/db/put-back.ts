/** Whether a backup that was put back into a data folder came to be whole there. Until it is, it lies in a folder within, which no server looks at. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { Failure } from '../failure.ts'
import type { DatabasePlace } from './place.ts'
import { isHeld, lockOf } from './process-lock.ts'

const prefix = '.restoring-'

/** What lies in `data` while a backup is put back into it. */
export const restoringFolder = (data: string, id: string): string => join(data, `${prefix}${id}`)

/** Folders in which a backup is or was being put back into `data`. With one of them goes its lock, also where only that is there. */
export function restoringIn(data: string): string[] {
  if (!existsSync(data)) return []
  const names = readdirSync(data).filter((name) => name.startsWith(prefix))
  return [...new Set(names.map((name) => join(data, name.replace(/\.lock$/, ''))))]
}

/** Throws a Failure where somebody is at work there. */
export function assertNobodyRestores(data: string): void {
  if (restoringIn(data).some((folder) => isHeld(lockOf(folder)))) throw atWork(data)
}

export const atWork = (data: string): Failure =>
  new Failure(`A backup is being put back into ${data} at this moment. Wait until that is done; nothing was made or changed.`)

/** Throws a Failure where it was cut off, or is not done yet: what begins in that folder would be an empty study. */
export function assertPutBack({ data, database }: DatabasePlace): void {
  // The study gets there last.
  if (database !== undefined || existsSync(join(data, 'study.sqlite')) || restoringIn(data).length === 0) return
  assertNobodyRestores(data)
  throw new Failure(
    `A restore was cut off here: do it again into ${data} (\`nameting restore BACKUP --to ${data}\`), which removes what is left of it. ` +
      'Nothing was made or changed.',
  )
}
