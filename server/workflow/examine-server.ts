/** What can keep a server from doing its work, looked at from inside. */
import { access, constants, open, stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { inTime } from '../backup/in-time.ts'
import type { Context } from '../context.ts'
import { plainReason } from '../plain-reason.ts'
import { askIdentity, askStudy, type Queues, queues, tryIdentity, tryStudy } from '../queries/queues.ts'
import { lastBackup } from './nightly-backup.ts'

/** One thing that was looked at. `reason` says what is wrong, for whoever looks after the server; null where nothing is. */
export interface Check {
  name: 'database' | 'clock' | 'ticker' | 'mail' | 'disk' | 'backup' | 'stopping'
  reason: string | null
}

/** Milliseconds for a database or a disk to answer. */
const patience = 3_000

/** Bytes. With less a day of imports, exports or a backup may fill the disk; answers are taken until it is full. */
const leastFree = 256 * 1024 * 1024

/** Whether both are of this version, answer and can be written: whoever reads only would not notice that a disk, or a server, has become read-only. */
export async function examineDatabase({ stores, place }: Pick<Context, 'stores' | 'place'>): Promise<Check> {
  const look = async (): Promise<void> => {
    // First of all: what a newer version has changed may not answer as it did.
    await assertOwnVersion({ stores })
    const asked = [askStudy(stores.study.read), askIdentity(stores.identity.read)]
    await Promise.all([...asked, place.database ? assertTaken(stores) : assertWritable(place.data, fileNames)])
  }
  return { name: 'database', reason: await failureOf(look()) }
}

/** Rejects with a Failure once a newer version has brought one of them up to date: then nothing further is to be done here. */
export async function assertOwnVersion({ stores: { study, identity } }: Pick<Context, 'stores'>): Promise<void> {
  await Promise.all([study.assertOwnVersion(), identity.assertOwnVersion()])
}

/** Over the connections that write: a standby answers whoever reads, and so does a server that was told to write nothing. */
async function assertTaken({ study, identity }: Context['stores']): Promise<void> {
  try {
    await Promise.all([study.withTx(tryStudy), identity.withTx(tryIdentity)])
  } catch (thrown) {
    const { message } = plainReason(thrown)
    if (!/read-only|hot standby/.test(message)) throw thrown
    throw new Error(`PostgreSQL can only be read: it is a standby, or default_transaction_read_only is on (${message})`)
  }
}

export async function examineDisk(context: Pick<Context, 'place'>): Promise<Check> {
  try {
    await inTime(assertWritable(context.place.data), patience)
    const free = await inTime(freeBytes(context), patience)
    const few = `${Math.floor(free / 1024 / 1024)} MB are left on the disk of the data folder, and ${leastFree / 1024 / 1024} are wanted`
    return { name: 'disk', reason: free < leastFree ? few : null }
  } catch (thrown) {
    return { name: 'disk', reason: plainReason(thrown).message }
  }
}

const backupProblems = {
  failed: 'the last backup could not be made',
  old: 'there is no backup of the last 36 hours',
  unreadable: 'the folder of backups cannot be read',
}

/** Null where no backups are to be made here. */
export async function examineBackup(context: Pick<Context, 'stores' | 'clock' | 'backups'>): Promise<Check | null> {
  try {
    const last = await lastBackup(context)
    return last && { name: 'backup', reason: last.problem && backupProblems[last.problem] }
  } catch (thrown) {
    return { name: 'backup', reason: plainReason(thrown).message }
  }
}

/**
 * Opens a file in the folder that has no name and is gone at once, where the system knows such files: a disk that broke may say that it can
 * be written, and does not let anybody. Takes as much time as a look, and no room.
 */
async function assertWritable(folder: string, names: readonly string[] = []): Promise<void> {
  try {
    await access(folder, constants.W_OK)
    for (const name of names) await access(join(folder, name), constants.W_OK).catch(unlessMissing)
    if (process.platform === 'linux') await (await open(folder, constants.O_RDWR | nameless, 0o600)).close()
  } catch (thrown) {
    const { code } = thrown as { code?: string }
    // NFS and some others know no such files.
    if (code !== 'EOPNOTSUPP' && code !== 'EISDIR') throw new Error(`the data folder cannot be written: ${plainReason(thrown).message}`)
  }
}

/** O_TMPFILE of Linux. */
const nameless = 0o20200000

function unlessMissing(thrown: { code?: string }): void {
  if (thrown.code !== 'ENOENT') throw thrown
}

async function failureOf(work: Promise<unknown>): Promise<string | null> {
  try {
    await inTime(work, patience)
    return null
  } catch (thrown) {
    return plainReason(thrown).message
  }
}

export interface Sizes {
  queues: Queues
  /** Seconds for which the first of the mails that are due waits. */
  oldestDue: number
  /** Bytes of each file of the databases, by its name; none for PostgreSQL. */
  files: Record<string, number>
  freeBytes: number
}

/** How much there is, in numbers only. */
export async function sizesOf(context: Pick<Context, 'stores' | 'clock' | 'place'>): Promise<Sizes> {
  const now = context.clock.now()
  const found = await queues(context.stores.study.read, now)
  return {
    queues: found,
    oldestDue: found.dueSince === null ? 0 : Math.max(0, Date.parse(now) - Date.parse(found.dueSince)) / 1000,
    files: await fileSizes(context),
    freeBytes: await freeBytes(context),
  }
}

async function fileSizes({ place }: Pick<Context, 'place'>): Promise<Record<string, number>> {
  if (place.database) return {}
  const sizes = await Promise.all(fileNames.map(async (name) => [name, await sizeOf(join(place.data, name))] as const))
  return Object.fromEntries(sizes)
}

const fileNames = ['study.sqlite', 'study.sqlite-wal', 'identity.sqlite', 'identity.sqlite-wal']

const sizeOf = (path: string): Promise<number> =>
  stat(path).then(
    ({ size }) => size,
    () => 0,
  )

/** What is left for an ordinary account on the disk of the data folder. */
async function freeBytes({ place }: Pick<Context, 'place'>): Promise<number> {
  const { bavail, bsize } = await statfs(place.data)
  return bavail * bsize
}
