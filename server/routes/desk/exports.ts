/** Exports of a study: which were made, and making one. */
import { Readable } from 'node:stream'
import { Hono } from 'hono'
import { z } from 'zod'
import type { Context } from '../../context.ts'
import { formatNames, languages, layoutNames, tiers } from '../../export/choices.ts'
import { filterNames } from '../../export/filter-names.ts'
import { exportJobs } from '../../workflow/export-jobs.ts'
import { exportDestroyed } from '../../workflow/record-export.ts'
import { body } from '../validate.ts'
import type { DeskEnv } from './authorise.ts'
import { studyOf } from './study-of.ts'

const nothing = z.strictObject({})
const reason = z.string().trim().min(1).max(1000)
const some = z.array(z.string().max(200)).min(1).max(200)
const filterSchema = z.strictObject({ arms: some, cohorts: some, regions: some, waves: some, consents: some }).partial()

const choicesSchema = z
  .strictObject({
    tier: z.enum(tiers),
    ageBands: z.boolean().default(false),
    layouts: z.array(z.enum(layoutNames)).min(1),
    formats: z.array(z.enum(formatNames)).min(1),
    language: z.enum(languages),
    filter: filterSchema,
    purpose: z.string().trim().max(1000),
  })
  .refine(({ tier, purpose }) => tier !== 'shared' || purpose !== '', 'shared data have a purpose')
  .refine(({ tier, ageBands }) => tier === 'shared' || !ageBands, 'other than shared data have months of birth, and no ages')

/** In the order in which the command has them, so that the same choices make the same manifest. */
function inOrder({ layouts, formats, filter, purpose, ...rest }: z.infer<typeof choicesSchema>) {
  const given = filterNames.flatMap((name) => (filter[name] ? [[name, filter[name]] as const] : []))
  return {
    ...rest,
    layouts: layoutNames.filter((name) => layouts.includes(name)),
    formats: formatNames.filter((name) => formats.includes(name)),
    filter: given.length === 0 ? null : Object.fromEntries(given),
    purpose: purpose || null,
  }
}

/** Below a study. */
export const exportRoutes = (context: Context) => {
  const jobs = exportJobs(context)
  return new Hono<DeskEnv>()
    .get('/', async (request) => request.json(await jobs.overview(studyOf(request))))
    .post('/', body(choicesSchema), async (request) => {
      const choices = inOrder(request.req.valid('json'))
      return request.json(await jobs.start(studyOf(request), request.get('staff').member.id, choices))
    })
    .get('/jobs/:job', async (request) => request.json(await jobs.find(studyOf(request), request.req.param('job'))))
    .post('/jobs/:job/cancel', body(nothing), async (request) =>
      request.json(await jobs.cancel(studyOf(request), request.req.param('job'))),
    )
    .get('/jobs/:job/file', async (request) => {
      const { name, zip } = await jobs.files(studyOf(request), request.req.param('job'))
      request.header('Content-Type', 'application/zip')
      request.header('Content-Disposition', `attachment; filename="${name}"`)
      return request.body(Readable.toWeb(zip) as ReadableStream)
    })
    .post('/:export/destroyed', body(z.strictObject({ reason })), async (request) => {
      await exportDestroyed(context, studyOf(request), request.req.param('export'), request.get('staff').member.id)
      return request.json({ done: true })
    })
}
