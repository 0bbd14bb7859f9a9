/** What staff read and do: the study, its response, its cases. Who may call what stands in server/access/policies.ts. */
import { Hono } from 'hono'
import { z } from 'zod'
import type { Context } from '../context.ts'
import { caseFile } from '../workflow/case-file.ts'
import { deskStudy, responseTable } from '../workflow/desk-study.ts'
import { caseStates, listCases } from '../workflow/list-cases.ts'
import { authorise, type DeskEnv } from './authorise.ts'
import { signInRoutes } from './sign-in.ts'
import type { StaffCookie } from './staff-cookie.ts'
import { query } from './validate.ts'

const caseQuery = z.object({
  search: z.string().max(60).optional(),
  arm: z.string().max(60).optional(),
  state: z.enum(caseStates).optional(),
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(200).default(60),
})

export const deskRoutes = (context: Context, cookie: StaffCookie) =>
  new Hono<DeskEnv>()
    .use(authorise(context, cookie))
    .route('/', signInRoutes(context, cookie))
    .route('/studies/:study', studyRoutes(context))

const studyRoutes = (context: Context) =>
  new Hono<DeskEnv>()
    .get('/', async (request) => request.json(await deskStudy(context, studyOf(request))))
    .get('/response', async (request) =>
      request.json(await responseTable(context, studyOf(request), request.get('access').reach('see response'))),
    )
    .get('/cases', query(caseQuery), async (request) => {
      const { offset, limit, ...filter } = request.req.valid('query')
      const within = request.get('access').reach('see cases')
      return request.json(await listCases(context, { studyId: studyOf(request), within, ...filter }, { offset, limit }))
    })
    .get('/cases/:case', async (request) => request.json(await caseFile(context, studyOf(request), request.get('case').code)))

/** The study of the address; `authorise` has seen that it is there. */
const studyOf = (request: { req: { param(name: string): string | undefined } }): string => request.req.param('study') ?? ''

export type DeskRoutes = ReturnType<typeof deskRoutes>
