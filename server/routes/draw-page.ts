/** Draws the respondent's pages, and takes what comes from them as a form. */
import type { Context as Request } from 'hono'
import type { Logger } from 'pino'
import type { Context } from '../context.ts'
import { drawnPage } from '../pages/drawn.ts'
import { Refusal, refusals } from '../refusal.ts'
import { participantIn } from '../workflow/open-session.ts'
import { packetOf } from '../workflow/packet.ts'
import type { Fields, Start } from './drawing.ts'
import { ownPath } from './own-path.ts'
import { preferredLanguage } from './preferred-language.ts'
import type { SessionCookie } from './session-cookie.ts'
import type { Site } from './site.ts'

export type DrawPage = ReturnType<typeof pageDrawer>

export function pageDrawer(context: Context, cookie: SessionCookie, site: Site, log: Logger) {
  /** The page with `start` drawn in it, or as it was built when that cannot be drawn: it then finds out for itself. */
  async function page(request: Request, start: Start, status: 200 | 401 | 404 | 409 | 422 = 200) {
    const drawing = await site.drawing()
    const drawn = await drawing?.draw({ language: preferredLanguage(request), ...start }, request.req.path)
    if (!drawn) return request.html(site.respondPage, status)
    // A form says where it was sent from only under a policy that lets it, see routes/door-of.ts. To another site goes nothing.
    request.header('Referrer-Policy', 'same-origin')
    return request.html(
      drawnPage(site.respondPage, drawn, { language: drawn.language, ...start }, scriptsFor(drawn.language, start, site)),
      status,
    )
  }

  /** The page that `begin` finds; what it refuses is told on a page, too. */
  async function show(request: Request, begin: (session: string | undefined) => Promise<Start>): Promise<Response> {
    const session = cookie.read(request)
    try {
      return await page(request, await begin(session))
    } catch (error) {
      if (error instanceof Refusal) return await page(request, await refused(session, error), statusOf(error))
      log.error({ route: request.req.routePath, error: String(error) }, 'a page could not be drawn')
      return request.html(site.respondPage)
    }
  }

  async function refused(session: string | undefined, { code, details }: Refusal): Promise<Start> {
    const failure = { code, details }
    try {
      return { packet: await packetOf(context, await participantIn(context, session)), list: null, failure }
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return { packet: null, list: null, failure: { code: error.code, details: error.details } }
    }
  }

  /** What came as a form. What is refused (a list that is closed, a session that is over) is told by the page at that address. */
  async function take(request: Request, act: (session: string | undefined, fields: Fields) => Promise<Response>): Promise<Response> {
    try {
      return await act(cookie.read(request), [...new URLSearchParams(await request.req.text())])
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return request.redirect(ownPath(request), 303)
    }
  }

  return { page, show, take }
}

/** Consent that is missing, and the word that somebody stopped, are pages as any other. */
function statusOf({ code }: Refusal): 200 | 401 | 404 | 409 {
  if (code === 'consent-missing' || code === 'participant-stopped') return 200
  const { status } = refusals[code]
  return status === 401 || status === 404 || status === 409 ? status : 200
}

/** What the page fetches besides its own script: words and pages that it goes on with at once, survey-core once there is something to see. */
function scriptsFor(language: string, { packet, list }: Start, { scripts }: Site) {
  const cases = (packet?.cases.length ?? 0) > 0 ? ['cases/cases-page.tsx', 'cases/case-page.tsx'] : []
  const addresses = (names: string[]) => names.flatMap((name) => scripts[name] ?? [])
  return {
    now: addresses([`texts/${language}.ts`, ...cases]),
    later: list || packet?.assignments.some(({ state }) => state !== 'completed') ? addresses(['survey-core', '../survey/engine.ts']) : [],
  }
}
