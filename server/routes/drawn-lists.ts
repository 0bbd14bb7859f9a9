/** One list as a page that the server draws, and as a form that comes back: from a browser without scripts, or before they are there. */
import type { Context as Request } from 'hono'
import { Hono } from 'hono'
import type { Context } from '../context.ts'
import { Refusal } from '../refusal.ts'
import { participantIn } from '../workflow/open-session.ts'
import { chooseLanguage } from '../workflow/packet.ts'
import { saveDraft } from '../workflow/save-draft.ts'
import { submitResponse } from '../workflow/submit-response.ts'
import type { DrawPage } from './draw-page.ts'
import type { Drawing, Fields } from './drawing.ts'
import type { Leave } from './leave.ts'
import { ownPath } from './own-path.ts'
import { type Kept, keepPosted, type Listed, moved, startOf, stepField, type Visit } from './posted-list.ts'
import type { Site } from './site.ts'

export function drawnLists(context: Context, site: Site, { page, show, take }: DrawPage, leave: Leave) {
  return new Hono()
    .get('/:id', (request) =>
      show(request, async (session) => {
        const { page: asked, anew, remove, more } = request.req.query()
        const start = await startOf(context, session, request.req.param('id'))
        return {
          ...(asked === undefined ? start : onPage(start, asked)),
          ...(anew !== undefined && { anew }),
          ...(remove !== undefined && { removal: remove }),
          ...(more !== undefined && { hasMore: true }),
        }
      }),
    )
    .post('/:id', (request) =>
      take(request, async (session, fields) => {
        const drawing = await site.drawing()
        if (!drawing) throw new Refusal('not-found')
        const visit = { session, id: request.req.param('id'), anew: request.req.query('anew') }
        const pressed = fields.find(([name]) => name === stepField)?.[1]
        if (pressed === 'other') return request.redirect(ownPath(request), 303)
        if (pressed === 'send-open') return await sendOpen(request, visit, fields)
        if (pressed === 'leave' || pressed === 'away') {
          // Whoever leaves is not held up: what cannot be kept without asking is not kept.
          await keepPosted(context, drawing, visit, fields).catch(unlessRefused)
          return await leave(request, pressed === 'away')
        }
        const kept = await keepPosted(context, drawing, visit, fields)
        if ('held' in kept) return await page(request, kept.held, 409)
        return await goOn(request, drawing, visit, kept)
      }),
    )

  /** Does what the button said, now that what stood on the page is kept. */
  async function goOn(
    request: Request,
    drawing: Drawing,
    { session, id }: Visit,
    { posted, isRepeat, name }: Exclude<Kept, { held: Listed }>,
  ) {
    const { step, isSound, typed } = posted
    const back = (query = '', item = '') =>
      request.redirect(`${ownPath(request)}${query}${item && `#item-${encodeURIComponent(item)}`}`, 303)
    if (step.does === 'later') return request.redirect('/packet', 303)
    if (step.does === 'language') await chooseLanguage(context, await participantIn(context, session), step.of)
    const now = await startOf(context, session, id)
    if (!isSound) return await page(request, { ...onPage(now, posted.page), typed }, 422)
    if (isRepeat) return back()
    if (step.does === 'anew') return back(`?anew=${encodeURIComponent(step.of)}`, step.of)
    if (step.does === 'remove' && posted.asksFirst) return back(`?remove=${encodeURIComponent(step.of)}`, groupOf(step.of))
    if (step.does === 'add' || step.does === 'remove' || step.does === 'removed') return back('', groupOf(step.of))
    if (step.does === 'clear') return back('', step.of)
    if (step.does !== 'next' && step.does !== 'previous' && step.does !== 'send') return back()

    // What is asked next, and what more is asked here, may hang on what was just answered.
    const next = drawing.afterPosted(now, posted) ?? { page: posted.page, more: null }
    if (next.more !== null) return back('?more', next.more)
    if (step.does === 'send') return await send(request, { session }, now)
    const { revision, answers, sealed } = draftOf(now)
    await saveDraft(context, { session }, id, { revision, answers, sealed, page: next.page, save: moved(name) })
    return back()
  }

  /** Sends what is kept. Questions that were left open are told once, and may then be left. */
  async function send(request: Request, { session }: Pick<Visit, 'session'>, start: Listed) {
    const missing = await submit(session, start, [])
    return missing.length > 0 ? await page(request, { ...start, missing }, 422) : request.redirect('/packet', 303)
  }

  /** Sends with questions left open on purpose, unless somebody went on elsewhere since they were told, or one of them has to be answered. */
  async function sendOpen(request: Request, { session, id }: Visit, fields: Fields) {
    const start = await startOf(context, session, id)
    if (fields.find(([name]) => name === revisionField)?.[1] !== String(draftOf(start).revision))
      return request.redirect(ownPath(request), 303)
    let missing = await submit(session, start, [])
    if (missing.length > 0 && !missing.some(({ required }) => required))
      missing = await submit(
        session,
        start,
        missing.map(({ item }) => item),
      )
    return missing.length > 0 ? await page(request, { ...start, missing }, 422) : request.redirect('/packet', 303)
  }

  /** The questions that are open, because of which it was not sent; none once it is. */
  async function submit(session: string | undefined, start: Listed, skipped: string[]): Promise<Missing> {
    const { language } = start.packet.participant
    try {
      await submitResponse(context, { session }, start.list.id, { ...draftOf(start), skipped, language })
      return []
    } catch (error) {
      if (error instanceof Refusal && error.code === 'answers-missing') return error.details.missing as Missing
      throw error
    }
  }
}

type Missing = NonNullable<Listed['missing']>

const revisionField = 'list-revision'

const draftOf = ({ list: { draft } }: Listed) => ({
  revision: draft?.revision ?? 0,
  answers: draft?.answers ?? {},
  sealed: draft?.sealed ?? [],
})

/** The list at a page that was asked for. */
const onPage = (start: Listed, page: string): Listed => ({ ...start, list: { ...start.list, draft: { ...draftOf(start), page } } })

/** Of a record, `placements[1]`, or one item in it. */
const groupOf = (place: string): string => place.replace(/\[.*$/, '')

function unlessRefused(error: unknown): void {
  if (!(error instanceof Refusal)) throw error
}
