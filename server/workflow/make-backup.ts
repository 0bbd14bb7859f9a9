/** A backup: both databases at one moment, kept reports and the study's own definitions, closed for a key that this server does not have. */
import { copyFileSync, globSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type Sealer, sealer } from '../access/sealing.ts'
import { nameOfBackup, partialName, removeAbandoned } from '../backup/backup-folder.ts'
import { addToErasureList, erasureListIn } from '../backup/erasure-list.ts'
import { pathInside } from '../backup/inside.ts'
import { closerFor } from '../backup/keys.ts'
import { type Manifest, manifestName, sealedName } from '../backup/manifest.ts'
import { measureFile, sealFile } from '../backup/sealed-file.ts'
import { readSignedManifest, signatureName, signatureOf } from '../backup/signature.ts'
import type { Clock } from '../clock.ts'
import { checkDatabases } from '../db/check-databases.ts'
import { assertPutBack } from '../db/put-back.ts'
import { databaseNames, describeDatabase, fileOf, keyNamesIn, openCopy, takeSnapshot } from '../db/snapshot.ts'
import { Failure } from '../failure.ts'
import { makeFolders } from '../make-folders.ts'
import { newId } from '../new-id.ts'
import { checkAccessLog } from '../queries/access-log.ts'
import { latestEvent } from '../queries/erasures.ts'
import { otherKey } from './assert-key.ts'
import { makeStaging, removeLeftCopies, type Staging } from './left-copies.ts'
import { erasureListOf, listIn } from './list-erasures.ts'
import { assertNewestIsOwn, listsOf } from './own-backups.ts'
import { assertRoomForCopies } from './room-for-copies.ts'

export interface BackupOrder {
  /** DATA_DIR. */
  data: string
  /** DEFINITIONS_DIR. */
  definitions?: string | undefined
  /** The folder of backups; it is made where there is none. */
  into: string
  /** `age1...` */
  recipient: string
  /** IDENTITY_KEY: signs it. */
  identityKey: Uint8Array
  /** By which what it leaves behind can be found when it is cut off; a new one unless given. */
  id?: string
}

export interface MadeBackup {
  name: string
  path: string
  manifest: Manifest
}

/**
 * Makes a backup while the server goes on, and reads it back. Under its name it is there whole or not at all.
 *
 * The databases lie in the data folder for as long as it takes, in clear: what is copied must not leave it so. Throws a Failure when a
 * database is damaged, since a backup of it would take the place of a good one, or when something cannot be read or written.
 */
export async function makeBackup(
  { data, definitions, into, recipient, identityKey, id = newId() }: BackupOrder,
  clock: Clock,
): Promise<MadeBackup> {
  closerFor(recipient)
  const signer = sealer(Buffer.from(identityKey))
  let staged: Staging | undefined
  let partial: string | undefined
  try {
    assertPutBack({ data })
    makeFolders(into, 0o700)
    removeLeftCopies(data)
    await removeAbandoned(into, Date.parse(clock.now()))
    assertRoomForCopies(data, into)
    staged = makeStaging(data, id)
    const staging = staged.folder
    const madeAt = await copyBoth(data, staging, clock)
    const name = nameOfBackup(madeAt)
    partial = join(into, partialName(name, id))
    mkdirSync(partial, { mode: 0o700 })
    const described = await describe(staging, into, signer)
    const reports = copyReports(data, staging)
    const own = definitions === undefined ? [] : ownFiles(definitions)
    const sources = [...databaseNames.map((one) => ({ path: fileOf(one), from: join(staging, fileOf(one)) })), ...reports, ...own]
    const files = await sealAll(sources, partial, recipient)
    const manifest: Manifest = { format: 1, nameting: version(), madeAt, recipient, ...described, files }
    const text = `${JSON.stringify(manifest, undefined, 2)}\n`
    writeFileSync(join(partial, manifestName), text, { flag: 'wx', flush: true })
    writeFileSync(join(partial, signatureName), signatureOf(text, signer), { flag: 'wx', flush: true })
    // As whoever puts it back will read it.
    await assertAsWritten(partial, readSignedManifest(partial, signer))
    for (const folder of [data, into]) await listBackup(staging, folder, { name, manifest })
    await syncFolders(partial)
    renameSync(partial, join(into, name))
    await syncFolder(into)
    return { name, path: join(into, name), manifest }
  } catch (cause) {
    const isGone = partial === undefined || isRemoved(partial)
    if (cause instanceof Failure || !isFileError(cause)) throw cause
    const left = isGone ? 'Nothing was left behind' : `A later backup removes ${partial}, which could not be removed now`
    throw new Failure(`The backup cannot be made: ${cause.message}. ${left}; backups that were there are as they were.`)
  } finally {
    staged?.remove()
  }
}

/** On a disk that is gone or broken it is not; that is no reason to tell something else than why. */
function isRemoved(path: string): boolean {
  try {
    rmSync(path, { recursive: true, force: true })
    return true
  } catch {
    return false
  }
}

async function copyBoth(data: string, staging: string, clock: Clock): Promise<string> {
  const snapshot = await takeSnapshot(data, () => clock.now())
  try {
    await snapshot.copyInto(staging)
  } finally {
    snapshot.close()
  }
  const damage = checkDatabases(staging).flatMap(({ name, problems }) => problems.map((problem) => `${name}: ${problem}`))
  if (damage.length > 0) throw new Failure(`A damaged database is not backed up (${damage.join('; ')}). Restore the last good backup.`)
  return snapshot.madeAt
}

type Described = Pick<Manifest, 'databases' | 'accessLog' | 'identityKeys' | 'erasures'>

async function describe(staging: string, into: string, { keyId }: Pick<Sealer, 'keyId'>): Promise<Described> {
  const identityKeys = keyNamesIn(join(staging, fileOf('identity')))
  // One that is signed with another key could not be put back with the right one.
  if (identityKeys.length > 0 && !identityKeys.includes(keyId)) throw otherKey(keyId, identityKeys)
  const databases = databaseNames.map((name) => ({ name, ...describeDatabase(join(staging, fileOf(name))) }))
  const study = openCopy(join(staging, fileOf('study')))
  try {
    await assertNewestIsOwn(into, await listsOf(study.db))
    const { rows, last } = await checkAccessLog(study.db)
    return {
      databases,
      accessLog: { rows, last },
      identityKeys,
      erasures: { list: await erasureListOf(study.db), event: await latestEvent(study.db) },
    }
  } finally {
    study.close()
  }
}

/** Reports that are kept say what was told at the time; exports are gone within days, and can be made again. */
function copyReports(data: string, staging: string): Source[] {
  const names = globSync('reports/*/**/*', { cwd: data }).map((name) => name.replaceAll('\\', '/'))
  return names.sort().flatMap((path) => {
    // What is half written, or removed at this moment.
    if (path.split('/').some((part) => part.startsWith('.')) || !statSync(join(data, path), { throwIfNoEntry: false })?.isFile()) return []
    makeFolders(join(staging, dirname(path)), 0o700)
    try {
      copyFileSync(join(data, path), join(staging, path))
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return []
      throw cause
    }
    return [{ path, from: join(staging, path) }]
  })
}

interface Source {
  path: string
  from: string
}

/** Without them a study in licensed wording does not start. */
const ownFiles = (definitions: string): Source[] =>
  globSync('{instruments,norms,protocols}/**/*.json', { cwd: definitions })
    .sort()
    .map((name) => ({ path: `definitions/${name.replaceAll('\\', '/')}`, from: join(definitions, name) }))

async function sealAll(sources: readonly Source[], folder: string, recipient: string): Promise<Manifest['files']> {
  const files: Manifest['files'] = []
  for (const { path, from } of sources) {
    const sealed = sealedName(path)
    makeFolders(join(folder, dirname(path)), 0o700)
    const measured = await sealFile(from, join(folder, sealed), closerFor(recipient))
    files.push({ path, sealed, plain: measured.plain, closed: measured.sealed })
  }
  return files
}

/** Without the key nobody can look inside; that every byte is on the disk as it was written can be seen. Throws a Failure. */
export async function assertAsWritten(folder: string, { files }: Pick<Manifest, 'files'>): Promise<void> {
  for (const { sealed, closed } of files) {
    const path = pathInside(folder, sealed)
    const found = await measureFile(path).catch((cause: Error) => {
      throw new Failure(`The backup is not whole: ${path} cannot be read (${cause.message}).`)
    })
    if (found.sha256 !== closed.sha256 || found.bytes !== closed.bytes)
      throw new Failure(`The backup is not whole: ${path} is not as it was written. Take another one, and look at the disk.`)
  }
}

/** In the data folder and beside the backups, before the backup has its name: a list that knows a backup has everything up to it. */
async function listBackup(
  staging: string,
  folder: string,
  { name, manifest: { erasures, madeAt } }: Omit<MadeBackup, 'path'>,
): Promise<void> {
  const study = openCopy(join(staging, fileOf('study')))
  try {
    await listIn(study.db, folder)
    await addToErasureList(erasureListIn(folder), [{ ...erasures, at: madeAt, what: 'backup made', backup: name }])
  } finally {
    study.close()
  }
}

async function syncFolders(folder: string): Promise<void> {
  for (const inner of globSync('**/', { cwd: folder })) await syncFolder(join(folder, inner))
  await syncFolder(folder)
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

const isFileError = (cause: unknown): cause is NodeJS.ErrnoException =>
  cause instanceof Error && ('syscall' in cause || ('code' in cause && String(cause.code).startsWith('SQLITE_')))

const version = (): string =>
  (JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string }).version
