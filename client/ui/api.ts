/** What every site does with the server's answers: a body, or one kind of error whatever went wrong. */
import type { ClientResponse, InferResponseType } from 'hono/client'
import type { RefusalCode } from '../../server/refusal.ts'

/** The body of a route's good answer. */
export type Ok<Route extends (...given: never[]) => unknown> = InferResponseType<Route, 200>

/** The server's code; `unreachable` when there was no answer, or none of ours. */
type FailureCode = RefusalCode | 'unreachable'

export class ApiFailure extends Error {
  readonly code: FailureCode
  /** What the server told beside code and message. */
  readonly details: Record<string, unknown>

  constructor(code: FailureCode, details: Record<string, unknown> = {}) {
    super(code)
    this.code = code
    this.details = details
  }
}

/** The body of a good answer; throws an ApiFailure for any other outcome. */
export async function take<Body, Status extends number>(answer: Promise<ClientResponse<Body, Status, 'json' | 'body'>>): Promise<Body> {
  const response = await answer.catch(() => {
    throw new ApiFailure('unreachable')
  })
  if (response.status === 204) return null as Body
  const body: unknown = await response.json().catch(() => null)
  if (response.ok && body !== null) return body as Body
  // A proxy or a captive portal may answer in our place, in its own words.
  const { code, ...details } = ((body as { error?: object } | null)?.error ?? {}) as { code?: RefusalCode }
  throw new ApiFailure(code ?? 'unreachable', details)
}
