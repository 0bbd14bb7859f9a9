/** Cases: many in a list, one whole, and new ones. */
import type { Context as Request } from 'hono'
import { Hono } from 'hono'
import { z } from 'zod'
import { reaches } from '../../access/roles.ts'
import type { Context } from '../../context.ts'
import { caseFile } from '../../workflow/case-file.ts'
import { finishTaskOfCase } from '../../workflow/finish-task.ts'
import { caseSorts, caseStates, familyStates, figures, listCases } from '../../workflow/list-cases.ts'
import { registerAtDesk } from '../../workflow/register-at-desk.ts'
import { body, query } from '../validate.ts'
import type { DeskEnv } from './authorise.ts'
import { entrySchema } from './case-entry.ts'
import { studyOf } from './study-of.ts'

const name = z.string().max(60)
const caseQuery = z.strictObject({
  search: name.optional(),
  arm: name.optional(),
  cohort: name.optional(),
  region: z.string().max(200).optional(),
  state: z.enum(caseStates).optional(),
  family: z.enum(familyStates).optional(),
  undated: z.literal('yes').optional(),
  wave: name.optional(),
  role: name.optional(),
  list: name.optional(),
  figure: z.enum(figures).default('open'),
  reason: name.optional(),
  sort: z.enum(caseSorts).default('registered'),
  turned: z.literal('yes').optional(),
  after: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(60),
})

export const caseRoutes = (context: Context) =>
  new Hono<DeskEnv>()
    .get('/', query(caseQuery), async (request) => {
      const { sort, turned, after, limit, wave, role, list, figure, reason, undated, ...filter } = request.req.valid('query')
      const wanted = {
        ...filter,
        studyId: studyOf(request),
        within: request.get('access').reach('see cases'),
        undated: undated === 'yes',
        list: wave === undefined ? undefined : { wave, role, instrument: list, figure, reason },
      }
      return request.json(await listCases(context, wanted, { sort, turned: turned === 'yes', after, limit }))
    })
    .post('/', body(entrySchema), async (request) => {
      const within = request.get('access').reach('register cases')
      return request.json(await registerAtDesk(context, studyOf(request), request.get('staff'), within, request.req.valid('json')), 201)
    })
    .get('/:case', async (request) => {
      const within = request.get('access').reach('see cases')
      return request.json(
        await caseFile(context, studyOf(request), request.get('case').code, { seesAnswers: seesAnswers(request), within }),
      )
    })
    .post('/:case/tasks/:task/done', body(z.strictObject({ reason: z.string().trim().min(1).max(500) })), async (request) => {
      const { reason } = request.req.valid('json')
      await finishTaskOfCase(context, request.get('case'), request.req.param('task'), {
        staff: request.get('staff').member.id,
        why: reason,
      })
      return request.json({ done: true })
    })

/** Scores are answers: not everybody who sees a case sees them. */
const seesAnswers = (request: Pick<Request<DeskEnv>, 'get'>): boolean =>
  reaches(request.get('access').reach('see answers'), request.get('case').region)
