/**
 * Slows whoever guesses passwords and codes, without locking a colleague out.
 *
 * Tries count before they are looked at, and no longer once they succeed. From one network address an account can be tried a few
 * times in a while, and all accounts together a bit more often. Of an account that fails from everywhere each address gets one try:
 * guesses that are spread are slowed as well, and its owner still comes in with the right one.
 */
import type { Context } from '../context.ts'
import { Refusal } from '../refusal.ts'
import { TriesLimiter } from './limit-tries.ts'

const minute = 60
/** One account from one address. */
const pairs = { keyPrefix: 'pair', points: 5, duration: 15 * minute }
/** All accounts from one address: there may be a whole office behind it. */
const addresses = { keyPrefix: 'address', points: 50, duration: 60 * minute }
/** One account from everywhere; beyond this it is under pressure. */
const accounts = { keyPrefix: 'account', points: 30, duration: 60 * minute }
const underPressure = 1

export interface Trying {
  kind: 'password' | 'code' | 'key'
  /** Which account is tried, whether or not it exists. */
  account: string
  /** The network address it comes from. */
  from: string
}

export interface SignInGuard {
  /** Does `work` as a try: refuses with `sign-in-slowed` when there were too many, and forgets this one when it succeeds. */
  trying<T>(what: Trying, work: () => Promise<T>): Promise<T>
}

export function guardSignIn(context: Context): SignInGuard {
  const [ofPair, ofAddress, ofAccount] = [pairs, addresses, accounts].map((options) => new TriesLimiter(context, options)) as [
    TriesLimiter,
    TriesLimiter,
    TriesLimiter,
  ]
  return {
    async trying({ kind, account, from }, work) {
      const all = `${kind} ${account.trim().toLowerCase()}`
      const pair = `${all} ${from}`
      const pressed = ((await ofAccount.get(all))?.consumedPoints ?? 0) >= accounts.points
      const most = pressed ? underPressure : pairs.points
      // Looked at first, so that whoever is told to wait and does not listen makes the server write nothing.
      refuseBeyond(await ofPair.get(pair), most - 1)
      refuseBeyond(await ofAddress.get(from), addresses.points - 1)
      // Counted then, in one go: of many at once only as many get through.
      const counted = await Promise.all([ofPair.penalty(pair), ofAddress.penalty(from), ofAccount.penalty(all)])
      refuseBeyond(counted[0], most)
      refuseBeyond(counted[1], addresses.points)
      const result = await work()
      await Promise.all([ofPair.delete(pair), ofAddress.reward(from), ofAccount.reward(all)])
      return result
    },
  }
}

function refuseBeyond(tries: { consumedPoints: number; msBeforeNext: number } | null, most: number): void {
  if (tries && tries.consumedPoints > most && tries.msBeforeNext > 0)
    throw new Refusal('sign-in-slowed', { retryAfter: Math.ceil(tries.msBeforeNext / 1000) })
}
