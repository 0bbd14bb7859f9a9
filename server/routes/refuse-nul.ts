/**
 * The character U+0000: PostgreSQL has it in no text, and whatever reads a text of SQLite may take it for the end. No address of ours has it
 * in its path, no parameter and no text that somebody sends. Answers are JSON, which writes it in another way, and have rules of their own.
 */
import { createMiddleware } from 'hono/factory'
import { Refusal } from '../refusal.ts'

const nul = '\0'
const reason = 'A text cannot hold the character U+0000.'

/** Refuses an address with it. */
export const refuseNul = createMiddleware(async (request, next) => {
  const [path = '', ...parameters] = request.req.url.split('?')
  if (path.includes('%00')) return request.notFound()
  if (parameters.join().includes('%00'))
    throw new Refusal('query-invalid', {
      problems: Object.entries(request.req.query()).flatMap(([name, value]) => (value.includes(nul) ? [{ path: `/${name}`, reason }] : [])),
    })
  await next()
})

/** Where in a body texts have it, as `body-invalid` tells it. */
export function nulIn(value: unknown, path = ''): { path: string; reason: string }[] {
  if (typeof value === 'string') return value.includes(nul) ? [{ path: path || '/', reason }] : []
  if (value === null || typeof value !== 'object') return []
  return Object.entries(value).flatMap(([name, one]) => (name === 'answers' ? [] : nulIn(one, `${path}/${name}`)))
}
