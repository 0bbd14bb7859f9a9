/** The HTTP application: which routes there are, and what holds for all of them. */
import { setTimeout as pause } from 'node:timers/promises'
import { Hono } from 'hono'
import type { Logger } from 'pino'
import type { ProviderSettings } from './access/identity-provider.ts'
import type { Context } from './context.ts'
import type { Transport } from './mail/transport.ts'
import { notice } from './pages/door.ts'
import { Refusal } from './refusal.ts'
import { assignmentRoutes } from './routes/assignments.ts'
import { limitBody } from './routes/body-limit.ts'
import { caseRoutes } from './routes/cases.ts'
import { addressReader } from './routes/client-address.ts'
import { compress } from './routes/compress.ts'
import { deskRoutes } from './routes/desk/desk.ts'
import { openApiRoutes } from './routes/desk/openapi.ts'
import { type StaffCookie, staffCookie } from './routes/desk/staff-cookie.ts'
import { drawnPages } from './routes/drawn-pages.ts'
import { headers, notStored } from './routes/headers.ts'
import { healthRoutes, type Operation, unwatched } from './routes/health.ts'
import { deadLinks, linkRoutes } from './routes/links.ts'
import { onError } from './routes/on-error.ts'
import { packetRoutes } from './routes/packet.ts'
import { paperRoutes } from './routes/paper.ts'
import { preferredLanguage } from './routes/preferred-language.ts'
import { refuseNul } from './routes/refuse-nul.ts'
import { refuseOutdated } from './routes/refuse-outdated.ts'
import { reminderRoutes } from './routes/reminders.ts'
import { requestLog } from './routes/request-log.ts'
import { sameOrigin } from './routes/same-origin.ts'
import { sessionCookie } from './routes/session-cookie.ts'
import { singleSignOnPath, singleSignOnRoutes } from './routes/single-sign-on.ts'
import { type Site, siteRoutes } from './routes/site.ts'
import { guardSignIn } from './workflow/guard-sign-in.ts'
import { guardLinks } from './workflow/limit-tries.ts'

/** Room for the longest list with every open question filled to its limit, and no more. */
const largestBody = 256 * 1024

export interface AppOptions {
  site: Site
  log: Logger
  /** Addresses and ranges of proxies in front of this server; see TRUSTED_PROXIES. */
  trustedProxies?: readonly string[]
  /** The way out for mail that staff send by hand, such as an invitation of a colleague. */
  outgoing?: Pick<Transport, 'send'>
  /** The address from which mail goes out, for whoever asks at the desk. */
  sender?: string
  /** The identity provider by which staff can sign in, where there is one. */
  provider?: ProviderSettings | undefined
  /** What whoever operates the server can ask of it. */
  operation?: Operation
  /** What the demonstration adds: routes of its own, and staff who need not sign in. The real server has neither. */
  demonstration?: { app: Hono; cookie: StaffCookie }
}

export function createApp(context: Context, options: AppOptions) {
  const { site, log, trustedProxies = [], outgoing, sender, provider, operation, demonstration } = options
  const secure = context.baseUrl.startsWith('https:')
  const cookie = sessionCookie(secure)
  const addressOf = addressReader(trustedProxies)
  const links = guardLinks(context, pause)
  const dead = deadLinks(site, links, addressOf)
  const staff = demonstration?.cookie ?? staffCookie(secure)
  const isDemonstration = demonstration !== undefined
  const ways = { outgoing, sender, addressOf, links, guard: guardSignIn(context), singleSignOn: provider !== undefined, isDemonstration }
  const desk = deskRoutes(context, staff, ways)
  const app = new Hono()
    .use(requestLog(log, operation?.metrics?.answered))
    .use(headers(secure), notStored, compress, limitBody(largestBody))
    .route('/', healthRoutes(operation ?? unwatched(context)))
    .use(refuseOutdated(context))
    // A mail provider that stops reminders for somebody comes from elsewhere: this goes before the rule against that.
    .route('/u', reminderRoutes(context, site, dead))
    .use(sameOrigin(context.baseUrl))
    // Whatever stands in a link, it is said that it is not known.
    .route('/l', linkRoutes(context, cookie, site, dead))
    .use(refuseNul)
    .route('/api/packet', packetRoutes(context, cookie))
    .route('/api/assignments', assignmentRoutes(context, cookie))
    .route('/api/cases', caseRoutes(context, cookie))
    .route('/api/desk', desk)
    .route('/api', openApiRoutes(desk, context.baseUrl))
    .route(singleSignOnPath, singleSignOnRoutes(context, staff, provider, log))
    .route('/', paperRoutes(context, cookie))
    .route('/', drawnPages(context, cookie, site, log))
    .route('/', siteRoutes(site))
  if (demonstration) app.route('/', demonstration.app)
  app.notFound((request) => {
    if (request.req.path.startsWith('/api/')) throw new Refusal('not-found')
    return request.html(notice('notFound', preferredLanguage(request), site.respondStyles), 404)
  })
  app.onError(onError(log, site))
  return app
}

/** The API's types, for the client. */
export type AppType = ReturnType<typeof createApp>
