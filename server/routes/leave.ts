import type { Context as Request } from 'hono'
import type { Context } from '../context.ts'
import { away } from '../pages/away.ts'
import { closeSession, participantIn } from '../workflow/open-session.ts'
import { preferredLanguage } from './preferred-language.ts'
import type { SessionCookie } from './session-cookie.ts'

export type Leave = ReturnType<typeof leaving>

/**
 * Logs out: the session and the mark of this browser end, and it is told to forget the pages that it kept for the way back. Leads to the
 * page that says so, or (`isAway`) at once to one that anybody could have open.
 */
export const leaving = (context: Context, cookie: SessionCookie) => async (request: Request, isAway: boolean) => {
  const session = cookie.read(request)
  const language = await participantIn(context, session).then(
    (participant) => participant.language,
    () => preferredLanguage(request),
  )
  if (session) await closeSession(context, session)
  forget(request, cookie)
  if (!isAway) return request.redirect(`/packet?left=${language}`, 303)
  request.header('Refresh', `0; url=${context.quickExitUrl}`)
  return request.html(away(context.quickExitUrl))
}

/** Nothing by which this browser could be known, and no page of ours, stays in it. Cookies of other sites on this host are not ours to end. */
export function forget(request: Request, cookie: SessionCookie): void {
  cookie.clear(request)
  request.header('Clear-Site-Data', '"cache"')
}
