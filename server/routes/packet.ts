/** The packet of whoever is in the session. */
import { Hono } from 'hono'
import { z } from 'zod'
import type { Context } from '../context.ts'
import { giveConsent } from '../workflow/give-consent.ts'
import { closeSession, participantIn } from '../workflow/open-session.ts'
import { chooseLanguage, packetOf } from '../workflow/packet.ts'
import { withdraw, withdrawAndErase } from '../workflow/stop-participant.ts'
import { wantReminders } from '../workflow/want-reminders.ts'
import { forget } from './leave.ts'
import type { SessionCookie } from './session-cookie.ts'
import { body } from './validate.ts'

const language = z.string().regex(/^[a-z]{2,3}$/)

export const packetRoutes = (context: Context, cookie: SessionCookie) =>
  new Hono()
    .get('/', async (request) => {
      const participant = await participantIn(context, cookie.read(request))
      return request.json(await packetOf(context, participant))
    })
    .put('/language', body(z.strictObject({ language })), async (request) => {
      const participant = await participantIn(context, cookie.read(request))
      await chooseLanguage(context, participant, request.req.valid('json').language)
      return request.json({ language: request.req.valid('json').language })
    })
    .post('/consents', body(z.strictObject({ given: z.record(z.string(), z.boolean()), language })), async (request) => {
      const session = cookie.read(request)
      const { given, language: shown } = request.req.valid('json')
      await giveConsent(context, await participantIn(context, session), given, shown)
      return request.json(await packetOf(context, await participantIn(context, session)))
    })
    .put('/reminders', body(z.strictObject({ wanted: z.boolean() })), async (request) => {
      const session = cookie.read(request)
      await wantReminders(context, await participantIn(context, session), request.req.valid('json').wanted)
      return request.json(await packetOf(context, await participantIn(context, session)))
    })
    .post('/withdraw', body(z.strictObject({ erase: z.boolean().default(false) })), async (request) => {
      const session = cookie.read(request)
      const stop = request.req.valid('json').erase ? withdrawAndErase : withdraw
      await stop(context, await participantIn(context, session))
      return request.json(await packetOf(context, await participantIn(context, session)))
    })
    .post('/leave', async (request) => {
      const session = cookie.read(request)
      if (session) await closeSession(context, session)
      forget(request, cookie)
      return request.body(null, 204)
    })
