/** The link in a mail. Opening it changes nothing; the button on the page opens a session and leaves a clean address. */
import type { Context as Request } from 'hono'
import { Hono } from 'hono'
import type { Context } from '../context.ts'
import { door, notice, stopped } from '../pages/door.ts'
import { Refusal } from '../refusal.ts'
import { takesPart } from '../workflow/caseload.ts'
import type { LinkGuard } from '../workflow/limit-tries.ts'
import { lookUpLink, openSession } from '../workflow/open-session.ts'
import { answersKeptOf, chooseLanguage } from '../workflow/packet.ts'
import type { AddressOf } from './client-address.ts'
import { doorOf } from './door-of.ts'
import { chosenLanguage, preferredLanguage } from './preferred-language.ts'
import type { SessionCookie } from './session-cookie.ts'
import type { Site } from './site.ts'

export const linkRoutes = (context: Context, cookie: SessionCookie, site: Site, dead: DeadLink) =>
  new Hono()
    .get('/:token', async (request) => {
      try {
        const { participant, isAsked } = await lookUpLink(context, request.req.param('token'))
        const about = await doorOf(context, participant, request, site)
        if (!isAsked) return request.html(stopped(about, 'notAsked', 'none'), 410)
        if (await takesPart(context, participant)) return request.html(door(about))
        const why = participant.state === 'handed over' ? 'handedOver' : 'stopped'
        return request.html(stopped(about, why, await answersKeptOf(context, participant)))
      } catch (error) {
        return await dead(request, error)
      }
    })
    .post('/:token', async (request) => {
      try {
        const token = request.req.param('token')
        const { participant, isAsked } = await lookUpLink(context, token)
        if (!isAsked) return request.html(stopped(await doorOf(context, participant, request, site), 'notAsked', 'none'), 410)
        const opened = await openSession(context, token, cookie.readMark(request))
        const language = chosenLanguage(request)
        if (language !== undefined) await chooseLanguage(context, participant, language)
        cookie.write(request, opened.session, opened.seconds)
        cookie.writeMark(request, opened.mark, opened.markSeconds)
        return request.redirect('/packet', 303)
      } catch (error) {
        return await dead(request, error)
      }
    })

export type DeadLink = ReturnType<typeof deadLinks>

/** The page for a link that is unknown or too old. Whoever comes with many unknown ones is answered slower, and with 429. */
export const deadLinks =
  (site: Site, guard: LinkGuard, addressOf: AddressOf) =>
  async (request: Request, error: unknown): Promise<Response> => {
    if (!(error instanceof Refusal)) throw error
    if (error.code === 'link-expired') return request.html(notice('linkExpired', preferredLanguage(request), site.respondStyles), 410)
    const seconds = await guard.missed(addressOf(request))
    if (seconds !== null) request.header('Retry-After', String(seconds))
    return request.html(notice('linkUnknown', preferredLanguage(request), site.respondStyles), seconds === null ? 404 : 429)
  }
