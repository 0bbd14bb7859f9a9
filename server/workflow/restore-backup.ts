/** Puts a backup back into an empty folder, so that a server can go on with it. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { sealer } from '../access/sealing.ts'
import { nameOfBackup } from '../backup/backup-folder.ts'
import { type Manifest, readManifest } from '../backup/manifest.ts'
import { readSignedManifest } from '../backup/signature.ts'
import type { Clock } from '../clock.ts'
import type { Context } from '../context.ts'
import { logAccess } from '../queries/access-log.ts'
import { markAllExportsRemoved, removeAllSessions, removeStaffSessions } from '../queries/restoring.ts'
import { assertDefinitions } from './assert-definitions.ts'
import { assertKey } from './assert-key.ts'
import { holdMail } from './hold-mail.ts'
import { removeKeptReports } from './kept-reports.ts'
import { goOnWithNewList } from './own-backups.ts'
import { accessEntry } from './record-access.ts'
import { type Replayed, replayErasures } from './replay-erasures.ts'
import { assertFree, beginIn, moveUp, notWritten } from './restore-target.ts'
import { assertNotNewer, assertSameLog, unpackBackup } from './unpack-backup.ts'
import { type UnreadList, type Wished, whatWasWished } from './what-was-wished.ts'

export interface RestoreOrder {
  /** The folder of one backup. */
  backup: string
  /** A folder that is not there or empty, but for what a restore has left that was cut off. */
  to: string
  /** The text of the secret key. */
  key: string
  /** IDENTITY_KEY, with which the backup has to be signed. Null: whoever made it. */
  identityKey: Uint8Array | null
  /** Lists of erasures beside the one that lies by the backup. Null: without any, knowing what that brings back. */
  erasures?: string[] | null | undefined
  /** Go on although they are damaged, knowing what that may bring back. */
  damagedErasures?: boolean | undefined
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
  /** Lists of erasures of which a part could not be read: what stood there was not done again. */
  unread: UnreadList[]
  /** Messages that are left to a person. */
  held: number
  /** Whether the study's own definitions are in the folder, under `definitions`. */
  hasDefinitions: boolean
}

/**
 * All of it or nothing: until everything is done, what there is lies in a folder within `to` that no server looks at.
 *
 * Throws a Failure, and leaves `to` as it was, when `to` is not empty, the backup is not whole or not signed or of a newer version, a key or
 * definition is missing, or the list of erasures does not know the backup or is damaged. What an earlier restore has left there that was cut off goes.
 */
export async function restoreBackup(order: RestoreOrder, clock: Clock): Promise<Restored> {
  const { backup, to, key, identityKey, opening, closing } = order
  assertFree(to)
  const manifest = identityKey === null ? readManifest(backup) : readSignedManifest(backup, sealer(Buffer.from(identityKey)))
  assertNotNewer(backup, manifest)
  const wished = await whatWasWished(order, manifest)
  const target = beginIn(to)
  const within = target.folder
  try {
    await unpackBackup(backup, within, { key, manifest })
    const hasDefinitions = existsSync(join(within, 'definitions'))
    const context = await opening(within, hasDefinitions ? join(within, 'definitions') : undefined)
    let done: Pick<Restored, 'replayed' | 'held'>
    try {
      await assertKey(context)
      await assertDefinitions(context)
      await assertSameLog(context.stores.study.read, manifest)
      done = await makeReady(context, { manifest, name: nameOfBackup(manifest.madeAt), wished, isSigned: identityKey !== null }, clock)
    } finally {
      await closing(context)
    }
    await moveUp(within, to)
    target.end()
    return { ...done, manifest, hasDefinitions, listedUntil: wished?.until ?? null, unread: wished?.unread ?? [] }
  } catch (cause) {
    target.undo()
    throw cause instanceof Error && 'syscall' in cause ? notWritten(to, cause) : cause
  }
}

interface Unpacked {
  manifest: Manifest
  name: string
  wished: Wished | null
  isSigned: boolean
}

async function makeReady(
  context: Context,
  { manifest, name, wished, isSigned }: Unpacked,
  clock: Clock,
): Promise<Pick<Restored, 'replayed' | 'held'>> {
  const { study, identity } = context.stores
  const now = clock.now()
  // Mail last: of whoever stopped since, what was to go is called off, and nobody has to look into it.
  const replayed = wished === null ? null : await replayErasures(context, wished.lines)
  const held = await holdMail(context, { madeAt: manifest.madeAt, until: now })
  // What reports say of single cases goes with the answers.
  await removeKeptReports(context)
  await identity.withTx(removeStaffSessions)
  await study.withTx(async (tx) => {
    await removeAllSessions(tx)
    await markAllExportsRemoved(tx, now)
    // What is wished from here on stands in a list of its own: its events have numbers that were given once before.
    await goOnWithNewList(tx, now)
    const damaged = (wished?.unread.length ?? 0) > 0
    const detail = {
      backup: name,
      madeAt: manifest.madeAt,
      erasures: replayed !== null,
      ...(damaged && { damagedErasures: true }),
      ...(!isSigned && { signed: false }),
    }
    await logAccess(tx, accessEntry(now, { staffId: null, via: 'command', action: 'restored backup', outcome: 'allowed', detail }))
  })
  return { replayed, held }
}
