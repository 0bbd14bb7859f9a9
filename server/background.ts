/** Work that goes on after the request that asked for it was answered: exports, imports, reports, work on all cases. */
import { setTimeout as wait } from 'node:timers/promises'

/** Milliseconds that work gets to come to an end once it is told to stop. */
const usualPatience = 10_000

export class Background {
  readonly #stopping = new AbortController()
  readonly #work = new Set<Promise<unknown>>()

  /** Aborted once the process is to end: then nothing further is taken in hand, and what is left is for the next start. */
  get stopping(): AbortSignal {
    return this.#stopping.signal
  }

  /** Remembers work until it is over. What it rejects with is nobody's here: whoever began it says what became of it. */
  carryOn(work: Promise<unknown>): void {
    const over = work.catch(() => {}).finally(() => this.#work.delete(over))
    this.#work.add(over)
  }

  /** Either of the two ends a piece of work. */
  endedBy(own: AbortSignal): AbortSignal {
    return AbortSignal.any([own, this.stopping])
  }

  /** Tells all work to stop and waits until it has, or for so many milliseconds. */
  async stop(patience = usualPatience): Promise<void> {
    this.#stopping.abort()
    const over = new AbortController()
    await Promise.race([Promise.all(this.#work), wait(patience, undefined, { signal: over.signal }).catch(() => {})])
    over.abort()
  }
}
