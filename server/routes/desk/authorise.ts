/** Lets a request of the desk through, or not, by the one table of policies. */
import type { Context as Request } from 'hono'
import { createMiddleware } from 'hono/factory'
import { matchedRoutes, routePath } from 'hono/route'
import { policyOf, type StudyPolicy } from '../../access/policies.ts'
import type { Context } from '../../context.ts'
import { Refusal } from '../../refusal.ts'
import { type Entered, enterInstallation, enterStudy } from '../../workflow/enter-study.ts'
import { seenLately } from '../../workflow/seen-lately.ts'
import { type SignedIn, staffIn } from '../../workflow/sign-in.ts'
import { keyBearers, keyOf } from './key-bearer.ts'
import type { StaffCookie } from './staff-cookie.ts'
import type { DeskWays } from './ways.ts'

export interface DeskEnv {
  Variables: {
    /** Who is signed in; not there on routes for anyone. */
    staff: SignedIn
    /** What they may do in the study of the address; only on routes of a study. */
    access: Entered['access']
    /** The case of the address; only on routes of a case. */
    case: NonNullable<Entered['case']>
  }
}

export function authorise(context: Context, cookie: StaffCookie, ways: DeskWays) {
  const bearerOf = keyBearers(context, ways)
  const lately = seenLately()
  return createMiddleware<DeskEnv>(async (request, next) => {
    const policy = policyOf(request.req.method, routePath(request, matchedRoutes(request).length - 1))
    if (policy === undefined) throw new Refusal('not-found')
    if (policy === 'anyone') return await next()
    const stage = policy === 'half signed in' ? 'password' : 'signed in'
    const key = keyOf(request)
    const staff =
      key === undefined
        ? await staffIn(context, await cookie.read(request), stage, { isAttended: isAttended(request) })
        : await bearerOf(request, key, policy)
    if (stage === 'signed in' && !isReading(request) && isOfAnother(request, staff)) throw new Refusal('other-account')
    request.set('staff', staff)
    if (typeof policy === 'object' && 'mayAnywhere' in policy) await enterInstallation(context, staff, policy)
    if (typeof policy !== 'object' || !('may' in policy)) return await next()
    const entered = await enterStudy(context, lately, staff, await askingOf(request, policy))
    request.set('access', entered.access)
    if (entered.case) request.set('case', entered.case)
    await next()
    await entered.ended(request.res.status)
  })
}

/** Whether a person did something; a page that looks by itself whether there is news says so. */
export const isAttended = (request: Request): boolean => request.req.header('x-unattended') === undefined

/** Whether a page sends what another account typed in it: it says whose work it holds, since the next may sign in at the same browser. */
const isOfAnother = (request: Request, { member }: SignedIn): boolean => {
  const typedBy = request.req.header('x-account')
  return typedBy !== undefined && typedBy !== member.id
}

const isReading = ({ req: { method } }: Request): boolean => method === 'GET' || method === 'HEAD'

async function askingOf(request: Request, policy: StudyPolicy) {
  const [studyId = '', code, person] = placesIn(request.req.path)
  const search = request.req.query('search')?.slice(0, 100) || null
  return { studyId, code, person, policy, isReading: isReading(request), search, reason: await reasonIn(request) }
}

/** Study, case code and person in an address, as they are after decoding; the route's own parameters are not known this early. */
function placesIn(path: string): (string | undefined)[] {
  const [, study, , code, , person] = /^\/api\/desk\/studies\/([^/]+)(\/cases\/([^/]+)(\/people\/([^/]+))?)?/.exec(path) ?? []
  return [study, code, person].map((part) => part && decoded(part))
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    // No study and no case has such a name.
    return part
  }
}

/** Why somebody does it, where the body says so. */
async function reasonIn(request: Request): Promise<string | null> {
  if (!request.req.header('content-type')?.startsWith('application/json')) return null
  try {
    const body: unknown = await request.req.json()
    return typeof body === 'object' && body !== null && 'reason' in body && typeof body.reason === 'string'
      ? body.reason.slice(0, 500)
      : null
  } catch {
    // Not JSON: the route itself says so.
    return null
  }
}
