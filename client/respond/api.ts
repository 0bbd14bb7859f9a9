/** The server's routes as this page calls them, typed from the server itself. */
import { hc, type InferRequestType } from 'hono/client'
import type { AppType } from '../../server/app.ts'
import { type Ok, take } from '../ui/api.ts'
import type { Save } from './saving/draft-saver.ts'

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

/** `erase`: what was answered, too. */
export const withdraw = (how: { erase: boolean }) => take(api.packet.withdraw.$post({ json: how }))

export const wantReminders = (wanted: boolean) => take(api.packet.reminders.$put({ json: { wanted } }))

export async function leave(): Promise<void> {
  await take(api.packet.leave.$post())
}

/** Logs out without waiting for an answer: the page is being left. */
export function closeSession(): void {
  const path = '/api/packet/leave'
  if (!navigator.sendBeacon?.(path)) fetch(path, { method: 'POST', keepalive: true }).catch(() => {})
}

export const handOverCase = (code: string, colleague: { name: string; email: string }) =>
  take(api.cases[':code']['hand-over'].$post({ param: { code }, json: colleague }))

export const leaveCase = (code: string, reason: LeavingReason) =>
  take(api.cases[':code'].leave.$post({ param: { code }, json: { reason } }))

export const getAssignment = (id: string) => take(api.assignments[':id'].$get({ param: { id } }))

export const putDraft = (id: string, draft: Save) => take(api.assignments[':id'].draft.$put({ param: { id }, json: draft }))

export interface Submission extends Pick<Save, 'answers' | 'sealed' | 'revision' | 'save' | 'duration'> {
  /** Items that are left open on purpose. */
  skipped: string[]
  language: string
}

export const submit = (id: string, submission: Submission) => take(api.assignments[':id'].submit.$post({ param: { id }, json: submission }))

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
