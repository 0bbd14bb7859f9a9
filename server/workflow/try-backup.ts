/** Whether a backup can be relied on: it is put back beside the data, opened and looked at, and removed again. */
import { existsSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { sealer } from '../access/sealing.ts'
import { readManifest } from '../backup/manifest.ts'
import { readSignedManifest } from '../backup/signature.ts'
import type { Context } from '../context.ts'
import { Failure } from '../failure.ts'
import { assertDefinitions } from './assert-definitions.ts'
import { assertKey } from './assert-key.ts'
import { makeStaging } from './left-copies.ts'
import { assertAsWritten } from './make-backup.ts'
import { assertSameLog, unpackBackup } from './unpack-backup.ts'

export interface TriedBackup {
  name: string
  madeAt: string
  /**
   * whole: every byte is as it was written, which is all that can be said without the key. opened: it was put back, and counts what its
   * manifest says. booted: what was put back opens with the keys and definitions at hand.
   */
  outcome: 'whole' | 'opened' | 'booted'
}

export interface Trying {
  /** The folder of the backup. */
  backup: string
  /** The data folder: what comes out must lie nowhere else, and is gone when this is over. */
  data: string
  /** The text of the secret key, where it is at hand. */
  key?: string | undefined
  /** IDENTITY_KEY, where it is at hand: then the backup has to be signed with it. */
  identityKey?: Uint8Array | undefined
  /** Opens what was put back; undefined where a setting is missing for that. */
  opening?: ((data: string, definitions: string | undefined) => Promise<Context>) | undefined
  closing(context: Context): Promise<void>
}

/** Throws a Failure that says why it cannot be relied on. */
export async function tryBackup({ backup, data, key, identityKey, opening, closing }: Trying): Promise<TriedBackup> {
  const manifest = identityKey === undefined ? readManifest(backup) : readSignedManifest(backup, sealer(Buffer.from(identityKey)))
  const tried = { name: basename(resolve(backup)), madeAt: manifest.madeAt }
  if (key === undefined) {
    await assertAsWritten(backup, manifest)
    return { ...tried, outcome: 'whole' }
  }
  const staging = makeStaging(data)
  const within = staging.folder
  try {
    await unpackBackup(backup, within, { key, manifest })
    if (opening === undefined) return { ...tried, outcome: 'opened' }
    const own = join(within, 'definitions')
    const context = await opening(within, existsSync(own) ? own : undefined)
    try {
      await assertKey(context)
      await assertDefinitions(context)
      await assertSameLog(context.stores.study.read, manifest)
    } finally {
      await closing(context)
    }
    return { ...tried, outcome: 'booted' }
  } catch (cause) {
    if (cause instanceof Failure) throw new Failure(`${backup} cannot be put back: ${cause.message}`)
    throw cause
  } finally {
    staging.remove()
  }
}
