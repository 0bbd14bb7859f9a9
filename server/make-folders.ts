/** Makes a folder where there may be none around it yet. */
import { mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * Makes `path`, and the folders around it, step by step: Node's own recursive mkdir never returns below /proc and /sys, where a
 * new folder is refused as if the one around it were not there. A folder that is there stays as it is.
 *
 * Throws the system's error for what cannot be made.
 */
export function makeFolders(path: string, mode?: number): void {
  try {
    mkdirSync(path, { mode })
  } catch (error) {
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || dirname(path) === path) throw error
    makeFolders(dirname(path), mode)
    makeIn(path, mode)
  }
}

/** The folder around it is there, so that another ENOENT is the answer. */
function makeIn(path: string, mode: number | undefined): void {
  try {
    mkdirSync(path, { mode })
  } catch (error) {
    // Another process made it meanwhile.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || !statSync(path, { throwIfNoEntry: false })?.isDirectory()) throw error
  }
}
