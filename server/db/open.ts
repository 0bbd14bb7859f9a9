/** Opens the two files of a data folder (or their like in PostgreSQL, see postgres/), brings them to the newest schema and asserts how they write. */
import { accessSync, closeSync, constants, existsSync, fsyncSync, openSync, readSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { Failure } from '../failure.ts'
import { makeFolders } from '../make-folders.ts'
import { assertDialect } from './dialect.ts'
import { type Migrated, migrate, migrateTogether, versionCheck } from './migrate.ts'
import { OwnVersion } from './own-version.ts'
import type { DatabasePlace } from './place.ts'
import { assertPutBack } from './put-back.ts'
import { type Db, Writer } from './tx.ts'

/** One database: `read` sees what is committed, `withTx` writes. */
export interface Store {
  read: Db
  withTx: Writer['withTx']
  emptyLog: Writer['emptyLog']
  /** The file, for backups and tests; in PostgreSQL the address of the database, without the password. */
  path: string
  /** Looks whether a newer version has brought a database up to date, and rejects with a Failure then. `withTx` writes nothing from then on. */
  assertOwnVersion(): Promise<void>
  /** Aborted once that was seen, in either database, with that Failure as its reason. */
  outdated: AbortSignal
  close(): Promise<void>
}

export interface Stores {
  study: Store
  identity: Store
}

/** Every commit is synced (FULL), deleted content is overwritten, references hold. Read back, since a pragma that is not understood is ignored. */
const promises = { journal_mode: 'wal', synchronous: 2, secure_delete: 1, foreign_keys: 1 }

export interface Opening {
  /** False only for a folder that nobody relies on before it is whole: then all of it is synced once, at closing. */
  sync?: boolean
}

/**
 * Opens (and makes, when new) `identity.sqlite` and `study.sqlite` in the data folder, or the two schemas in PostgreSQL.
 * Throws a Failure that says what to do when the folder cannot be written, a file is not a database or is too new.
 */
export async function openStores(place: DatabasePlace, opening: Opening = {}): Promise<Stores> {
  assertDialect(place)
  // Also where the databases are elsewhere: files that are kept, and lists of erasures, are in it.
  assertWritable(place.data)
  if (place.database) return await (await import('./postgres/open.ts')).openStores(place.database)
  upgrade(place.data, opening)
  const own = new OwnVersion()
  return { identity: openStore(place.data, 'identity', own, opening), study: openStore(place.data, 'study', own, opening) }
}

/** Opens `study.sqlite`, or the schema of that name, only, for work that has nothing to do with who people are. Throws like `openStores`. */
export async function openStudyStore(place: DatabasePlace): Promise<Store> {
  assertDialect(place)
  if (place.database) return await (await import('./postgres/open.ts')).openStudyStore(place.database)
  assertPutBack(place)
  assertWritable(place.data)
  return openStore(place.data, 'study', new OwnVersion())
}

/** Whether there is nothing yet in a data folder: `openStores` begins a new installation. What is in PostgreSQL is not looked at. */
export const isNewFolder = ({ data, database }: DatabasePlace): boolean =>
  database === undefined && filesIn(data).every(({ path }) => !existsSync(path))

const filesIn = (directory: string) => (['identity', 'study'] as const).map((name) => ({ name, path: join(directory, `${name}.sqlite`) }))

function assertWritable(directory: string): void {
  try {
    makeFolders(directory, 0o700)
    accessSync(directory, constants.W_OK | constants.X_OK)
  } catch (cause) {
    throw new Failure(
      `The data folder ${directory} cannot be written (${(cause as Error).message}). Give the server's account write access, or set DATA_DIR to another folder.`,
    )
  }
}

/**
 * Brings both files to the newest schema, or neither. Files that are not there yet are made later, both: where only one has anything in
 * it, the other was lost, and an empty one beside it would look like a study without names, or names without a study.
 */
function upgrade(directory: string, { sync = true }: Opening): void {
  const paths = filesIn(directory)
  const old = paths.filter(({ path }) => existsSync(path))
  for (const { path } of old) assertDatabaseFile(path)
  if (old.length < paths.length) {
    const [lost] = paths.filter((one) => !old.includes(one))
    for (const { path } of old) if (lost && hasRows(path)) throw withoutTheOther(path, lost.path)
    return
  }
  const opened: Migrated[] = []
  try {
    for (const { name, path } of old) opened.push({ name, connection: opening(path, sync) })
    migrateTogether(opened)
  } finally {
    for (const { connection } of opened) connection.close()
  }
}

const withoutTheOther = (path: string, lost: string): Failure =>
  new Failure(
    `There is ${path} and no ${lost}: the two belong together. Put the one that is missing back to where it was; if it is lost, put both ` +
      'back from one backup, into an empty folder (`nameting restore`). Nothing was made or changed.',
  )

/** Whether there is anything in a database beside its schema: a first start that was cut off leaves one without. */
function hasRows(path: string): boolean {
  try {
    const connection = new Database(path, { readonly: true, fileMustExist: true, timeout: 5_000 })
    try {
      const names = connection
        .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name <> '__drizzle_migrations' AND name NOT LIKE 'sqlite%'")
        .pluck()
        .all()
      return names.some((name) => connection.prepare(`SELECT 1 FROM "${String(name).replaceAll('"', '""')}" LIMIT 1`).get() !== undefined)
    } finally {
      connection.close()
    }
  } catch (cause) {
    throw notOpened(path, cause)
  }
}

/** A connection, or a Failure that says what to do. */
function opening(path: string, sync: boolean): Database.Database {
  try {
    return connect(path, sync)
  } catch (cause) {
    throw notOpened(path, cause)
  }
}

function notOpened(path: string, cause: unknown): Failure {
  const { message, code = '' } = cause as Error & { code?: string }
  const advice = /^SQLITE_(IOERR|FULL|READONLY|CANTOPEN)/.test(code)
    ? 'Is the disk full, or can it only be read? Nothing is wrong with what is in it yet: make room, or see to it that it can be written'
    : 'Restore it from a backup, or move it away to start anew'
  return new Failure(`The database ${path} cannot be opened: ${message}. ${advice}; nothing was changed.`)
}

function openStore(directory: string, name: 'identity' | 'study', own: OwnVersion, { sync = true }: Opening = {}): Store {
  const path = join(directory, `${name}.sqlite`)
  assertDatabaseFile(path)
  try {
    // Made here when new, for this account's eyes only; SQLite gives the files beside it the same rights.
    closeSync(openSync(path, 'a', 0o600))
    const writing = connect(path, sync)
    migrate(writing, name)
    const reading = connect(path, sync)
    reading.pragma('query_only = ON')
    const writer = new Writer(writing, drizzle(writing, { casing: 'snake_case' }), versionCheck(writing, name, own))
    const look = versionCheck(reading, name, own)
    return {
      path,
      read: drizzle(reading, { casing: 'snake_case' }),
      withTx: (work) => writer.withTx(work),
      emptyLog: () => writer.emptyLog(),
      assertOwnVersion: async () => look(),
      outdated: own.outdated,
      async close() {
        await writer.idle()
        reading.close()
        writing.close()
        if (!sync) syncFile(path)
      },
    }
  } catch (cause) {
    if (cause instanceof Failure) throw cause
    throw notOpened(path, cause)
  }
}

/** One file by itself, for whoever moves what is in it. `make`: it is made when new, and brought to the newest schema. */
export function openFile(directory: string, name: 'identity' | 'study', how: 'make' | 'as it is'): Database.Database {
  const path = join(directory, `${name}.sqlite`)
  assertPutBack({ data: directory })
  assertWritable(directory)
  assertDatabaseFile(path)
  if (how === 'make') closeSync(openSync(path, 'a', 0o600))
  const connection = connect(path, true)
  if (how === 'make') migrate(connection, name)
  return connection
}

/** The last connection has folded the log into it. */
function syncFile(path: string): void {
  const file = openSync(path, 'r+')
  fsyncSync(file)
  closeSync(file)
}

function connect(path: string, sync: boolean): Database.Database {
  const connection = new Database(path, { timeout: 5_000 })
  connection.pragma('journal_mode = WAL')
  connection.pragma(`synchronous = ${sync ? 'FULL' : 'OFF'}`)
  connection.pragma('secure_delete = ON')
  connection.pragma('foreign_keys = ON')
  // Pages stay in memory between answers, and the log is folded in less often: both only cost room.
  connection.pragma('cache_size = -32000')
  connection.pragma('wal_autocheckpoint = 4000')
  for (const [pragma, expected] of Object.entries({ ...promises, ...(sync ? {} : { synchronous: 0 }) })) {
    const actual = connection.pragma(pragma, { simple: true })
    if (actual !== expected) throw new Error(`${pragma} is ${actual} where ${expected} was promised`)
  }
  return connection
}

/** A file that is not a database would be reported by SQLite only at the first query; say it before anything is touched. */
export function assertDatabaseFile(path: string): void {
  if (!existsSync(path)) return
  const head = Buffer.alloc(16)
  const file = openSync(path, 'r')
  const length = readSync(file, head)
  closeSync(file)
  if (length > 0 && head.toString('latin1') !== 'SQLite format 3\0')
    throw new Failure(`${path} is not a database. Move it away, or restore ${path} from a backup; it was left as it is.`)
}
