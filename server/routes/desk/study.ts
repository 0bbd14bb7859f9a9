/** A study, and what its pages name. */
import { Hono } from 'hono'
import type { Context } from '../../context.ts'
import { deskStudy } from '../../workflow/desk-study.ts'
import type { DeskEnv } from './authorise.ts'
import { studyOf } from './study-of.ts'

export const studyRoutes = (context: Context) =>
  new Hono<DeskEnv>().get('/', async (request) =>
    request.json(await deskStudy(context, studyOf(request), request.get('access').reach('see response'))),
  )
