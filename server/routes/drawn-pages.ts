/**
 * The respondent's pages, drawn here where that can be done: the first question can be read, and answered, before any script is
 * there. Where nobody is logged in, or something else is the matter, the page is sent empty and finds out for itself.
 */
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Context as Request } from 'hono'
import { Hono } from 'hono'
import { accepts } from 'hono/accepts'
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
      return drawn === null ? request.html(site.respondPage) : await compressed(request, drawn)
    })
    .get('/packet', (request) => request.html(site.respondPage))
    .get('/packet/*', (request) => request.html(site.respondPage))

async function listPage(context: Context, session: string | undefined, id: string, path: string, site: Site): Promise<string | null> {
  const participant = await participantIn(context, session)
  const [packet, list] = await Promise.all([packetOf(context, participant), assignmentToFillIn(context, participant, id)])
  const start = { packet, list }
  const drawn = await (await site.draw())?.(start, path)
  return drawn ? drawnPage(site.respondPage, drawn, start) : null
}

const inBrotli = promisify(brotliCompress)
const inGzip = promisify(gzip)

/** Small enough for a slow network, quick enough for whoever waits. Nothing of it is chosen by anybody but the reader. */
const brotliOptions = { params: { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT } }

async function compressed(request: Request, page: string): Promise<Response> {
  const encoding = accepts(request, { header: 'Accept-Encoding', supports: ['br', 'gzip'], default: 'identity' })
  request.header('Vary', 'Accept-Encoding')
  if (encoding === 'identity') return request.html(page)
  request.header('Content-Encoding', encoding)
  request.header('Content-Type', 'text/html; charset=UTF-8')
  const content = encoding === 'br' ? await inBrotli(page, brotliOptions) : await inGzip(page)
  return request.body(new Uint8Array(content))
}
