/** What needs a person now. */
import { Hono } from 'hono'
import { z } from 'zod'
import type { Context } from '../../context.ts'
import { ownWork } from '../../workflow/lists-to-enter.ts'
import { missingBackup } from '../../workflow/nightly-backup.ts'
import { secondEntries } from '../../workflow/second-entries.ts'
import { listed, whatNeedsSomebody } from '../../workflow/today.ts'
import { howManyQueries } from '../../workflow/value-queries.ts'
import { query } from '../validate.ts'
import type { DeskEnv } from './authorise.ts'
import { studyOf } from './study-of.ts'

/** Of each kind so many tasks, oldest first. */
const choice = z.object({
  tasks: z.coerce.number().int().min(1).max(10_000).default(listed),
  /** Also whom nobody has to try again yet. */
  resting: z.enum(['yes', 'no']).default('no'),
})

export const todayRoutes = (context: Context) =>
  new Hono<DeskEnv>().get('/', query(choice), async (request) => {
    const [study, { reach, may }] = [studyOf(request), request.get('access')]
    const { tasks, resting } = request.req.valid('query')
    return request.json({
      ...(await whatNeedsSomebody(context, study, reach, { most: tasks, resting: resting === 'yes' })),
      entries: await secondEntries(context, request.get('staff'), study, reach('enter data')),
      work: await ownWork(context, request.get('staff'), study, reach('enter data')),
      queries: await howManyQueries(context, study, reach('see answers')),
      // Whoever can do something about it. Why is in the log of the server.
      backup: may('manage study') ? await missingBackup(context) : null,
    })
  })
