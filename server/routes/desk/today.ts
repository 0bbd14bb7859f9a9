/** What needs a person now. */
import { Hono } from 'hono'
import type { Context } from '../../context.ts'
import { secondEntries } from '../../workflow/second-entries.ts'
import { whatNeedsSomebody } from '../../workflow/today.ts'
import type { DeskEnv } from './authorise.ts'
import { studyOf } from './study-of.ts'

export const todayRoutes = (context: Context) =>
  new Hono<DeskEnv>().get('/', async (request) => {
    const [study, { reach }] = [studyOf(request), request.get('access')]
    return request.json({
      ...(await whatNeedsSomebody(context, study, reach)),
      entries: await secondEntries(context, request.get('staff'), study, reach('enter data')),
    })
  })
