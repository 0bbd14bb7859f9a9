/** What a study asks, scores and plans by; and going over to another version of it, or to other norms. */
import { Hono } from 'hono'
import { z } from 'zod'
import type { Context } from '../../context.ts'
import { compareOfStudy, definitionsOf, instrumentOfStudy } from '../../workflow/browse-definitions.ts'
import { calendarOfStudy, protocolOfStudy } from '../../workflow/browse-protocol.ts'
import type { deskJobs } from '../../workflow/desk-jobs.ts'
import { offeredNorms } from '../../workflow/offered-norms.ts'
import { body, query } from '../validate.ts'
import type { DeskEnv } from './authorise.ts'
import { reasonSchema, toldBy } from './changing.ts'
import { studyOf } from './study-of.ts'

const reference = z.string().max(120)
const id = z.string().max(60)
/** What was looked at, and why it is done. */
const decision = z.strictObject({ job: id, reason: reasonSchema(false) })
const adoption = { reference: z.string().min(1).max(120), from: z.iso.date() }

/** Below a study. */
export const definitionRoutes = (context: Context, jobs: ReturnType<typeof deskJobs>) =>
  new Hono<DeskEnv>()
    .get('/', async (request) => request.json(await definitionsOf(context, studyOf(request))))
    .get('/instruments/:reference', async (request) =>
      request.json(await instrumentOfStudy(context, studyOf(request), request.req.param('reference'))),
    )
    .get('/comparison', query(z.strictObject({ older: reference, newer: reference })), async (request) => {
      const { older, newer } = request.req.valid('query')
      return request.json(await compareOfStudy(context, studyOf(request), older, newer))
    })
    .get('/protocol', query(z.strictObject({ version: reference.optional() })), async (request) =>
      request.json(await protocolOfStudy(context, studyOf(request), request.req.valid('query').version)),
    )
    .get('/calendar', query(z.strictObject({ version: reference.optional(), cohort: id, arm: id, day: z.iso.date() })), async (request) => {
      const { version, ...group } = request.req.valid('query')
      return request.json(await calendarOfStudy(context, studyOf(request), { ...group, reference: version }))
    })
    .get('/norms', async (request) => request.json(await offeredNorms(context, studyOf(request))))
    .post('/adoption/preview', body(z.strictObject(adoption)), async (request) => {
      const entry = request.req.valid('json')
      return request.json(await jobs.look(studyOf(request), request.get('staff').member.id, 'adopt', entry))
    })
    .post('/adoption', body(decision), async (request) => {
      const { job, reason } = request.req.valid('json')
      return request.json(await jobs.begin(studyOf(request), job, 'adopt', toldBy(request, reason)))
    })
    .post('/rescoring/preview', body(z.strictObject({ norms: z.array(reference.min(1)).max(50) })), async (request) => {
      const entry = request.req.valid('json')
      return request.json(await jobs.look(studyOf(request), request.get('staff').member.id, 'rescore', entry))
    })
    .post('/rescoring', body(decision), async (request) => {
      const { job, reason } = request.req.valid('json')
      return request.json(await jobs.begin(studyOf(request), job, 'rescore', toldBy(request, reason)))
    })
