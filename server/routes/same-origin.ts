import { createMiddleware } from 'hono/factory'
import { Refusal } from '../refusal.ts'

/** Requests that change something must come from our own pages. Browsers say where from; what says nothing is no browser. */
export const sameOrigin = (baseUrl: string) =>
  createMiddleware(async (request, next) => {
    const { method } = request.req
    if (method !== 'GET' && method !== 'HEAD' && isForeign(request.req.header(), baseUrl)) throw new Refusal('origin-foreign')
    await next()
  })

function isForeign(headers: Record<string, string | undefined>, baseUrl: string): boolean {
  const site = headers['sec-fetch-site']
  if (site !== undefined) return site !== 'same-origin' && site !== 'none'
  const { origin, host } = headers
  if (origin === undefined || origin === new URL(baseUrl).origin) return false
  // Without TLS a machine has many names (localhost, 127.0.0.1), and each is its own.
  return baseUrl.startsWith('https:') || origin !== `http://${host}`
}
