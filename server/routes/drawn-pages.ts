/**
 * The respondent's pages, drawn here: the first question can be read, and answered, before any script is there, and all that can be
 * done with scripts can be done without any, by forms that post. What was done is answered with 303, so that loading a page anew or
 * going back does nothing.
 */
import { Hono } from 'hono'
import type { Logger } from 'pino'
import type { Context } from '../context.ts'
import { Refusal } from '../refusal.ts'
import { giveConsent } from '../workflow/give-consent.ts'
import { participantIn } from '../workflow/open-session.ts'
import { chooseLanguage, packetOf } from '../workflow/packet.ts'
import { withdraw, withdrawAndErase } from '../workflow/stop-participant.ts'
import { wantReminders } from '../workflow/want-reminders.ts'
import { pageDrawer } from './draw-page.ts'
import { drawnCases } from './drawn-cases.ts'
import { drawnLists } from './drawn-lists.ts'
import { leaving } from './leave.ts'
import type { SessionCookie } from './session-cookie.ts'
import type { Site } from './site.ts'

export const drawnPages = (context: Context, cookie: SessionCookie, site: Site, log: Logger) => {
  const drawing = pageDrawer(context, cookie, site, log)
  const { page, show, take } = drawing
  const leave = leaving(context, cookie)
  const packetIn = async (session: string | undefined) => ({
    packet: await packetOf(context, await participantIn(context, session)),
    list: null,
  })

  return (
    new Hono()
      .route('/packet/lists', drawnLists(context, site, drawing, leave))
      .route('/packet/cases', drawnCases(context, drawing))
      .get('/packet', (request) => {
        const left = request.req.query('left')
        if (left !== undefined) return page(request, { packet: null, list: null, hasLeft: true, language: left })
        return show(request, packetIn)
      })
      /** The form of the consent page. */
      .post('/packet', (request) =>
        take(request, async (session, fields) => {
          const participant = await participantIn(context, session)
          const { packet } = await packetIn(session)
          const said = new Map(fields)
          const given = packet.consents.flatMap(({ purpose }) => {
            const word = said.get(`consent-${purpose}`)
            return word === '1' || word === '0' ? [[purpose, word === '1'] as const] : []
          })
          if (given.length < packet.consents.length) return await page(request, { packet, list: null, isIncomplete: true }, 422)
          if (given.length > 0) await giveConsent(context, participant, Object.fromEntries(given), packet.participant.language)
          return request.redirect('/packet', 303)
        }),
      )
      .get('/packet/stop', (request) => show(request, packetIn))
      .post('/packet/stop', (request) =>
        take(request, async (session) => {
          await withdraw(context, await participantIn(context, session))
          return request.redirect('/packet', 303)
        }),
      )
      .get('/packet/erase', (request) => show(request, packetIn))
      .post('/packet/erase', (request) =>
        take(request, async (session) => {
          await withdrawAndErase(context, await participantIn(context, session))
          return request.redirect('/packet', 303)
        }),
      )
      .post('/packet/reminders', (request) =>
        take(request, async (session, fields) => {
          const wanted = new Map(fields).get('reminders') === 'again'
          await wantReminders(context, await participantIn(context, session), wanted)
          return request.redirect('/packet#reminders', 303)
        }),
      )
      /** Back to the page on which it was chosen; where nobody is logged in the address keeps it. */
      .post('/packet/language', (request) =>
        take(request, async (session, fields) => {
          const language = new Map(fields).get('language') ?? ''
          const back = ownAddress(request.req.query('back'))
          try {
            await chooseLanguage(context, await participantIn(context, session), language)
            return request.redirect(back, 303)
          } catch (error) {
            if (!(error instanceof Refusal)) throw error
            return request.redirect(`${back}?language=${encodeURIComponent(language)}`, 303)
          }
        }),
      )
      .post('/packet/leave', (request) => take(request, (_session, fields) => leave(request, new Map(fields).has('away'))))
      .get('/packet/*', (request) =>
        show(request, async (session) => {
          await packetIn(session)
          throw new Refusal('not-found')
        }),
      )
  )
}

/** An address of the packet; anything else is not where the page was. */
const ownAddress = (address = ''): string => (/^\/packet(\/[\w.-]+)*$/.test(address) ? address : '/packet')
