/** Answers that came in, questions about them, and values that are changed. */
import { Hono } from 'hono'
import { z } from 'zod'
import type { Context } from '../../context.ts'
import { answersOfList } from '../../workflow/answers-of-list.ts'
import { changeValue, tryChange } from '../../workflow/change-value.ts'
import { askAboutValue, noteOnQuery, queriesAbout, queriesIn, queryStates } from '../../workflow/value-queries.ts'
import { body, query } from '../validate.ts'
import type { DeskEnv } from './authorise.ts'
import { studyOf } from './study-of.ts'

const item = z.string().min(1).max(80)
const text = z.string().trim().min(3).max(2000)
const list = z.object({ state: z.enum(queryStates).default('open'), before: z.coerce.number().int().min(1).optional() })
const asking = z.strictObject({ assignment: z.string().max(64), item: item.nullable(), text })
const saying = z.strictObject({ text })
const closing = z.strictObject({ text: text.nullable() })
const answer = z.union([z.number(), z.string().max(10_000), z.array(z.number()).max(200)])
const why = {
  assignment: z.string().max(64),
  item,
  reason: z.string().trim().min(3).max(500),
  query: z.int().min(1).optional(),
}
const change = z.strictObject({ ...why, value: answer.nullable() })
const recordChange = z
  .strictObject({
    ...why,
    /** Index of the record that goes. */
    remove: z.int().min(0).max(1000).nullable(),
    add: z.record(z.string().max(80), answer).nullable(),
  })
  .refine(({ remove, add }) => remove !== null || add !== null, 'name a record to remove or to add')

/** Questions of the study as a whole. */
export const queryListRoutes = (context: Context) =>
  new Hono<DeskEnv>().get('/', query(list), async (request) => {
    const { state, before = null } = request.req.valid('query')
    const reach = request.get('access').reach('see answers')
    return request.json(await queriesIn(context, studyOf(request), { state, reach, before }))
  })

/** Below a case. */
export const valueRoutes = (context: Context) =>
  new Hono<DeskEnv>()
    .get('/answers/:assignment', async (request) =>
      request.json(await answersOfList(context, request.get('case'), request.req.param('assignment'))),
    )
    .get('/queries', async (request) => request.json(await queriesAbout(context, request.get('case'))))
    .post('/queries', body(asking), async (request) =>
      request.json(await askAboutValue(context, request.get('staff'), request.get('case'), request.req.valid('json'))),
    )
    .post('/queries/:query/answer', body(saying), async (request) => {
      const said = { query: numberOf(request.req.param('query')), kind: 'answered' as const, ...request.req.valid('json') }
      await noteOnQuery(context, request.get('staff'), request.get('case'), said)
      return request.body(null, 204)
    })
    .post('/queries/:query/ask-again', body(saying), async (request) => {
      const said = { query: numberOf(request.req.param('query')), kind: 'asked again' as const, ...request.req.valid('json') }
      await noteOnQuery(context, request.get('staff'), request.get('case'), said)
      return request.body(null, 204)
    })
    .post('/queries/:query/close', body(closing), async (request) => {
      const said = { query: numberOf(request.req.param('query')), kind: 'closed' as const, ...request.req.valid('json') }
      await noteOnQuery(context, request.get('staff'), request.get('case'), said)
      return request.body(null, 204)
    })
    .post('/values/preview', body(change), async (request) =>
      request.json(await tryChange(context, request.get('staff'), request.get('case'), request.req.valid('json'))),
    )
    .post('/values', body(change), async (request) =>
      request.json(await changeValue(context, request.get('staff'), request.get('case'), request.req.valid('json'))),
    )
    .post('/records/preview', body(recordChange), async (request) =>
      request.json(await tryChange(context, request.get('staff'), request.get('case'), ofRecords(request.req.valid('json')))),
    )
    .post('/records', body(recordChange), async (request) =>
      request.json(await changeValue(context, request.get('staff'), request.get('case'), ofRecords(request.req.valid('json')))),
    )

const ofRecords = ({ remove, add, ...change }: z.infer<typeof recordChange>) => ({ ...change, record: { remove, add } })

/** No question has number 0. */
const numberOf = (param: string): number => (/^[1-9]\d{0,9}$/.test(param) ? Number(param) : 0)
