/** Who saw, searched, changed or was refused what: of a study, of one case, and of what belongs to no study. */
import { Hono } from 'hono'
import { z } from 'zod'
import type { Context } from '../../context.ts'
import { readAccessLog } from '../../workflow/read-access-log.ts'
import { query } from '../validate.ts'
import type { DeskEnv } from './authorise.ts'
import { studyOf } from './study-of.ts'

const filter = z.object({
  who: z.string().max(60).optional(),
  action: z.string().max(60).optional(),
  outcome: z.enum(['allowed', 'refused']).optional(),
  before: z.coerce.number().int().min(1).optional(),
})

const asked = ({ who, ...rest }: z.infer<typeof filter>) => ({ staffId: who, ...rest })

export const accessLogRoutes = (context: Context) =>
  new Hono<DeskEnv>()
    .get('/access', query(filter), async (request) => {
      return request.json(await readAccessLog(context, { studyId: null, ...asked(request.req.valid('query')) }))
    })
    .get('/studies/:study/access', query(filter), async (request) => {
      return request.json(await readAccessLog(context, { studyId: studyOf(request), ...asked(request.req.valid('query')) }))
    })
    .get('/studies/:study/cases/:case/access', query(filter), async (request) => {
      const here = { studyId: studyOf(request), caseId: request.get('case').id }
      return request.json(await readAccessLog(context, { ...here, ...asked(request.req.valid('query')) }))
    })
