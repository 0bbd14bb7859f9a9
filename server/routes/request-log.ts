/** One line for each request: which route, how it ended, how long it took. No address, no token, nobody's name: see docs/hosting.md. */

import type { Context as Request } from 'hono'
import { createMiddleware } from 'hono/factory'
import { matchedRoutes, routePath } from 'hono/route'
import type { Logger } from 'pino'
import { newId } from '../new-id.ts'

export interface Answered {
  method: string
  /** The pattern that matched, `/l/:token`; `none` where nothing did. */
  route: string
  status: number
  /** Milliseconds until the answer began. */
  ms: number
}

declare module 'hono' {
  interface ContextVariableMap {
    /** What this request is called in the log, and in X-Request-Id. */
    requestId: string
  }
}

/** Asked every few seconds by programs. */
const quiet = ['/healthz', '/readyz', '/metrics']

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

/** `count` is told of each request. */
export function requestLog(log: Pick<Logger, 'info' | 'debug'>, count: (answered: Answered) => void = () => {}) {
  return createMiddleware(async (request, next) => {
    const began = performance.now()
    const id = newId()
    request.set('requestId', id)
    await next()
    request.res.headers.set('X-Request-Id', id)
    const answered: Answered = {
      // Whoever asks can call a method anything.
      method: methods.includes(request.req.method) ? request.req.method : 'other',
      route: patternOf(request),
      status: request.res.status,
      ms: Math.round((performance.now() - began) * 10) / 10,
    }
    count(answered)
    if (quiet.includes(answered.route)) log.debug({ ...answered, request: id }, 'request')
    else log.info({ ...answered, request: id }, 'request')
  })
}

/** Of what answered; where that was something that stands before many routes, the route that it stood before. */
export function patternOf(request: Request): string {
  const own = routePath(request)
  if (!own.endsWith('*')) return own
  const beyond = matchedRoutes(request).find(({ path }) => !path.endsWith('*'))
  return beyond?.path ?? (own === '/*' || own === '*' ? 'none' : own)
}
