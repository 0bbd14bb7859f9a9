/**
 * The one door for writing. Transactions that arrive together share a commit, so that they share its fsync, but none of
 * them is acknowledged before that commit is on disk: `withTx` resolves after COMMIT.
 *
 * Each unit of work runs in a savepoint of its own: one that fails is undone and rejects, its neighbours go on. On
 * PostgreSQL the same signature is a plain transaction.
 */
import { setTimeout as wait } from 'node:timers/promises'
import Database from 'better-sqlite3'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'

/** A connection on which queries run: inside a transaction, or for reading what is committed. */
export type Db = BetterSQLite3Database

interface Unit {
  work: (tx: Db) => Promise<unknown>
  resolve: (value: unknown) => void
  reject: (reason: unknown) => void
}

/** So many units at most share a commit: a bound on how long the first of them waits. */
const unitsPerCommit = 64

/** Milliseconds between two looks whether another process has stopped writing, and after which that is given up. */
const turn = { pause: 20, patience: 60_000 }

export class Writer {
  readonly #connection: Database.Database
  readonly #db: Db
  readonly #assertOwn: () => void
  readonly #statements: Record<'begin' | 'commit' | 'rollback' | 'savepoint' | 'release' | 'undo', Database.Statement>
  readonly #waiting: Unit[] = []
  #running: Promise<void> | undefined

  /** `assertOwn` throws where this process may not write any more: it is asked within each transaction, when nobody else can write. */
  constructor(connection: Database.Database, db: Db, assertOwn: () => void = () => {}) {
    this.#connection = connection
    this.#db = db
    this.#assertOwn = assertOwn
    // SQLite would wait inside the call, and nothing else in this process could go on meanwhile; see #begin.
    connection.pragma('busy_timeout = 0')
    this.#statements = {
      begin: connection.prepare('BEGIN IMMEDIATE'),
      commit: connection.prepare('COMMIT'),
      rollback: connection.prepare('ROLLBACK'),
      savepoint: connection.prepare('SAVEPOINT unit'),
      release: connection.prepare('RELEASE unit'),
      undo: connection.prepare('ROLLBACK TO unit'),
    }
  }

  /** Runs `work` in a transaction; resolves with its result once that is on disk. `work` must use only the `tx` it gets. */
  withTx<T>(work: (tx: Db) => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#waiting.push({ work, resolve: resolve as (value: unknown) => void, reject })
      this.#running ??= this.#pump()
    })
  }

  /** Resolves when nothing is waiting or under way. */
  async idle(): Promise<void> {
    while (this.#running) await this.#running
  }

  /**
   * Folds the log into the file and leaves it empty, so that what was deleted is in neither. False when somebody else, another
   * process too, is reading or writing at this moment.
   */
  async emptyLog(): Promise<boolean> {
    while (this.#running) await this.#running
    return this.#truncateLog()
  }

  #truncateLog(): boolean {
    const [outcome] = this.#connection.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[]
    return outcome?.busy === 0
  }

  async #pump(): Promise<void> {
    // A turn of the event loop lets requests that came in together join the first commit.
    await new Promise((resolve) => setImmediate(resolve))
    while (this.#waiting.length > 0) await this.#commit(this.#waiting.splice(0, unitsPerCommit))
    this.#running = undefined
  }

  async #commit(units: Unit[]): Promise<void> {
    const done: (() => void)[] = []
    try {
      await this.#begin()
      this.#assertOwn()
      for (const unit of units) done.push(await this.#run(unit))
      this.#statements.commit.run()
    } catch (reason) {
      if (this.#connection.inTransaction) this.#statements.rollback.run()
      this.#giveRoomBack()
      for (const unit of units) unit.reject(reason)
      return
    }
    for (const acknowledge of done) acknowledge()
  }

  /** Begins as soon as no other process is writing: an import of thousands of cases takes seconds. */
  async #begin(): Promise<void> {
    const until = performance.now() + turn.patience
    for (;;) {
      try {
        this.#statements.begin.run()
        return
      } catch (reason) {
        if (!(reason instanceof Database.SqliteError && reason.code === 'SQLITE_BUSY') || performance.now() > until) throw reason
        await wait(turn.pause)
      }
    }
  }

  /** What was rolled back still fills the log; on a full disk that room may be what the next commit needs. */
  #giveRoomBack(): void {
    try {
      this.#truncateLog()
    } catch {
      // Somebody is reading, or there is no room even for this: the log shrinks at a later checkpoint.
    }
  }

  async #run(unit: Unit): Promise<() => void> {
    this.#statements.savepoint.run()
    try {
      const value = await unit.work(this.#db)
      this.#statements.release.run()
      return () => unit.resolve(value)
    } catch (reason) {
      // A full disk can make SQLite roll back the whole transaction by itself; then there is nothing left to undo here.
      if (!this.#connection.inTransaction) throw reason
      this.#statements.undo.run()
      this.#statements.release.run()
      return () => unit.reject(reason)
    }
  }
}
