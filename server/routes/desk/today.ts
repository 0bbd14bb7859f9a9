/** What needs a person now. */
import { Hono } from 'hono'
import type { Context } from '../../context.ts'
import { whatNeedsSomebody } from '../../workflow/today.ts'
import type { DeskEnv } from './authorise.ts'
import { studyOf } from './study-of.ts'

export const todayRoutes = (context: Context) =>
  new Hono<DeskEnv>().get('/', async (request) =>
    request.json(await whatNeedsSomebody(context, studyOf(request), request.get('access').reach)),
  )
