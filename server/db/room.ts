/** Whether there is room on the disk for what is about to be written. */
import { statfsSync } from 'node:fs'
import { dirname } from 'node:path'
import type Database from 'better-sqlite3'
import { Failure } from '../failure.ts'

const megabyte = 1 << 20
/** For small steps, and for those who write meanwhile. */
const margin = 8 * megabyte

/**
 * Throws a Failure unless databases could be written anew in whole: once into their log, and from there behind what they have. A step rarely
 * needs that much; but one database that is done and another that found no room are of two versions, which no version goes on with.
 */
export function assertRoom(databases: readonly Database.Database[]): void {
  const sizes = databases.map(
    (one) => Number(one.pragma('page_count', { simple: true })) * Number(one.pragma('page_size', { simple: true })),
  )
  const needed = 2 * sizes.reduce((sum, size) => sum + size, 0) + margin
  for (const folder of new Set(databases.map(({ name }) => dirname(name)))) {
    const { bavail, bsize } = statfsSync(folder)
    if (bavail * bsize < needed)
      throw new Failure(
        `To bring the databases up to date takes ${megabytes(needed)} MB of room in ${folder}, and ${megabytes(bavail * bsize)} are left. ` +
          'Nothing was changed: make room, or go on with the version of Nameting that you had.',
      )
  }
}

const megabytes = (bytes: number): string => (bytes / megabyte).toFixed(1)
