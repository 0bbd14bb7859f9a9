/**
 * How often something may be tried in vain. rate-limiter-flexible counts; what it counted is in study.sqlite, so that starting anew
 * changes nothing. Its keys are marks: no address is stored.
 */
import { type IRateLimiterStoreOptions, RateLimiterRes } from 'rate-limiter-flexible'
import RateLimiterStoreAbstract from 'rate-limiter-flexible/lib/RateLimiterStoreAbstract.js'
import { after } from '../../protocols/local-time.ts'
import type { Context } from '../context.ts'
import { addTries, findTries, removeTries, setTries, type Tries } from '../queries/tries.ts'

/** A limiter of that library, with our store. Options are its own; `storeClient` is not used. */
export class TriesLimiter extends RateLimiterStoreAbstract {
  readonly #context: Context

  constructor(context: Context, options: Omit<IRateLimiterStoreOptions, 'storeClient'>) {
    super({ ...options, storeClient: null })
    this.#context = context
  }

  protected _upsert(key: string, points: number, milliseconds: number, isForced = false): Promise<Tries> {
    const now = this.#context.clock.now()
    const row = { key: this.#mark(key), count: points, expiresAt: after(now, milliseconds) }
    return this.#context.stores.study.withTx((tx) => (isForced ? setTries(tx, row) : addTries(tx, row, now)))
  }

  protected async _get(key: string): Promise<Tries | null> {
    return (await findTries(this.#context.stores.study.read, this.#mark(key), this.#context.clock.now())) ?? null
  }

  protected _delete(key: string): Promise<boolean> {
    return this.#context.stores.study.withTx((tx) => removeTries(tx, this.#mark(key)))
  }

  protected _getRateLimiterRes(_key: string, points: number, { count, expiresAt }: Tries): RateLimiterRes {
    const left = Math.max(0, Date.parse(expiresAt) - Date.parse(this.#context.clock.now()))
    return new RateLimiterRes(Math.max(0, this.points - count), left, count, count === points)
  }

  #mark(key: string): string {
    return this.#context.sealer.mark('tries', key)
  }
}

/** Links that are not known: so many from one address in so many seconds. A mail program that breaks links tries a few. */
const links = { keyPrefix: 'link', points: 20, duration: 600 }

/** Beyond that each further one waits a second. So many wait at once; whoever comes on top of them is answered at once. */
const wait = 1000
const mostWaiting = 50

export interface LinkGuard {
  /** A link that is not known came from `address`. Resolves with the seconds to wait before the next one; null where there is no need. */
  missed(address: string): Promise<number | null>
}

/** Slows whoever guesses links. A link that is known never comes by here. */
export function guardLinks(context: Context, pause: (milliseconds: number) => Promise<unknown>): LinkGuard {
  // What is far beyond is counted in memory only, so that a flood does not write.
  const limiter = new TriesLimiter(context, { ...links, inMemoryBlockOnConsumed: 2 * links.points, inMemoryBlockDuration: 10 })
  let waiting = 0
  return {
    async missed(address) {
      try {
        await limiter.consume(address)
        return null
      } catch (reason) {
        // What cannot be counted (a full disk) is no reason to answer in another way.
        if (!(reason instanceof RateLimiterRes)) return null
        if (waiting < mostWaiting) {
          waiting++
          await pause(wait).finally(() => waiting--)
        }
        return Math.ceil(reason.msBeforeNext / 1000)
      }
    },
  }
}
