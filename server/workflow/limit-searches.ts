/** How often staff may look for somebody in vain: a name or an address that is guessed is looked for many times. */
import type { Context } from '../context.ts'
import { Refusal } from '../refusal.ts'
import { TriesLimiter } from './limit-tries.ts'

/** So many of one account in so many seconds. Who answers the telephone mistypes a few. */
const searches = { keyPrefix: 'search', points: 20, duration: 600 }

/** Who registers families looks for each of them once, or a few times. */
export const doubles = { keyPrefix: 'double', points: 60, duration: 600 }

export interface SearchLimit {
  /** Does `work` as a try, which counts until it found something. Refuses with `too-often` when there were too many, and says so first. */
  searching<T>(staffId: string, trying: { work(): Promise<T>; hasFound(result: T): boolean; slowed(): Promise<void> }): Promise<T>
}

export function limitSearches(context: Context, rate = searches): SearchLimit {
  const limiter = new TriesLimiter(context, rate)
  return {
    async searching(staffId, { work, hasFound, slowed }) {
      // Counted before it is looked at: of many at once only as many get through.
      const { consumedPoints, msBeforeNext } = await limiter.penalty(staffId)
      if (consumedPoints > rate.points) {
        await slowed()
        throw new Refusal('too-often', { retryAfter: Math.ceil(msBeforeNext / 1000) })
      }
      const result = await work()
      if (hasFound(result)) await limiter.reward(staffId)
      return result
    },
  }
}
