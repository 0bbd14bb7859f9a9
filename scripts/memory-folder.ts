/**
 * Where tests keep their data folders: a study writes each answer to disk before it says so, and tests write thousands. That it does, and
 * in which order, is seen in memory too (tests/faults/fsync.test.ts watches the calls).
 */
import { statfsSync } from 'node:fs'

const folder = '/dev/shm'
/** Bytes: the data folders and browsers of tests that run at the same moment, several times over. In a container it can be 64 MB. */
const enough = 2_000_000_000

/** The environment, with a folder for temporary files that is in memory where there is room in it. */
export function inMemory(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  try {
    const { bavail, bsize } = statfsSync(folder)
    return bavail * bsize > enough ? { ...environment, TMPDIR: folder } : environment
  } catch {
    return environment
  }
}
