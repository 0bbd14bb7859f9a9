/**
 * Work that a process has in hand for somebody at the desk. That its process is there, and how far it is, are in the database: every server
 * tells the same of it and can have it stopped, and of one whose process is gone each knows that nothing comes of it any more.
 */
import type { Context } from '../context.ts'
import type { Db } from '../db/tx.ts'
import {
  allUnderWay,
  askToStop,
  insertUnderWay,
  type Progress,
  removeUnderWay,
  renewUnderWay,
  type UnderWay,
} from '../queries/under-way.ts'

/** Milliseconds after which a process says anew that it is there. */
const renewal = 2_000
/** A process on another data folder of which nothing is heard for so many milliseconds is taken to be gone. */
const patience = 30_000

export interface Piece {
  /** To be changed as the work goes on. */
  progress: Progress
  /** Aborted when somebody stops it, here or at another server. */
  stopped: AbortSignal
}

/** How far those are whose process is there, by id. */
export type Known = ReadonlyMap<string, Progress>

type Surroundings = Pick<Context, 'stores' | 'clock' | 'place' | 'presence'>

/** Ids of what some process has in hand. Ask before the rows of that work are read: what has ended since is told as it was. */
export async function idsInHand(context: Surroundings): Promise<ReadonlySet<string>> {
  return new Set((await allUnderWay(context.stores.study.read)).filter((row) => isInHand(context, row)).map(({ id }) => id))
}

/** On one data folder the lock of a process tells at once; between several that see one database, what was last heard. */
function isInHand({ presence, place, clock }: Surroundings, { id, process, heardAt }: UnderWay): boolean {
  if (process === presence.name) return presence.inHand.has(id)
  return presence.knows(process) ?? (place.database !== undefined && Date.parse(heardAt) + patience > Date.parse(clock.now()))
}

/** What this process has in hand of one kind of work. */
export class InHand {
  readonly #context: Surroundings
  readonly #here = new Map<string, { piece: Piece; abort: AbortController; renewing?: NodeJS.Timeout }>()

  constructor(context: Surroundings) {
    this.#context = context
  }

  /**
   * Takes a piece in hand. `insert` writes its row and says true, or says false (or throws) where that cannot be, by what is known of the
   * others; then nothing is taken, and this resolves with null. Whoever takes one calls `letGo` in the end.
   */
  async take(id: string, progress: Progress, insert: (tx: Db, known: Known) => Promise<boolean>): Promise<Piece | null> {
    this.#show()
    const { stores, clock, presence } = this.#context
    const abort = new AbortController()
    const piece = { progress, stopped: abort.signal }
    // Before it is written: whoever reads its row finds it in hand.
    this.#here.set(id, { piece, abort })
    presence.inHand.add(id)
    let isTaken = false
    try {
      isTaken = await stores.study.withTx(async (tx) => {
        const rows = await allUnderWay(tx)
        if (!(await insert(tx, this.#known(rows)))) return false
        for (const row of rows) if (!isInHand(this.#context, row)) await removeUnderWay(tx, row.id)
        await insertUnderWay(tx, { id, process: presence.name, heardAt: clock.now(), progress, stopAskedAt: null })
        return true
      })
    } finally {
      if (!isTaken) this.#forget(id)
    }
    if (!isTaken) return null
    // What cannot be written now is written the next time.
    const renewing = setInterval(() => void this.#renew(id).catch(() => {}), renewal).unref()
    this.#here.set(id, { piece, abort, renewing })
    return piece
  }

  /** How far those in hand are, here and at other servers. Ask before their rows are read: what has ended since is told as it was. */
  async known(): Promise<Known> {
    return this.#known(await allUnderWay(this.#context.stores.study.read))
  }

  /** Asks whoever has it in hand to stop; at another server that takes a moment. */
  async stop(id: string): Promise<void> {
    const { stores, clock } = this.#context
    const own = this.#here.get(id)
    if (own) own.abort.abort()
    else await stores.study.withTx((tx) => askToStop(tx, id, clock.now()))
  }

  /** It has ended, and its end is written. What cannot be removed now is a moment later, or when the next one is taken in hand. */
  async letGo(id: string): Promise<void> {
    clearInterval(this.#here.get(id)?.renewing)
    this.#forget(id)
    await this.#remove(id)
  }

  #forget(id: string): void {
    this.#here.delete(id)
    this.#context.presence.inHand.delete(id)
  }

  /** Until it is done: other servers take its row for work that goes on as long as this process is there. */
  async #remove(id: string): Promise<void> {
    const { stores, presence } = this.#context
    try {
      await stores.study.withTx((tx) => removeUnderWay(tx, id))
    } catch {
      if (!presence.hasEnded) setTimeout(() => void this.#remove(id), renewal).unref()
    }
  }

  #known(rows: readonly UnderWay[]): Known {
    const elsewhere = rows.filter((row) => row.process !== this.#context.presence.name && isInHand(this.#context, row))
    const known = new Map(elsewhere.map(({ id, progress }) => [id, progress]))
    for (const [id, { piece }] of this.#here) known.set(id, piece.progress)
    return known
  }

  async #renew(id: string): Promise<void> {
    const own = this.#here.get(id)
    if (!own) return
    const { stores, clock } = this.#context
    if (await stores.study.withTx((tx) => renewUnderWay(tx, id, clock.now(), own.piece.progress))) own.abort.abort()
  }

  #show(): void {
    const { presence, place } = this.#context
    try {
      presence.show()
    } catch (cause) {
      // There what was last heard tells as well.
      if (!place.database) throw cause
    }
  }
}
