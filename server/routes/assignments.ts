/** One list of the packet: reading it, keeping what was typed, and sending it. */
import { Hono } from 'hono'
import { z } from 'zod'
import type { Context } from '../context.ts'
import { participantIn } from '../workflow/open-session.ts'
import { assignmentToFillIn, saveDraft } from '../workflow/save-draft.ts'
import { submitResponse } from '../workflow/submit-response.ts'
import type { SessionCookie } from './session-cookie.ts'
import { body } from './validate.ts'

/** Items of which the answers given on another device stay. */
const sealed = z.array(z.string().max(80)).max(3000).optional()
/** A name of the page's own for what it sends. */
const save = z.string().min(8).max(64).optional()

/** Seconds by the timer of the page: less than two days. */
const duration = z.int().min(0).max(172_800).optional()

const draft = z.strictObject({
  revision: z.int().min(0),
  answers: z.unknown(),
  page: z.string().max(64).nullable(),
  sealed,
  duration,
  save,
})
const submission = z.strictObject({
  answers: z.unknown(),
  skipped: z.array(z.string().max(80)).max(3000),
  language: z.string().regex(/^[a-z]{2,3}$/),
  sealed,
  revision: z.int().min(0).optional(),
  duration,
  save,
})

export const assignmentRoutes = (context: Context, cookie: SessionCookie) =>
  new Hono()
    .get('/:id', async (request) => {
      const participant = await participantIn(context, cookie.read(request))
      return request.json(await assignmentToFillIn(context, participant, request.req.param('id')))
    })
    .put('/:id/draft', body(draft), async (request) => {
      return request.json(await saveDraft(context, { session: cookie.read(request) }, request.req.param('id'), request.req.valid('json')))
    })
    .post('/:id/submit', body(submission), async (request) => {
      return request.json(
        await submitResponse(context, { session: cookie.read(request) }, request.req.param('id'), request.req.valid('json')),
      )
    })
