/** Mails that came back, given by hand. */
import { Hono } from 'hono'
import { z } from 'zod'
import type { Context } from '../../context.ts'
import { takeReturnedMail, tryReturnedMail } from '../../workflow/returned-mail.ts'
import { body } from '../validate.ts'
import type { DeskEnv } from './authorise.ts'
import { studyOf } from './study-of.ts'

/** As they came, with their heads; one a file. */
const given = z.strictObject({ mails: z.array(z.string().min(1).max(2_000_000)).min(1).max(50) })

export const returnedMailRoutes = (context: Context) =>
  new Hono<DeskEnv>()
    .post('/preview', body(given), async (request) => {
      const within = request.get('access').reach('handle mail')
      return request.json({ mails: await tryReturnedMail(context, { studyId: studyOf(request), within, ...request.req.valid('json') }) })
    })
    .post('/', body(given), async (request) => {
      const within = request.get('access').reach('handle mail')
      const giving = { studyId: studyOf(request), within, ...request.req.valid('json') }
      return request.json({ mails: await takeReturnedMail(context, request.get('staff').member.id, giving) })
    })
