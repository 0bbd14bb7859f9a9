/** The link in a mail. Opening it changes nothing; the button on the page opens a session and leaves a clean address. */
import type { Context as Request } from 'hono'
import { Hono } from 'hono'
import type { Context } from '../context.ts'
import { door, notice, stopped } from '../pages/door.ts'
import { Refusal, refusals } from '../refusal.ts'
import { lookUpLink, openSession } from '../workflow/open-session.ts'
import { studyOfParticipant } from '../workflow/study-of-participant.ts'
import { preferredLanguage } from './preferred-language.ts'
import type { SessionCookie } from './session-cookie.ts'
import type { Site } from './site.ts'

export const linkRoutes = (context: Context, cookie: SessionCookie, site: Site) =>
  new Hono()
    .get('/:token', async (request) => {
      try {
        const { participant } = await lookUpLink(context, request.req.param('token'))
        const { study } = await studyOfParticipant(context.stores.study.read, context, participant)
        const about = { ...study, language: participant.language, styles: site.respondStyles }
        // A form says where it was sent from only under a policy that lets it, and browsers without Sec-Fetch-Site say it in
        // no other way. No address goes along, so the token in it goes nowhere.
        request.header('Referrer-Policy', 'strict-origin')
        if (participant.state === 'active') return request.html(door(about))
        return request.html(stopped(about, participant.state === 'handed over' ? 'handedOver' : 'stopped'))
      } catch (error) {
        return deadLink(request, error, site)
      }
    })
    .post('/:token', async (request) => {
      try {
        const opened = await openSession(context, request.req.param('token'), cookie.readMark(request))
        cookie.write(request, opened.session, opened.seconds)
        cookie.writeMark(request, opened.mark, opened.markSeconds)
        return request.redirect('/packet', 303)
      } catch (error) {
        return deadLink(request, error, site)
      }
    })

function deadLink(request: Request, error: unknown, site: Site) {
  if (!(error instanceof Refusal)) throw error
  const which = error.code === 'link-expired' ? 'linkExpired' : 'linkUnknown'
  return request.html(notice(which, preferredLanguage(request), site.respondStyles), refusals[error.code].status)
}
