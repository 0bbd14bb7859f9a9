/** What a professional does about one of their cases. */
import { Hono } from 'hono'
import { z } from 'zod'
import { leavingReasonIds } from '../../protocols/leaving.ts'
import type { Context } from '../context.ts'
import { handOverCase, leaveCase } from '../workflow/leave-case.ts'
import { participantIn } from '../workflow/open-session.ts'
import { packetOf } from '../workflow/packet.ts'
import type { SessionCookie } from './session-cookie.ts'
import { body } from './validate.ts'

const colleague = z.strictObject({ name: z.string().max(200), email: z.string().max(400) })

export const caseRoutes = (context: Context, cookie: SessionCookie) =>
  new Hono()
    .post('/:code/hand-over', body(colleague), async (request) => {
      const session = cookie.read(request)
      await handOverCase(context, await participantIn(context, session), request.req.param('code'), request.req.valid('json'))
      return request.json(await packetOf(context, await participantIn(context, session)))
    })
    .post('/:code/leave', body(z.strictObject({ reason: z.enum(leavingReasonIds) })), async (request) => {
      const session = cookie.read(request)
      await leaveCase(context, await participantIn(context, session), request.req.param('code'), request.req.valid('json').reason)
      return request.json(await packetOf(context, await participantIn(context, session)))
    })
