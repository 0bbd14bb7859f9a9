/** The way to the organisation's identity provider and back. */
import type { Context as Request } from 'hono'
import { Hono } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { Logger } from 'pino'
import { type Errand, identityProvider, type ProviderSettings } from '../access/identity-provider.ts'
import type { Context } from '../context.ts'
import { Refusal } from '../refusal.ts'
import { signInByProvider } from '../workflow/single-sign-on.ts'
import type { StaffCookie } from './desk/staff-cookie.ts'

export const singleSignOnPath = '/desk/single-sign-on'
const errandCookie = 'nameting-errand'
/** For what the errand is sealed; it is of no use elsewhere. */
const owner = 'single sign-on'

/** Without `settings` there is no such thing here. */
export const singleSignOnRoutes = (context: Context, cookie: StaffCookie, settings: ProviderSettings | undefined, log: Logger) => {
  const app = new Hono()
  if (!settings) return app
  const back = `${context.baseUrl}${singleSignOnPath}/back`
  const provider = identityProvider(settings, back)
  const errands = errandsOf(context)
  /** To the desk, which says in words what went wrong. */
  const refused = (request: Request, why: 'failed' | 'unknown') => request.redirect(`/desk?sign-in=${why}`, 303)

  return app
    .get('/', async (request) => {
      try {
        const { address, errand } = await provider.begin()
        errands.keep(request, errand)
        return request.redirect(address, 303)
      } catch (reason) {
        log.error({ problem: (reason as Error).message }, 'the identity provider could not be asked')
        return refused(request, 'failed')
      }
    })
    .get('/back', async (request) => {
      const errand = errands.take(request)
      if (!errand) return refused(request, 'failed')
      try {
        // Never the address as the request tells it: that could name another host.
        const came = new URL(`${back}${new URL(request.req.url).search}`)
        const session = await signInByProvider(context, settings.issuer, await provider.finish(came, errand))
        cookie.write(request, session.token)
        return request.redirect('/desk', 303)
      } catch (reason) {
        if (reason instanceof Refusal) return refused(request, 'unknown')
        log.warn({ problem: (reason as Error).message }, 'what the identity provider sent was not taken')
        return refused(request, 'failed')
      }
    })
}

/** What the browser keeps meanwhile: sealed, for ten minutes, and sent along when it comes back from another site, which `Strict` is not. */
function errandsOf({ sealer, baseUrl }: Pick<Context, 'sealer' | 'baseUrl'>) {
  const secure = baseUrl.startsWith('https:')
  const prefix = secure ? ('secure' as const) : undefined
  const options = { httpOnly: true, sameSite: 'Lax', path: singleSignOnPath, secure, ...(prefix && { prefix }) } as const
  return {
    keep: (request: Request, errand: Errand): void =>
      setCookie(request, errandCookie, sealer.seal(errand, owner).toString('base64url'), { ...options, maxAge: 600 }),
    /** Good once. */
    take(request: Request): Errand | null {
      const kept = getCookie(request, errandCookie, prefix)
      deleteCookie(request, errandCookie, options)
      if (kept === undefined) return null
      try {
        return sealer.open(Buffer.from(kept, 'base64url'), owner) as Errand
      } catch {
        // Not ours, or of another key.
        return null
      }
    },
  }
}
