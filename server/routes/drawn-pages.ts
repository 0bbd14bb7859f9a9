/**
 * The respondent's pages, drawn here where that can be done: the first question can be read, and answered, before any script is
 * there. Where nobody is logged in, or something else is the matter, the page is sent empty and finds out for itself.
 */
import { Hono } from 'hono'
import type { Logger } from 'pino'
import type { Context } from '../context.ts'
import { drawnPage } from '../pages/drawn.ts'
import { Refusal } from '../refusal.ts'
import { participantIn } from '../workflow/open-session.ts'
import { packetOf } from '../workflow/packet.ts'
import { assignmentToFillIn } from '../workflow/save-draft.ts'
import type { SessionCookie } from './session-cookie.ts'
import type { Site } from './site.ts'

export const drawnPages = (context: Context, cookie: SessionCookie, site: Site, log: Logger) =>
  new Hono()
    .get('/packet/lists/:id', async (request) => {
      const drawn = await listPage(context, cookie.read(request), request.req.param('id'), request.req.path, site).catch(
        (error: unknown) => {
          if (!(error instanceof Refusal)) log.error({ route: '/packet/lists/:id', error: String(error) }, 'a page could not be drawn')
          return null
        },
      )
      return request.html(drawn ?? site.respondPage)
    })
    .get('/packet', (request) => request.html(site.respondPage))
    .get('/packet/*', (request) => request.html(site.respondPage))

/** What the page fetches besides its own script: the words of another language at once, survey-core once there is something to see. */
const scriptsFor = (language: string, { scripts }: Site) => ({
  now: [scripts[`texts/${language}.ts`]].filter((path) => path !== undefined),
  later: [scripts['survey-core'], scripts['../survey/engine.ts']].filter((path) => path !== undefined),
})

async function listPage(context: Context, session: string | undefined, id: string, path: string, site: Site): Promise<string | null> {
  const participant = await participantIn(context, session)
  const [packet, list] = await Promise.all([packetOf(context, participant), assignmentToFillIn(context, participant, id)])
  const start = { packet, list }
  const drawn = await (await site.draw())?.(start, path)
  return drawn ? drawnPage(site.respondPage, drawn, start, scriptsFor(drawn.language, site)) : null
}
