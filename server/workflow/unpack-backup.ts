/** Opens a backup into a folder, and checks that it is what its manifest says, byte by byte and row by row. */
import { rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathInside } from '../backup/inside.ts'
import { openerWith, recipientOf } from '../backup/keys.ts'
import type { Manifest } from '../backup/manifest.ts'
import { openSealedFile } from '../backup/sealed-file.ts'
import { checkDatabases } from '../db/check-databases.ts'
import { newestStep } from '../db/migrate.ts'
import { describeDatabase, fileOf, openCopy } from '../db/snapshot.ts'
import type { Db } from '../db/tx.ts'
import { Failure } from '../failure.ts'
import { makeFolders } from '../make-folders.ts'
import { checkAccessLog } from '../queries/access-log.ts'
import { latestEvent } from '../queries/erasures.ts'
import { erasureListOf } from './list-erasures.ts'
import { assertAsWritten } from './make-backup.ts'

/**
 * `folder` is there and empty; what is in it after a Failure is not to be used. `key`: the text of the secret key. `manifest`: what the
 * backup says of itself, read and looked at before.
 *
 * Throws a Failure where the backup is not whole or of a newer version, the key is another one, or what comes out is not what went in.
 */
export async function unpackBackup(backup: string, folder: string, { key, manifest }: { key: string; manifest: Manifest }): Promise<void> {
  assertNotNewer(backup, manifest)
  const mine = await recipientOf(key)
  if (mine !== manifest.recipient)
    throw new Failure(
      `The backup ${backup} is closed for ${manifest.recipient}; the key at hand belongs to ${mine}. Give BACKUP_KEY the other one.`,
    )
  await assertAsWritten(backup, manifest)
  for (const { path, sealed, plain } of manifest.files) {
    const to = pathInside(folder, path)
    makeFolders(dirname(to), 0o700)
    const opened = await openSealedFile(pathInside(backup, sealed), to, openerWith(key))
    if (opened.sha256 !== plain.sha256 || opened.bytes !== plain.bytes) {
      rmSync(to)
      throw new Failure(`${join(backup, sealed)} holds something else than the manifest says. Take another backup.`)
    }
  }
  await assertAsDescribed(backup, folder, manifest)
  await assertEndsAsSaid(backup, folder, manifest)
}

/** By what it says of itself. Throws a Failure. */
export function assertNotNewer(backup: string, { databases, nameting }: Pick<Manifest, 'databases' | 'nameting'>): void {
  if (databases.some(({ name, newest }) => newest > newestStep(name)))
    throw new Failure(
      `The backup ${backup} was made by a newer version of Nameting (${nameting}). Install that version or a later one; nothing was put back.`,
    )
}

async function assertAsDescribed(backup: string, folder: string, { databases }: Manifest): Promise<void> {
  const damage = checkDatabases(folder).flatMap(({ name, problems }) => problems.map((problem) => `${name}: ${problem}`))
  if (damage.length > 0) throw new Failure(`The backup ${backup} holds a damaged database: ${damage.join('; ')}.`)
  for (const { name, rows } of databases) {
    const found = describeDatabase(join(folder, fileOf(name))).rows
    const tables = new Set([...Object.keys(rows), ...Object.keys(found)])
    const differing = [...tables].filter((table) => rows[table] !== found[table])
    if (differing.length > 0)
      throw new Failure(
        `The backup ${backup} has other numbers of rows than its manifest says: ${differing.map((table) => `${name} ${table} ${found[table] ?? 'none'} instead of ${rows[table] ?? 'none'}`).join(', ')}.`,
      )
  }
}

/** By these what was wished after the backup is found in the list of erasures: wrong, and wishes are left out. */
async function assertEndsAsSaid(backup: string, folder: string, { erasures }: Manifest): Promise<void> {
  const study = openCopy(join(folder, fileOf('study')))
  try {
    const [list, event] = [await erasureListOf(study.db), await latestEvent(study.db)]
    if (event !== erasures.event)
      throw new Failure(`The backup ${backup} ends with event ${event}, and its manifest says ${erasures.event}. Take another backup.`)
    if (list !== erasures.list)
      throw new Failure(
        `The backup ${backup} is of the list of erasures ${list}, and its manifest says ${erasures.list}. Take another backup.`,
      )
  } finally {
    study.close()
  }
}

/** When what came out has been opened, and so brought up to date: whether its access log is the one that the manifest tells of. Throws a Failure. */
export async function assertSameLog(db: Db, { accessLog }: Pick<Manifest, 'accessLog'>): Promise<void> {
  const { broken, rows, last } = await checkAccessLog(db)
  if (broken !== null || rows !== accessLog.rows || last !== accessLog.last)
    throw new Failure('The access log in the backup is not the one that its manifest tells of. Take another backup.')
}
