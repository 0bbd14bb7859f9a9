/** Typing lists in on behalf of somebody. */
import { Hono } from 'hono'
import { z } from 'zod'
import type { Context } from '../../context.ts'
import { compareEntries, decideEntries } from '../../workflow/decide-entries.ts'
import { listToType } from '../../workflow/list-to-type.ts'
import { listsToEnter, workToEnter } from '../../workflow/lists-to-enter.ts'
import type { Typing } from '../../workflow/need-entering.ts'
import { beginEntry, discardEntry, entryMeans, finishEntry, keepEntry, takeOverEntry } from '../../workflow/type-in.ts'
import { body } from '../validate.ts'
import type { DeskEnv } from './authorise.ts'
import { studyOf } from './study-of.ts'

const reason = z.string().trim().min(3).max(500)
const items = z.array(z.string().max(80)).max(3000)

const beginning = z.strictObject({
  means: z.enum(entryMeans),
  answeredOn: z.iso.date(),
  language: z.string().regex(/^[a-z]{2,3}$/),
  double: z.boolean(),
  reason: reason.optional(),
})
const typed = z.strictObject({ revision: z.int().min(0), answers: z.unknown(), page: z.string().max(64).nullable() })
const whole = z.strictObject({ ...typed.shape, skipped: items })
/** Which of the two typings, and why. */
const about = z.strictObject({ pass: z.int().min(1).max(2), reason })
const decision = z.strictObject({ choices: z.record(z.string().max(80), z.enum(['first', 'second'])), reason })

/** Work of the study as a whole. */
export const entryWorkRoutes = (context: Context) =>
  new Hono<DeskEnv>().get('/', async (request) =>
    request.json(await workToEnter(context, request.get('staff'), studyOf(request), request.get('access').reach('enter data'))),
  )

/** Below a case. */
export const entryRoutes = (context: Context) =>
  new Hono<DeskEnv>()
    .get('/', async (request) => request.json(await listsToEnter(context, request.get('staff'), request.get('case'))))
    .get('/:assignment', async (request) => request.json(await listToType(context, typingIn(request))))
    .post('/:assignment', body(beginning), async (request) => {
      await beginEntry(context, typingIn(request), request.req.valid('json'))
      return request.json(await listToType(context, typingIn(request)))
    })
    .put('/:assignment', body(typed), async (request) =>
      request.json(await keepEntry(context, typingIn(request), request.req.valid('json'))),
    )
    .post('/:assignment/finish', body(whole), async (request) =>
      request.json(await finishEntry(context, typingIn(request), request.req.valid('json'))),
    )
    .post('/:assignment/discard', body(about), async (request) => {
      await discardEntry(context, typingIn(request), request.req.valid('json'))
      return request.body(null, 204)
    })
    .post('/:assignment/take-over', body(about), async (request) => {
      await takeOverEntry(context, typingIn(request), request.req.valid('json'))
      return request.json(await listToType(context, typingIn(request)))
    })
    .get('/:assignment/comparison', async (request) => request.json(await compareEntries(context, typingIn(request))))
    .post('/:assignment/decide', body(decision), async (request) =>
      request.json(await decideEntries(context, typingIn(request), request.req.valid('json'))),
    )

interface Asked {
  get(name: 'staff'): Typing['staff']
  get(name: 'case'): Typing['found']
  req: { param(name: string): string | undefined }
}

const typingIn = (request: Asked): Typing => ({
  staff: request.get('staff'),
  found: request.get('case'),
  assignment: request.req.param('assignment') ?? '',
})
