/**
 * What staff read: the study, its response, its cases. Nothing here changes anything, and nothing says who somebody is.
 *
 * Only the demonstration mounts these: there are no staff accounts yet, and without them nobody may read a real study here.
 */
import { Hono } from 'hono'
import { z } from 'zod'
import type { Context } from '../context.ts'
import { caseFile } from '../workflow/case-file.ts'
import { deskStudy, responseTable } from '../workflow/desk-study.ts'
import { caseStates, listCases } from '../workflow/list-cases.ts'
import { query } from './validate.ts'

const caseQuery = z.object({
  search: z.string().max(60).optional(),
  arm: z.string().max(60).optional(),
  state: z.enum(caseStates).optional(),
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(200).default(60),
})

export const deskRoutes = (context: Context, studyId: string) =>
  new Hono()
    .get('/study', async (request) => request.json(await deskStudy(context, studyId)))
    .get('/response', async (request) => request.json(await responseTable(context, studyId)))
    .get('/cases', query(caseQuery), async (request) => {
      const { offset, limit, ...filter } = request.req.valid('query')
      return request.json(await listCases(context, { studyId, ...filter }, { offset, limit }))
    })
    .get('/cases/:code', async (request) => request.json(await caseFile(context, studyId, request.req.param('code'))))

export type DeskRoutes = ReturnType<typeof deskRoutes>
