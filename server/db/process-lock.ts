/**
 * A file that somebody holds for as long as their process lives. However a process ends, the system lets go of what it held: unlike the
 * number of a process this holds in containers, where each is number 1, and after the machine was started again.
 */
import { existsSync, rmSync } from 'node:fs'
import Database from 'better-sqlite3'

/** A connection that nobody refers to would be closed, and let go of its file. */
const held = new Set<Database.Database>()

/** Beside a folder: held for as long as somebody is at work on what lies in it. */
export const lockOf = (folder: string): string => `${folder}.lock`

/** Holds it until the returned function is called, which removes it. Throws the database's error where no file can be made. */
export function holdLock(path: string): () => void {
  for (;;) {
    const lock = new Database(path)
    begin(lock)
    // Whoever found it before it was held may have removed it.
    if (!existsSync(path)) {
      lock.close()
      continue
    }
    held.add(lock)
    return () => {
      rmSync(path, { force: true })
      lock.close()
      held.delete(lock)
    }
  }
}

/** Whether anybody holds it, this process or another on a folder that both see. */
export function isHeld(path: string): boolean {
  const lock = tryLock(path)
  if (lock === 'held') return true
  lock?.close()
  return false
}

/** Does the work if nobody holds it, and removes it; meanwhile nobody can. One that is not there is held by nobody. */
export function unlessHeld(path: string, work: () => void): void {
  const lock = tryLock(path)
  if (lock === 'held') return
  try {
    work()
    rmSync(path, { force: true })
  } finally {
    lock?.close()
  }
}

function tryLock(path: string): Database.Database | 'held' | undefined {
  if (!existsSync(path)) return undefined
  const lock = new Database(path, { timeout: 0 })
  try {
    begin(lock)
    return lock
  } catch (cause) {
    lock.close()
    if ((cause as { code?: string }).code?.startsWith('SQLITE_BUSY')) return 'held'
    throw cause
  }
}

/** Without a journal beside it, which a kill would leave. */
function begin(lock: Database.Database): void {
  lock.pragma('journal_mode = MEMORY')
  lock.exec('BEGIN EXCLUSIVE')
}
