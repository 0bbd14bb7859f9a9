/** The server's routes as this page calls them, typed from the server itself. */
import { hc, type InferRequestType } from 'hono/client'
import type { Answers } from '../../instruments/schema.ts'
import type { AppType } from '../../server/app.ts'
import { type Ok, take } from '../ui/api.ts'

/** Long enough for a train in a tunnel, short enough to try again. */
const patience = 20_000

/** Browsers take no more than 64 KB with `keepalive`, all requests together; a character is at most three bytes. */
const keepaliveLimit = 20_000

const { api } = hc<AppType>('/', { fetch: request })

export type Packet = Ok<typeof api.packet.$get>
export type AssignmentSummary = Packet['assignments'][number]
export type LeavingReason = InferRequestType<(typeof api.cases)[':code']['leave']['$post']>['json']['reason']
export type Assignment = Ok<(typeof api.assignments)[':id']['$get']>

export const getPacket = () => take(api.packet.$get())

export const putLanguage = (language: string) => take(api.packet.language.$put({ json: { language } }))

export const giveConsents = (given: Record<string, boolean>, language: string) =>
  take(api.packet.consents.$post({ json: { given, language } }))

export const withdraw = () => take(api.packet.withdraw.$post({ json: {} }))

export async function leave(): Promise<void> {
  await take(api.packet.leave.$post())
}

export const handOverCase = (code: string, colleague: { name: string; email: string }) =>
  take(api.cases[':code']['hand-over'].$post({ param: { code }, json: colleague }))

export const leaveCase = (code: string, reason: LeavingReason) =>
  take(api.cases[':code'].leave.$post({ param: { code }, json: { reason } }))

export const getAssignment = (id: string) => take(api.assignments[':id'].$get({ param: { id } }))

export const putDraft = (id: string, draft: { revision: number; answers: Answers; page: string | null }) =>
  take(api.assignments[':id'].draft.$put({ param: { id }, json: draft }))

export const submit = (id: string, submission: { answers: Answers; skipped: string[]; language: string }) =>
  take(api.assignments[':id'].submit.$post({ param: { id }, json: submission }))

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
