/** What the routes have in common by which staff change a case. */
import type { Context as Request } from 'hono'
import { z } from 'zod'
import type { Context } from '../../context.ts'
import { Failure } from '../../failure.ts'
import { Refusal } from '../../refusal.ts'
import type { CaseKey } from '../../workflow/add-participant.ts'
import { personOfCase } from '../../workflow/person-of-case.ts'
import type { Told } from '../../workflow/told.ts'
import type { DeskEnv } from './authorise.ts'
import { studyOf } from './study-of.ts'

type CaseRequest = Pick<Request<DeskEnv>, 'get' | 'req'>

/** Why somebody does it. While it is only tried out nobody has to say so yet. */
export const reasonSchema = (isTrial: boolean) =>
  z
    .string()
    .trim()
    .min(isTrial ? 0 : 1)
    .max(500)

export const keyOf = (request: CaseRequest): CaseKey => ({ study: studyOf(request), code: request.get('case').code })

export const toldBy = (request: CaseRequest, reason: string): Told => ({ staff: request.get('staff').member.id, why: reason })

/** The person of the address, by pseudonym. */
export const personIn = (context: Context, request: CaseRequest) =>
  personOfCase(context, request.get('case').id, request.req.param('person') ?? '')

/** Does it, and says as a refusal why it does not go together with the case as it is. */
export async function changing<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work
  } catch (reason) {
    if (reason instanceof Failure) throw new Refusal('change-refused', { why: reason.message, fault: reason.code ?? null })
    throw reason
  }
}
