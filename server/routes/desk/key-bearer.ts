/** Other software, which comes with a key in the head of its request and not with a cookie. */
import type { Context as Request } from 'hono'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import type { Policy } from '../../access/policies.ts'
import type { Context } from '../../context.ts'
import { Refusal } from '../../refusal.ts'
import { logUnfitKey, staffWithKey } from '../../workflow/api-keys.ts'
import type { SignedIn } from '../../workflow/sign-in.ts'
import type { DeskWays } from './ways.ts'

/** So many requests of one key in a minute: enough to read a study, and not enough to keep the desk waiting. */
const pace = { points: 300, duration: 60 }

/** The key of a request; undefined for one of a browser. */
export const keyOf = (request: Request): string | undefined => /^Bearer +(\S*)$/i.exec(request.req.header('authorization') ?? '')?.[1]

/** Software reads what belongs to a study. What is changed or taken away, a person changes or takes, who is signed in. */
export const isForKeys = (method: string, policy: Policy): boolean =>
  typeof policy === 'object' && 'may' in policy && (method === 'GET' || method === 'HEAD') && !policy.takesAway

/** Finds out who comes with a key. Whoever comes with many that are not known is slowed, and so is one that is used too often. */
export function keyBearers(context: Context, { links, addressOf }: Pick<DeskWays, 'links' | 'addressOf'>) {
  const limiter = new RateLimiterMemory(pace)
  return async (request: Request, key: string, policy: Policy): Promise<SignedIn> => {
    request.header('WWW-Authenticate', 'Bearer')
    const staff = await staffWithKey(context, key).catch(async (reason: unknown) => {
      const retryAfter = reason instanceof Refusal ? await links.missed(addressOf(request)) : null
      throw retryAfter === null ? reason : slowed(request, retryAfter)
    })
    await limiter.consume(staff.session).catch((reason: unknown) => {
      throw reason instanceof RateLimiterRes ? slowed(request, Math.ceil(reason.msBeforeNext / 1000)) : reason
    })
    if (!isForKeys(request.req.method, policy)) {
      await logUnfitKey(context, staff)
      throw new Refusal('key-not-enough')
    }
    request.header('WWW-Authenticate', undefined)
    return staff
  }
}

function slowed(request: Request, retryAfter: number): Refusal {
  request.header('Retry-After', String(retryAfter))
  return new Refusal('too-often', { retryAfter })
}
