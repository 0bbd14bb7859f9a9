/** Whether the disk of the data folder has room for a backup to be made. */
import { globSync, statfsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileOf } from '../db/snapshot.ts'
import { Failure } from '../failure.ts'

const megabyte = 1 << 20
/** For what families write meanwhile: while a copy is made, the log of a database only grows. */
const margin = 64 * megabyte

/** To how much at most a file is packed. Contact data are sealed, and do not pack; answers take a quarter to a third. */
const packed = { identity: 1, others: 0.5 }

/**
 * Throws a Failure when copies in `data` would take the last room from those who answer lists: and what they are packed to, where the backup goes
 * to a folder `into` on the same disk. Asked before anything is copied: once the log of a database has grown into that room, it does not get
 * smaller by itself.
 */
export function assertRoomForCopies(data: string, into: string): void {
  const size = (...paths: string[]) =>
    paths.reduce((sum, path) => sum + (statSync(join(data, path), { throwIfNoEntry: false })?.size ?? 0), 0)
  const [identity, study] = [fileOf('identity'), fileOf('study')].map((name) => size(name, `${name}-wal`)) as [number, number]
  const others = study + size(...globSync('reports/*/*', { cwd: data }))
  const isOneDisk = statSync(data).dev === statSync(into).dev
  const needed = identity + others + (isOneDisk ? packed.identity * identity + packed.others * others : 0) + margin
  const { bavail, bsize } = statfsSync(data)
  if (bavail * bsize < needed)
    throw new Failure(
      `A backup takes ${inMegabytes(needed)} MB of room in ${data} while it is made, and ${inMegabytes(bavail * bsize)} are left. ` +
        'Nothing was copied: make room first.',
    )
}

const inMegabytes = (bytes: number): string => (bytes / megabyte).toFixed(1)
