/** Where a demonstration lives. It is made in a folder beside its own and moved into place when it is whole. */
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { systemClock } from '../clock.ts'
import { Failure } from '../failure.ts'
import { makeFolders } from '../make-folders.ts'

/** Marks a folder as a demonstration. The last file to be written, and the first to be looked for. */
const marker = 'demonstration.json'
const keyFile = 'identity.key'

export type Folder = 'empty' | 'demonstration'

/** What is in the folder. Throws a Failure for one that holds anything else: a real study never becomes a demonstration. */
export function inspectFolder(directory: string): Folder {
  const names = existsSync(directory) ? readdirSync(directory) : []
  if (names.includes(marker)) return 'demonstration'
  if (names.length === 0) return 'empty'
  const what = names.includes('study.sqlite') ? 'holds a study that is not a demonstration' : 'is not empty and holds no demonstration'
  throw new Failure(`${directory} ${what}. Nothing was changed. Give the demonstration a folder of its own: DATA_DIR=./data/demo.`)
}

/** The key of this demonstration's invented contact data. It protects nobody; it is there because the real server has one. */
export const readKey = (directory: string) => Buffer.from(readFileSync(join(directory, keyFile), 'utf8').trim(), 'hex')

/**
 * Runs `make` on a new folder with a key in it, and moves that to `directory` once it is done.
 * Of a demonstration whose making was cut off nothing is left in `directory`, and its remains go at the next try.
 */
export async function makeFolder(directory: string, make: (unfinished: string) => Promise<void>): Promise<void> {
  const parent = dirname(resolve(directory))
  const prefix = `${basename(resolve(directory))}.unfinished-`
  const unfinished = join(parent, `${prefix}${process.pid}`)
  try {
    makeFolders(parent)
    removeRemains(parent, prefix)
    mkdirSync(unfinished, { mode: 0o700 })
  } catch (cause) {
    throw new Failure(`${parent} cannot be written (${(cause as Error).message}). Set DATA_DIR to a folder in which you may write.`)
  }
  try {
    writeFileSync(join(unfinished, keyFile), `${randomBytes(32).toString('hex')}\n`, { mode: 0o600 })
    await make(unfinished)
    writeFileSync(join(unfinished, marker), `${JSON.stringify({ demonstration: true, madeAt: systemClock.now() }, null, 2)}\n`)
    moveInto(unfinished, directory)
  } finally {
    rmSync(unfinished, { recursive: true, force: true })
  }
}

/** A folder can take the place of an empty one only, so whoever came first keeps theirs. */
function moveInto(unfinished: string, directory: string): void {
  try {
    renameSync(unfinished, directory)
  } catch (cause) {
    throw new Failure(
      `The demonstration cannot be moved to ${directory} (${(cause as Error).message}). Set DATA_DIR to a folder that is not there yet.`,
    )
  }
}

function removeRemains(parent: string, prefix: string): void {
  for (const name of readdirSync(parent)) {
    if (!name.startsWith(prefix) || isRunning(Number(name.slice(prefix.length)))) continue
    rmSync(join(parent, name), { recursive: true, force: true })
  }
}

function isRunning(processId: number): boolean {
  try {
    return process.kill(processId, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
