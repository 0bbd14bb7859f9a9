/** Everything that goes wrong in a request becomes one shape: `{ error: { code, message, ...details } }`. */
import type { ErrorHandler } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { Logger } from 'pino'
import { Refusal, type RefusalCode, refusals } from '../refusal.ts'

export const onError =
  (log: Logger): ErrorHandler =>
  (error, request) => {
    const { code, details } = refusalOf(error)
    // The route's pattern, never the address: an address can hold a token.
    if (refusals[code].status >= 500)
      log.error({ method: request.req.method, route: request.req.routePath, code, error: error.message, stack: error.stack })
    return request.json({ error: { code, message: refusals[code].message, ...details } }, refusals[code].status)
  }

function refusalOf(error: Error): { code: RefusalCode; details: Record<string, unknown> } {
  if (error instanceof Refusal) return error
  if (error instanceof HTTPException && error.status < 500)
    return error.status === 413
      ? { code: 'body-too-large', details: {} }
      : { code: 'body-invalid', details: { problems: [{ path: '', reason: error.message }] } }
  if ('code' in error && error.code === 'SQLITE_FULL') return { code: 'storage-full', details: {} }
  return { code: 'unexpected', details: {} }
}
