/** Everything that goes wrong in a request becomes one shape for programs, `{ error: { code, message, ...details } }`, and a calm page for people. */
import type { ErrorHandler } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { Logger } from 'pino'
import { databaseAway, databaseNewer, databaseTaken } from '../failure.ts'
import { notice } from '../pages/door.ts'
import { plainReason } from '../plain-reason.ts'
import { Refusal, type RefusalCode, refusals } from '../refusal.ts'
import { preferredLanguage } from './preferred-language.ts'
import { patternOf } from './request-log.ts'
import type { Site } from './site.ts'

export const onError =
  (log: Logger, { respondStyles }: Pick<Site, 'respondStyles'>): ErrorHandler =>
  (error, request) => {
    const { code, details } = refusalOf(error)
    const { status, message } = refusals[code]
    const id = request.get('requestId')
    // The route's pattern, never the address: an address can hold a token.
    if (status >= 500) {
      const { message: reason, stack } = plainReason(error)
      log.error({ method: request.req.method, route: patternOf(request), code, error: reason, stack, request: id })
    }
    if (request.req.path.startsWith('/api/'))
      return request.json({ error: { code, message, ...details, ...(status >= 500 && { request: id }) } }, status)
    return request.html(notice(code === 'origin-foreign' ? 'foreign' : 'trouble', preferredLanguage(request), respondStyles), status)
  }

function refusalOf(error: Error): { code: RefusalCode; details: Record<string, unknown> } {
  if (error instanceof Refusal) return error
  if (error instanceof HTTPException && error.status < 500)
    return error.status === 413
      ? { code: 'body-too-large', details: {} }
      : { code: 'body-invalid', details: { problems: [{ path: '', reason: error.message }] } }
  if (!('code' in error)) return { code: 'unexpected', details: {} }
  if (error.code === databaseNewer) return { code: 'server-outdated', details: {} }
  if (fullCodes.has(error.code)) return { code: 'storage-full', details: {} }
  if (isAway(error.code)) return { code: 'storage-away', details: {} }
  // Whoever was sending has hung up, a phone that lost its network for example. Nobody reads the answer.
  if (error.code === 'ECONNRESET') return { code: 'body-invalid', details: {} }
  return { code: 'unexpected', details: {} }
}

/** Of both databases; the second: not even room for what processes that share a file tell each other. */
const fullCodes = new Set<unknown>(['SQLITE_FULL', 'SQLITE_IOERR_SHMSIZE', '53100'])

/** A disk that takes nothing, and a PostgreSQL server that is gone or going, or in which others work alone. */
const isAway = (code: unknown): boolean =>
  code === databaseAway || code === databaseTaken || (typeof code === 'string' && /^SQLITE_(IOERR|READONLY|CANTOPEN)/.test(code))
