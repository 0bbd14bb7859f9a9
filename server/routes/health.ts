/** For whoever operates the server: whether it lives, whether it is ready, and how it fares in numbers. */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { Context as Request } from 'hono'
import { Hono } from 'hono'
import type { Context } from '../context.ts'
import { type Check, examineDatabase, examineDisk } from '../workflow/examine-server.ts'
import type { Answered } from './request-log.ts'

export interface Operation {
  /** Looks whether this server can do its work. */
  look(): Promise<Check[]>
  /** Null where nobody collects numbers. */
  metrics: {
    /** Is told of each request. */
    answered(request: Answered): void
    /** The numbers, and what they are written in. */
    read(): Promise<{ type: string; text: string }>
  } | null
  /** METRICS_TOKEN: who has it may see reasons and numbers. */
  token: string | undefined
}

/** Without these a request cannot be answered as it should; the others are for whoever looks after the server. */
const neededForRequests: readonly string[] = ['database', 'stopping'] satisfies Check['name'][]

/** Of a server that nobody watches, such as the demonstration. */
export const unwatched = (context: Context): Operation => ({
  look: () => Promise.all([examineDatabase(context), examineDisk(context)]),
  metrics: null,
  token: undefined,
})

export const healthRoutes = ({ look, metrics, token }: Operation) => {
  const mayKnow = bearerOf(token)
  return new Hono()
    .get('/healthz', (request) => request.text('ok\n'))
    .get('/readyz', async (request) => {
      const isForRequests = request.req.query('for') === 'requests'
      const checks = (await look()).filter(({ name }) => !isForRequests || neededForRequests.includes(name))
      const ready = checks.every(({ reason }) => reason === null)
      const details = mayKnow(request) && { checks: checks.map(({ name, reason }) => ({ name, ok: reason === null, reason })) }
      return request.json({ ready, ...details }, ready ? 200 : 503)
    })
    .get('/metrics', async (request) => {
      if (!metrics || !mayKnow(request)) return request.notFound()
      const { type, text } = await metrics.read()
      return request.body(text, 200, { 'Content-Type': type })
    })
}

/** Whether a request brings the token. Without one there is nobody who may. */
function bearerOf(token: string | undefined): (request: Request) => boolean {
  if (token === undefined) return () => false
  const wanted = digest(`Bearer ${token}`)
  return (request) => timingSafeEqual(digest(request.req.header('Authorization') ?? ''), wanted)
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
