/** The folder that a backup is put back into: empty before, whole after, and as empty again when it is done once more after it was cut off. */
import { accessSync, constants, existsSync, readdirSync, renameSync, rmdirSync, rmSync, statSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { assertNobodyRestores, atWork, restoringIn } from '../db/put-back.ts'
import { Failure } from '../failure.ts'
import { makeFolders } from '../make-folders.ts'
import { makeRestoring, removeLeftCopies } from './left-copies.ts'

/** Without it there is nothing yet that a server would begin with; it is put in its place last. */
const last = 'study.sqlite'
/** What can have been put in its place before that. */
const before = ['identity.sqlite', 'reports', 'definitions']

/** Throws a Failure unless it is not there, empty, or holds nothing but what a restore has left that was cut off. */
export function assertFree(to: string): void {
  if (statSync(to, { throwIfNoEntry: false })?.isDirectory() === false) throw notWritten(to, new Error('it is a file'))
  if (!existsSync(to)) return
  assertNobodyRestores(to)
  const left = restoringIn(to)
  const own = left.flatMap((folder) => [basename(folder), `${basename(folder)}.lock`])
  const isCutOff = left.some((folder) => existsSync(join(folder, last)))
  const others = readdirSync(to).filter((name) => !own.includes(name) && !(isCutOff && before.includes(name)))
  if (others.length > 0)
    throw new Failure(
      `${to} is not empty. A backup is put back into a folder of its own, so that nothing is overwritten; then set DATA_DIR to it.`,
    )
}

export interface Target {
  /** Within `to`: everything is made here first. */
  folder: string
  /** All of it is in its place. */
  end(): void
  /** Leaves nothing of it, wherever it lies. */
  undo(): void
}

/**
 * Makes the folder, or empties it of what was left there, and begins. Throws a Failure where `assertFree` does, it cannot be written, or somebody
 * else begins at the same moment.
 */
export function beginIn(to: string): Target {
  assertFree(to)
  const isNew = !existsSync(to)
  const undoFolder = (): void => {
    if (isNew && existsSync(to) && readdirSync(to).length === 0) rmdirSync(to)
  }
  try {
    makeFolders(to, 0o700)
    accessSync(to, constants.W_OK | constants.X_OK)
    // What tells that these are nobody's goes after them.
    for (const name of before) rmSync(join(to, name), { recursive: true, force: true })
    removeLeftCopies(to)
    const { folder, remove } = makeRestoring(to)
    const undo = (): void => {
      for (const name of [last, ...before]) rmSync(join(to, name), { recursive: true, force: true })
      remove()
      undoFolder()
    }
    if (restoringIn(to).length === 1) return { folder, end: remove, undo }
    remove()
  } catch (cause) {
    undoFolder()
    throw notWritten(to, cause as Error)
  }
  throw atWork(to)
}

/** Each file is renamed within one disk. */
export async function moveUp(within: string, to: string): Promise<void> {
  const names = readdirSync(within).sort((a, b) => Number(a === last) - Number(b === last))
  for (const name of names) {
    await sync(join(within, name))
    renameSync(join(within, name), join(to, name))
  }
  await sync(to)
}

/** For what the system says. */
export const notWritten = (to: string, { message }: Error): Failure =>
  new Failure(
    `The backup cannot be put back into ${resolve(to)}: ${message}. Give --to a folder that this account may write to, on a disk with room; ` +
      'nothing is wrong with the backup.',
  )

async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
