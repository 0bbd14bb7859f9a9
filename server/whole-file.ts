/** Files that somebody named on the command line. */
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { Failure } from './failure.ts'
import { newId } from './new-id.ts'

/** All bytes of a file. Throws a Failure that says why it cannot be read. */
export function readWhole(path: string): Buffer {
  try {
    return readFileSync(path)
  } catch (cause) {
    throw new Failure(`${path} cannot be read: ${(cause as Error).message}.`)
  }
}

/** Under its name the file is there whole or not at all. Throws a Failure that says why it cannot be written. */
export function writeWhole(path: string, text: string, { mode }: { mode?: number } = {}): void {
  const partial = join(dirname(path), `.${basename(path)}.partial-${newId()}`)
  try {
    writeFileSync(partial, text, { mode, flag: 'wx', flush: true })
    renameSync(partial, path)
  } catch (cause) {
    rmSync(partial, { force: true })
    throw new Failure(`${path} cannot be written: ${(cause as Error).message}.`)
  }
}
