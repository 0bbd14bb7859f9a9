/** A backup: both databases at one moment, kept reports and the study's own definitions, closed for a key that this server does not have. */
import { copyFileSync, globSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { nameOfBackup, partialName, removeAbandoned } from '../backup/backup-folder.ts'
import { addToErasureList, erasureListIn } from '../backup/erasure-list.ts'
import { pathInside } from '../backup/inside.ts'
import { closerFor } from '../backup/keys.ts'
import { removeLeftCopies, stagingFolder } from '../backup/left-copies.ts'
import { type Manifest, manifestName, readManifest, sealedName } from '../backup/manifest.ts'
import { measureFile, sealFile } from '../backup/sealed-file.ts'
import type { Clock } from '../clock.ts'
import { checkDatabases } from '../db/check-databases.ts'
import { databaseNames, describeDatabase, fileOf, keyNamesIn, openCopy, takeSnapshot } from '../db/snapshot.ts'
import { Failure } from '../failure.ts'
import { makeFolders } from '../make-folders.ts'
import { newId } from '../new-id.ts'
import { checkAccessLog } from '../queries/access-log.ts'
import { latestEvent } from '../queries/erasures.ts'
import { erasureListOf, listIn } from './list-erasures.ts'
import { assertNewestIsOwn, listsOf } from './own-backups.ts'

export interface BackupOrder {
  /** DATA_DIR. */
  data: string
  /** DEFINITIONS_DIR. */
  definitions?: string | undefined
  /** The folder of backups; it is made where there is none. */
  into: string
  /** `age1...` */
  recipient: string
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
export async function makeBackup({ data, definitions, into, recipient, id = newId() }: BackupOrder, clock: Clock): Promise<MadeBackup> {
  closerFor(recipient)
  const staging = stagingFolder(data, id)
  let partial: string | undefined
  try {
    makeFolders(into, 0o700)
    removeLeftCopies(data)
    await removeAbandoned(into, Date.parse(clock.now()))
    mkdirSync(staging, { mode: 0o700 })
    const madeAt = await copyBoth(data, staging, clock)
    const name = nameOfBackup(madeAt)
    partial = join(into, partialName(name, id))
    mkdirSync(partial, { mode: 0o700 })
    const described = await describe(staging, into)
    const reports = copyReports(data, staging)
    const own = definitions === undefined ? [] : ownFiles(definitions)
    const sources = [...databaseNames.map((one) => ({ path: fileOf(one), from: join(staging, fileOf(one)) })), ...reports, ...own]
    const files = await sealAll(sources, partial, recipient)
    const manifest: Manifest = { format: 1, nameting: version(), madeAt, recipient, ...described, files }
    writeFileSync(join(partial, manifestName), `${JSON.stringify(manifest, undefined, 2)}\n`, { flag: 'wx', flush: true })
    // As whoever puts it back will read it.
    await assertAsWritten(partial, readManifest(partial))
    for (const folder of [data, into]) await listBackup(staging, folder, { name, manifest })
    await syncFolders(partial)
    renameSync(partial, join(into, name))
    await syncFolder(into)
    return { name, path: join(into, name), manifest }
  } catch (cause) {
    if (partial !== undefined) rmSync(partial, { recursive: true, force: true })
    if (cause instanceof Failure || !isFileError(cause)) throw cause
    throw new Failure(`The backup cannot be made: ${cause.message}. Nothing was left behind; backups that were there are as they were.`)
  } finally {
    rmSync(staging, { recursive: true, force: true })
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

async function describe(staging: string, into: string): Promise<Pick<Manifest, 'databases' | 'accessLog' | 'identityKeys' | 'erasures'>> {
  const databases = databaseNames.map((name) => ({ name, ...describeDatabase(join(staging, fileOf(name))) }))
  const study = openCopy(join(staging, fileOf('study')))
  try {
    await assertNewestIsOwn(into, await listsOf(study.db))
    const { rows, last } = await checkAccessLog(study.db)
    return {
      databases,
      accessLog: { rows, last },
      identityKeys: keyNamesIn(join(staging, fileOf('identity'))),
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
