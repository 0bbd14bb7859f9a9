/** The folder in which backups lie: each a folder of its own, named after its moment. */
import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Failure } from '../failure.ts'
import { erasureListIn } from './erasure-list.ts'
import { inTime } from './in-time.ts'

export interface FoundBackup {
  /** Of its folder. */
  name: string
  path: string
  /** The moment at which it was made, as its name says. */
  madeAt: string
}

/** `nameting-2026-11-22T01-00-00.000Z`: without the colons, which some file systems do not take. */
export const nameOfBackup = (madeAt: string): string => `nameting-${madeAt.replaceAll(':', '-')}`

/** One that is being removed. */
export const removedName = (name: string, id: string): string => partialName(name, `removed-${id}`)

/** Until it is whole it has a name that begins with a point. */
export const partialName = (name: string, id: string): string => `.${name}.partial-${id}`

const named = /^nameting-(\d{4}-\d\d-\d\dT)(\d\d)-(\d\d)-(\d\d\.\d{3}Z)$/

/** Whole backups, oldest first. None where the folder is not there. Throws a Failure where it cannot be read. */
export async function backupsIn(folder: string): Promise<FoundBackup[]> {
  return (await namesIn(folder))
    .flatMap((name) => {
      const [, day, hour, minute, rest] = named.exec(name) ?? []
      return day === undefined ? [] : [{ name, path: join(folder, name), madeAt: `${day}${hour}:${minute}:${rest}` }]
    })
    .sort((a, b) => (a.madeAt < b.madeAt ? -1 : 1))
}

/**
 * Throws a Failure where no backup was ever made by hand: that leaves the list of erasures behind, which the empty folder under a disk
 * that is not mounted does not have.
 */
export async function assertMarked(folder: string): Promise<void> {
  const { code } = await stat(erasureListIn(folder)).then(
    () => ({ code: 'there' }),
    (cause: NodeJS.ErrnoException) => cause,
  )
  if (code === 'ENOENT')
    throw new Failure(
      `There is no list of erasures in ${folder}, which is there since the first backup. Is the disk or share of BACKUP_DIR mounted? Into a new ` +
        `folder make the first backup by hand: nameting backup ${folder}`,
    )
}

/** Milliseconds for a disk to answer. */
const patience = 3_000

/** Whether two folders are on one disk, so that both are lost together; false where one does not answer. */
export const areOnOneDisk = (one: string, other: string): Promise<boolean> =>
  inTime(Promise.all([stat(one), stat(other)]), patience).then(
    ([{ dev: first }, { dev: second }]) => first === second,
    () => false,
  )

/** A backup that was cut off so long ago is not being made any more, in milliseconds. */
const abandonedAfter = 24 * 3_600_000

/** Removes what backups that were cut off have left behind. `now`: milliseconds since 1970. */
export async function removeAbandoned(folder: string, now: number): Promise<void> {
  for (const name of await namesIn(folder)) {
    if (!/^\.nameting-.*\.partial-/.test(name)) continue
    const path = join(folder, name)
    const changed = await stat(path).then(
      ({ mtimeMs }) => mtimeMs,
      () => now,
    )
    if (now - changed > abandonedAfter) await rm(path, { recursive: true, force: true })
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw new Failure(`The folder of backups ${folder} cannot be read: ${(cause as Error).message}.`)
  }
}
