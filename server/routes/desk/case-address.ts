/**
 * Correcting how somebody is reached. It is a route by which it is done, and the same below `/preview`, where it is done and undone: what
 * that answers is which mails would go where.
 */
import { Hono } from 'hono'
import { z } from 'zod'
import type { Context } from '../../context.ts'
import { correctAddress } from '../../workflow/correct-address.ts'
import { describeChanges } from '../../workflow/describe-changes.ts'
import { mailsAfterCorrecting } from '../../workflow/mails-after-correcting.ts'
import { needCase } from '../../workflow/need-case.ts'
import { refuseContact } from '../../workflow/person-of-case.ts'
import { trying } from '../../workflow/trying.ts'
import { body } from '../validate.ts'
import type { DeskEnv } from './authorise.ts'
import { changing, keyOf, personIn, reasonSchema, toldBy } from './changing.ts'
import { studyOf } from './study-of.ts'

const text = z.string().max(320)

/** Below a case. `isTrial`: nothing of it stays. */
export function caseAddressRoutes(real: Context, { isTrial = false } = {}) {
  const context = isTrial ? trying(real) : real
  const entrySchema = z.strictObject({
    email: text.optional(),
    /** Has none any more: what is planned for it is called off. */
    withoutMail: z.boolean().optional(),
    /** With `withoutMail`: links that went out open nothing any more. */
    closeLinks: z.boolean().optional(),
    /** Empty: none any more. */
    telephone: text.optional(),
    name: text.optional(),
    reason: reasonSchema(isTrial),
  })
  return new Hono<DeskEnv>().post('/people/:person/address', body(entrySchema), async (request) => {
    const { reason, ...entry } = request.req.valid('json')
    refuseContact(entry)
    const { id, role, number } = await personIn(context, request)
    const { id: caseId, code } = request.get('case')
    const { timeZone } = (await changing(needCase(real, studyOf(request), code))).protocol
    const mails = await mailsAfterCorrecting(real, { studyId: studyOf(request), caseId, participantId: id, timeZone }, entry)
    const changes = await changing(correctAddress(context, { ...keyOf(request), role, number, ...entry }, toldBy(request, reason)))
    return request.json({ changes: await describeChanges(real, caseId, changes), mails })
  })
}
