/** Puts a backup back into an empty folder, so that a server can go on with it. */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { later } from '../../protocols/local-time.ts'
import { nameOfBackup } from '../backup/backup-folder.ts'
import { type ErasureLine, erasureListIn, listedAfter, readErasureList } from '../backup/erasure-list.ts'
import { type Manifest, readManifest } from '../backup/manifest.ts'
import type { Clock } from '../clock.ts'
import type { Context } from '../context.ts'
import { Failure } from '../failure.ts'
import { makeFolders } from '../make-folders.ts'
import { newId } from '../new-id.ts'
import { logAccess } from '../queries/access-log.ts'
import { markAllExportsRemoved, removeAllSessions, removeStaffSessions } from '../queries/restoring.ts'
import { assertDefinitions } from './assert-definitions.ts'
import { assertKey } from './assert-key.ts'
import { holdMail } from './hold-mail.ts'
import { removeKeptReports } from './kept-reports.ts'
import { goOnWithNewList } from './own-backups.ts'
import { accessEntry } from './record-access.ts'
import { type Replayed, replayErasures } from './replay-erasures.ts'
import { assertSameLog, unpackBackup } from './unpack-backup.ts'

export interface RestoreOrder {
  /** The folder of one backup. */
  backup: string
  /** A folder that is not there or empty. */
  to: string
  /** The text of the secret key. */
  key: string
  /** Lists of erasures beside the one that lies by the backup. Null: without any, knowing what that brings back. */
  erasures?: string[] | null | undefined
  /** Opens a data folder with the settings at hand. `definitions`: the study's own that were in the backup, if there were any. */
  opening(data: string, definitions: string | undefined): Promise<Context>
  closing(context: Context): Promise<void>
}

export interface Restored {
  manifest: Manifest
  /** Null where no list was used. */
  replayed: Replayed | null
  /** Up to when the list tells: the moment of its last line. */
  listedUntil: string | null
  /** Messages that are left to a person. */
  held: number
  /** Whether the study's own definitions are in the folder, under `definitions`. */
  hasDefinitions: boolean
}

/**
 * All of it or nothing: until everything is done, what there is lies in a folder within `to` that no server looks at.
 *
 * Throws a Failure, and leaves `to` as it was, when `to` is not empty, the backup is not whole, a key or definition is missing, or the
 * list of erasures does not know the backup.
 */
export async function restoreBackup(order: RestoreOrder, clock: Clock): Promise<Restored> {
  const { backup, to, key, opening, closing } = order
  assertEmpty(to)
  const wished = await whatWasWished(order, readManifest(backup))
  const isNew = !existsSync(to)
  makeTarget(to)
  const within = join(to, `.restoring-${newId()}`)
  try {
    mkdirSync(within, { mode: 0o700 })
    const manifest = await unpackBackup(backup, within, key)
    const hasDefinitions = existsSync(join(within, 'definitions'))
    const context = await opening(within, hasDefinitions ? join(within, 'definitions') : undefined)
    let done: Pick<Restored, 'replayed' | 'held'>
    try {
      await assertKey(context)
      await assertDefinitions(context)
      await assertSameLog(context.stores.study.read, manifest)
      done = await makeReady(context, { manifest, name: nameOfBackup(manifest.madeAt), lines: wished?.lines ?? null }, clock)
    } finally {
      await closing(context)
    }
    await moveUp(within, to)
    return { ...done, manifest, hasDefinitions, listedUntil: wished?.until ?? null }
  } catch (cause) {
    rmSync(within, { recursive: true, force: true })
    if (isNew) rmSync(to, { recursive: true, force: true })
    throw cause instanceof Error && 'syscall' in cause ? notWritten(to, cause) : cause
  }
}

function makeTarget(to: string): void {
  try {
    makeFolders(to, 0o700)
  } catch (cause) {
    throw notWritten(to, cause as Error)
  }
}

const notWritten = (to: string, { message }: Error): Failure =>
  new Failure(
    `The backup cannot be put back into ${resolve(to)}: ${message}. Give --to a folder that this account may write to, on a disk with room; ` +
      'nothing is wrong with the backup.',
  )

function assertEmpty(to: string): void {
  if (statSync(to, { throwIfNoEntry: false })?.isDirectory() === false) throw notWritten(to, new Error('it is a file'))
  if (existsSync(to) && readdirSync(to).length > 0)
    throw new Failure(
      `${to} is not empty. A backup is put back into a folder of its own, so that nothing is overwritten; then set DATA_DIR to it.`,
    )
}

interface Wished {
  lines: ErasureLine[]
  /** The moment of the last line there is. */
  until: string
}

async function whatWasWished({ backup, erasures: given = [] }: RestoreOrder, manifest: Manifest): Promise<Wished | null> {
  if (given === null) return null
  const name = nameOfBackup(manifest.madeAt)
  const beside = erasureListIn(dirname(resolve(backup)))
  const made = { name, ...manifest.erasures }
  const lines: ErasureLine[] = []
  for (const path of [...(existsSync(beside) ? [beside] : []), ...given]) {
    const own = await readErasureList(path)
    // One that lies there by chance is left aside; one that was named has to be the right one.
    if (listedAfter(own, made) !== undefined) lines.push(...own)
    else if (path !== beside)
      throw new Failure(`The list of erasures ${path} does not know the backup ${name}: it is older, or of another data folder.`)
  }
  const wished = listedAfter(lines, made)
  if (wished !== undefined) return { lines: wished, until: lines.map(({ at }) => at).reduce(later) }
  const why = existsSync(beside)
    ? `The list of erasures beside it, ${beside}, does not know the backup ${name}: it is older, or of another data folder`
    : `There is no list of erasures beside the backup ${name}: ${beside} is not there, and was not copied with it`
  throw new Failure(
    `${why}. Without one, answers and contact data come back of people ` +
      'who had them erased since. Give the newest list there is with --erasures (it is also in the data folder), or say --without-erasures.',
  )
}

interface Unpacked {
  manifest: Manifest
  name: string
  lines: ErasureLine[] | null
}

async function makeReady(
  context: Context,
  { manifest, name, lines }: Unpacked,
  clock: Clock,
): Promise<Pick<Restored, 'replayed' | 'held'>> {
  const { study, identity } = context.stores
  const now = clock.now()
  // Mail last: of whoever stopped since, what was to go is called off, and nobody has to look into it.
  const replayed = lines === null ? null : await replayErasures(context, lines)
  const held = await holdMail(context, { madeAt: manifest.madeAt, until: now })
  // What reports say of single cases goes with the answers.
  await removeKeptReports(context)
  await identity.withTx(removeStaffSessions)
  await study.withTx(async (tx) => {
    await removeAllSessions(tx)
    await markAllExportsRemoved(tx, now)
    // What is wished from here on stands in a list of its own: its events have numbers that were given once before.
    await goOnWithNewList(tx, now)
    const detail = { backup: name, madeAt: manifest.madeAt, erasures: replayed !== null }
    await logAccess(tx, accessEntry(now, { staffId: null, via: 'command', action: 'restored backup', outcome: 'allowed', detail }))
  })
  return { replayed, held }
}

/** Each file is renamed within one disk. The study goes last: without it no server starts with what is there. */
async function moveUp(within: string, to: string): Promise<void> {
  const names = readdirSync(within).sort((a, b) => Number(a === 'study.sqlite') - Number(b === 'study.sqlite'))
  for (const name of names) {
    await sync(join(within, name))
    renameSync(join(within, name), join(to, name))
  }
  rmSync(within, { recursive: true })
  await sync(to)
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
