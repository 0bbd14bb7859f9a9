/** Somebody stops for good, or comes back: on their behalf, as they asked on paper or by telephone. */
import { Hono } from 'hono'
import { z } from 'zod'
import type { Context } from '../../context.ts'
import { bringBack } from '../../workflow/bring-back.ts'
import { describeChanges } from '../../workflow/describe-changes.ts'
import { eraseFor, leavingOf } from '../../workflow/leaving.ts'
import { trying } from '../../workflow/trying.ts'
import { body } from '../validate.ts'
import type { DeskEnv } from './authorise.ts'
import { changing, keyOf, personIn, reasonSchema, toldBy } from './changing.ts'

const reason = reasonSchema(false)

/** Below a case. */
export const leavingRoutes = (context: Context) =>
  new Hono<DeskEnv>()
    .get('/people/:person/leaving', async (request) => {
      const person = await personIn(context, request)
      return request.json(await leavingOf(context, person, request.get('access').reach('see cases')))
    })
    .post('/people/:person/erase', body(z.strictObject({ reason })), async (request) => {
      const person = await personIn(context, request)
      const told = toldBy(request, request.req.valid('json').reason)
      await eraseFor(context, person, request.get('access').reach('remove answers'), told)
      return request.json({ done: true })
    })

/** Below a case. `isTrial`: nothing of it stays. */
export function returnRoutes(real: Context, { isTrial = false } = {}) {
  const context = isTrial ? trying(real) : real
  return new Hono<DeskEnv>().post('/people/:person/return', body(z.strictObject({ reason: reasonSchema(isTrial) })), async (request) => {
    const { role, number, caseId } = await personIn(context, request)
    const told = toldBy(request, request.req.valid('json').reason)
    const { changes } = await changing(bringBack(context, keyOf(request), { role, number }, told))
    return request.json({ changes: await describeChanges(real, caseId, changes) })
  })
}
