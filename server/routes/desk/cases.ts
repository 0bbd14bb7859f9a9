/** Cases: many in a list, one whole. */
import { Hono } from 'hono'
import { z } from 'zod'
import type { Context } from '../../context.ts'
import { caseFile } from '../../workflow/case-file.ts'
import { caseStates, listCases } from '../../workflow/list-cases.ts'
import { query } from '../validate.ts'
import type { DeskEnv } from './authorise.ts'
import { studyOf } from './study-of.ts'

const caseQuery = z.object({
  search: z.string().max(60).optional(),
  arm: z.string().max(60).optional(),
  state: z.enum(caseStates).optional(),
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(200).default(60),
})

export const caseRoutes = (context: Context) =>
  new Hono<DeskEnv>()
    .get('/', query(caseQuery), async (request) => {
      const { offset, limit, ...filter } = request.req.valid('query')
      const within = request.get('access').reach('see cases')
      return request.json(await listCases(context, { studyId: studyOf(request), within, ...filter }, { offset, limit }))
    })
    .get('/:case', async (request) => request.json(await caseFile(context, studyOf(request), request.get('case').code)))
