/** The link in a mail. Opening it changes nothing; the button on the page opens a session and leaves a clean address. */
import type { Context as Request } from 'hono'
import { Hono } from 'hono'
import type { Context } from '../context.ts'
import { door, notice, stopped } from '../pages/door.ts'
import { Refusal, refusals } from '../refusal.ts'
import { takesPart } from '../workflow/caseload.ts'
import { lookUpLink, openSession } from '../workflow/open-session.ts'
import { answersKeptOf, chooseLanguage } from '../workflow/packet.ts'
import { doorOf } from './door-of.ts'
import { chosenLanguage, preferredLanguage } from './preferred-language.ts'
import type { SessionCookie } from './session-cookie.ts'
import type { Site } from './site.ts'

export const linkRoutes = (context: Context, cookie: SessionCookie, site: Site) =>
  new Hono()
    .get('/:token', async (request) => {
      try {
        const { participant } = await lookUpLink(context, request.req.param('token'))
        const about = await doorOf(context, participant, request, site)
        if (await takesPart(context, participant)) return request.html(door(about))
        const why = participant.state === 'handed over' ? 'handedOver' : 'stopped'
        return request.html(stopped(about, why, await answersKeptOf(context, participant)))
      } catch (error) {
        return deadLink(request, error, site)
      }
    })
    .post('/:token', async (request) => {
      try {
        const token = request.req.param('token')
        const opened = await openSession(context, token, cookie.readMark(request))
        const language = chosenLanguage(request)
        if (language !== undefined) await chooseLanguage(context, (await lookUpLink(context, token)).participant, language)
        cookie.write(request, opened.session, opened.seconds)
        cookie.writeMark(request, opened.mark, opened.markSeconds)
        return request.redirect('/packet', 303)
      } catch (error) {
        return deadLink(request, error, site)
      }
    })

export function deadLink(request: Request, error: unknown, site: Site) {
  if (!(error instanceof Refusal)) throw error
  const which = error.code === 'link-expired' ? 'linkExpired' : 'linkUnknown'
  return request.html(notice(which, preferredLanguage(request), site.respondStyles), refusals[error.code].status)
}
