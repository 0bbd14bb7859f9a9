/** The server's routes as this page calls them: typed from the server itself, with every way of failing as one kind of error. */
import { type ClientResponse, hc, type InferResponseType } from 'hono/client'
import type { Answers } from '../../instruments/schema.ts'
import type { AppType } from '../../server/app.ts'
import type { RefusalCode } from '../../server/refusal.ts'

/** Long enough for a train in a tunnel, short enough to try again. */
const patience = 20_000

/** Browsers take no more than 64 KB with `keepalive`, all requests together; a character is at most three bytes. */
const keepaliveLimit = 20_000

const { api } = hc<AppType>('/', { fetch: request })

type Ok<Route extends (...given: never[]) => unknown> = InferResponseType<Route, 200>
export type Packet = Ok<typeof api.packet.$get>
export type AssignmentSummary = Packet['assignments'][number]
export type Assignment = Ok<(typeof api.assignments)[':id']['$get']>

/** The server's code; `unreachable` when there was no answer, or none of ours. */
export type FailureCode = RefusalCode | 'unreachable'

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

export const getPacket = () => take(api.packet.$get())

export const putLanguage = (language: string) => take(api.packet.language.$put({ json: { language } }))

export const giveConsents = (given: Record<string, boolean>, language: string) =>
  take(api.packet.consents.$post({ json: { given, language } }))

export const withdraw = () => take(api.packet.withdraw.$post({ json: {} }))

export async function leave(): Promise<void> {
  await take(api.packet.leave.$post())
}

export const getAssignment = (id: string) => take(api.assignments[':id'].$get({ param: { id } }))

export const putDraft = (id: string, draft: { revision: number; answers: Answers; page: string | null }) =>
  take(api.assignments[':id'].draft.$put({ param: { id }, json: draft }))

export const submit = (id: string, submission: { answers: Answers; skipped: string[]; language: string }) =>
  take(api.assignments[':id'].submit.$post({ param: { id }, json: submission }))

/** The body of a good answer; throws an ApiFailure for any other outcome. */
async function take<Body, Status extends number>(answer: Promise<ClientResponse<Body, Status, 'json' | 'body'>>): Promise<Body> {
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

/** Gives up after a while. What is sent is finished even when the page closes meanwhile. */
async function request(input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
  const abort = new AbortController()
  const timer = setTimeout(() => abort.abort(), patience)
  const keepalive = typeof init.body === 'string' && init.body.length < keepaliveLimit
  try {
    return await fetch(input, { ...init, keepalive, signal: abort.signal, credentials: 'same-origin' })
  } finally {
    clearTimeout(timer)
  }
}
