/** Many cases from a file: looked at first, then registered, all or none. */
import { Hono } from 'hono'
import { z } from 'zod'
import type { Context } from '../../context.ts'
import { importJobs } from '../../workflow/import-jobs.ts'
import { previewImport } from '../../workflow/preview-import.ts'
import { body } from '../validate.ts'
import type { DeskEnv } from './authorise.ts'
import { studyOf } from './study-of.ts'

const fileSchema = z.strictObject({ csv: z.string().min(1) })
const nothing = z.strictObject({})

export const importRoutes = (context: Context) => {
  const jobs = importJobs(context)
  return new Hono<DeskEnv>()
    .post('/preview', body(fileSchema), async (request) => {
      const access = request.get('access')
      const asking = { studyId: studyOf(request), staffId: request.get('staff').member.id, within: access.reach('see contact') }
      return request.json(await previewImport(context, asking, access.reach('register cases'), request.req.valid('json').csv))
    })
    .post('/', body(fileSchema), async (request) => {
      const within = request.get('access').reach('register cases')
      return request.json(await jobs.start(studyOf(request), request.get('staff'), within, request.req.valid('json').csv))
    })
    .get('/', async (request) => request.json(await jobs.list(studyOf(request))))
    .get('/:import', async (request) => request.json(await jobs.find(studyOf(request), request.req.param('import'))))
    .post('/:import/cancel', body(nothing), async (request) =>
      request.json(await jobs.cancel(studyOf(request), request.req.param('import'))),
    )
}
