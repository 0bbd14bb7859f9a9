/**
 * The respondent's pages, drawn here where that can be done: the first question can be read, and answered, before any script is
 * there, and a list can be filled in and sent without any. Where nobody is logged in, or something else is the matter, the page
 * is sent empty and finds out for itself.
 */
import type { Context as Request } from 'hono'
import { Hono } from 'hono'
import type { Logger } from 'pino'
import type { Context } from '../context.ts'
import { drawnPage } from '../pages/drawn.ts'
import { Refusal, refusals } from '../refusal.ts'
import { giveConsent } from '../workflow/give-consent.ts'
import { participantIn } from '../workflow/open-session.ts'
import { packetOf } from '../workflow/packet.ts'
import { assignmentToFillIn, saveDraft } from '../workflow/save-draft.ts'
import { submitResponse } from '../workflow/submit-response.ts'
import type { SessionCookie } from './session-cookie.ts'
import type { Drawing, Site, Start } from './site.ts'

const listPath = '/packet/lists/:id'

export const drawnPages = (context: Context, cookie: SessionCookie, site: Site, log: Logger) => {
  /** The page with `start` drawn in it, or as it was built when that cannot be drawn. */
  async function page(request: Request, drawing: Drawing | null, start: Start) {
    const drawn = await drawing?.draw(start, request.req.path)
    if (!drawn) return request.html(site.respondPage)
    // A form says where it was sent from only under a policy that lets it, see routes/links.ts. The address has no secret.
    request.header('Referrer-Policy', 'strict-origin')
    return request.html(drawnPage(site.respondPage, drawn, start, scriptsFor(drawn.language, site)))
  }

  return (
    new Hono()
      .get(listPath, (request) =>
        drawnOrEmpty(request, async (session) => at(await startOf(context, session, request.req.param('id')), request.req.query('page'))),
      )
      .post(listPath, (request) =>
        takenOrBack(request, async (session) => {
          const id = request.req.param('id')
          const drawing = await site.drawing()
          const before = await startOf(context, session, id)
          const posted = drawing?.readPosted(before, await fieldsOf(request))
          if (!posted) throw new Refusal('not-found')
          if (posted.step === 'send-open') return await send(request, before, posted.step)

          const { answers, sealed } = posted
          const revision = before.list.draft?.revision ?? 0
          const saved = await saveDraft(context, { session }, id, { revision, answers, sealed, page: posted.page })
          const after = await startOf(context, session, id)
          if (!posted.isSound) return await page(request, drawing, { ...after, typed: posted.typed })
          if (posted.step === 'send') return await send(request, after, posted.step)
          // What is asked next may hang on what was just answered.
          const next = drawing?.stepTo(after, posted.step) ?? posted.page
          await saveDraft(context, { session }, id, { revision: saved.revision, answers, sealed, page: next })
          return request.redirect(request.req.path, 303)
        }),
      )
      .get('/packet', (request) =>
        drawnOrEmpty(request, async (session) => ({ packet: await packetOf(context, await participantIn(context, session)), list: null })),
      )
      /** The form of the consent page. */
      .post('/packet', (request) =>
        takenOrBack(request, async (session) => {
          const participant = await participantIn(context, session)
          const fields = new Map(await fieldsOf(request))
          const { consents, participant: known } = await packetOf(context, participant)
          const given = consents.flatMap(({ purpose }) => {
            const word = fields.get(`consent-${purpose}`)
            return word === '1' || word === '0' ? [[purpose, word === '1'] as const] : []
          })
          if (given.length === consents.length && given.length > 0)
            await giveConsent(context, participant, Object.fromEntries(given), known.language)
          return request.redirect(request.req.path, 303)
        }),
      )
      .get('/packet/*', (request) => request.html(site.respondPage))
  )

  async function drawnOrEmpty(request: Request, begin: (session: string | undefined) => Promise<Start>) {
    try {
      return await page(request, await site.drawing(), await begin(cookie.read(request)))
    } catch (error) {
      if (!(error instanceof Refusal)) log.error({ route: request.req.routePath, error: String(error) }, 'a page could not be drawn')
      return request.html(site.respondPage)
    }
  }

  /** What is refused (a list that is closed, a session that is over) is told by the page itself. */
  async function takenOrBack(request: Request, take: (session: string | undefined) => Promise<Response>): Promise<Response> {
    try {
      return await take(cookie.read(request))
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return request.redirect(request.req.path, 303)
    }
  }

  /** Sends what is kept. Questions that were left open are told once, and may then be left. */
  async function send(request: Request, start: Listed, step: 'send' | 'send-open') {
    const { id, draft } = start.list
    const { language } = start.packet.participant
    const submit = (skipped: string[]) =>
      submitResponse(context, { session: cookie.read(request) }, id, {
        answers: draft?.answers ?? {},
        sealed: draft?.sealed ?? [],
        revision: draft?.revision ?? 0,
        skipped,
        language,
      })
    try {
      await submit([])
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'answers-missing') throw error
      const missing = error.details.missing as NonNullable<Start['missing']>
      if (step === 'send' || missing.some(({ required }) => required)) {
        request.status(refusals[error.code].status)
        return await page(request, await site.drawing(), { ...start, missing })
      }
      await submit(missing.map(({ item }) => item))
    }
    return request.redirect('/packet', 303)
  }
}

const fieldsOf = async (request: Request): Promise<[string, string][]> => [...new URLSearchParams(await request.req.text())]

type Listed = Start & { list: NonNullable<Start['list']> }

async function startOf(context: Context, session: string | undefined, id: string): Promise<Listed> {
  const participant = await participantIn(context, session)
  const [packet, list] = await Promise.all([packetOf(context, participant), assignmentToFillIn(context, participant, id)])
  return { packet, list }
}

/** The list at a page that was asked for. */
function at(start: Listed, page: string | undefined): Listed {
  if (page === undefined) return start
  const draft = start.list.draft ?? { revision: 0, answers: {}, sealed: [] }
  return { ...start, list: { ...start.list, draft: { ...draft, page } } }
}

/** What the page fetches besides its own script: the words of another language at once, survey-core once there is something to see. */
const scriptsFor = (language: string, { scripts }: Site) => ({
  now: [scripts[`texts/${language}.ts`]].filter((path) => path !== undefined),
  later: [scripts['survey-core'], scripts['../survey/engine.ts']].filter((path) => path !== undefined),
})
