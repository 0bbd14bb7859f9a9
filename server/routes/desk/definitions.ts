/** What a study asks, scores and plans by; and going over to another version of it. */
import { Hono } from 'hono'
import { z } from 'zod'
import type { Context } from '../../context.ts'
import { adoptAtDesk, previewAtDesk } from '../../workflow/adopt-at-desk.ts'
import { compareOfStudy, definitionsOf, instrumentOfStudy } from '../../workflow/browse-definitions.ts'
import { calendarOfStudy, protocolOfStudy } from '../../workflow/browse-protocol.ts'
import { body, query } from '../validate.ts'
import type { DeskEnv } from './authorise.ts'
import { reasonSchema, toldBy } from './changing.ts'
import { studyOf } from './study-of.ts'

const reference = z.string().max(120)
const id = z.string().max(60)
const adoption = { reference: z.string().min(1).max(120), from: z.iso.date() }

/** Below a study. */
export const definitionRoutes = (context: Context) =>
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
    .post('/adoption/preview', body(z.strictObject(adoption)), async (request) =>
      request.json(await previewAtDesk(context, studyOf(request), request.req.valid('json'))),
    )
    .post('/adoption', body(z.strictObject({ ...adoption, reason: reasonSchema(false) })), async (request) => {
      const { reason, ...entry } = request.req.valid('json')
      return request.json(await adoptAtDesk(context, studyOf(request), entry, toldBy(request, reason)))
    })
