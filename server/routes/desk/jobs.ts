/** Long work on all cases of a study: how far it is, and stopping it. What it can be is begun below definitions. */
import { Hono } from 'hono'
import { z } from 'zod'
import type { deskJobs } from '../../workflow/desk-jobs.ts'
import { body } from '../validate.ts'
import type { DeskEnv } from './authorise.ts'
import { studyOf } from './study-of.ts'

const nothing = z.strictObject({})

/** Below a study. */
export const jobRoutes = (jobs: ReturnType<typeof deskJobs>) =>
  new Hono<DeskEnv>()
    .get('/', async (request) => request.json(await jobs.list(studyOf(request))))
    .get('/:job', async (request) => request.json(await jobs.find(studyOf(request), request.req.param('job'))))
    .post('/:job/cancel', body(nothing), async (request) => request.json(await jobs.cancel(studyOf(request), request.req.param('job'))))
    .post('/:job/go-on', body(nothing), async (request) => request.json(await jobs.goOn(studyOf(request), request.req.param('job'))))
