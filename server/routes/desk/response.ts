/** How many were asked and answered, and how families went through the study. */
import { Hono } from 'hono'
import { z } from 'zod'
import type { Context } from '../../context.ts'
import { flowOfFamilies } from '../../workflow/flow-of-families.ts'
import { responseTable } from '../../workflow/response-table.ts'
import { query } from '../validate.ts'
import type { DeskEnv } from './authorise.ts'
import { studyOf } from './study-of.ts'

const groupQuery = z.strictObject({ arm: z.string().max(60).optional(), region: z.string().max(200).optional() })

export const responseRoutes = (context: Context) =>
  new Hono<DeskEnv>()
    .get('/response', query(groupQuery), async (request) => {
      const within = request.get('access').reach('see response')
      return request.json(await responseTable(context, { studyId: studyOf(request), within, ...request.req.valid('query') }))
    })
    .get('/flow', query(groupQuery), async (request) => {
      const within = request.get('access').reach('see response')
      return request.json(await flowOfFamilies(context, { studyId: studyOf(request), within, ...request.req.valid('query') }))
    })
