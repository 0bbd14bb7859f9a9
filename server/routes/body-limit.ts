import { bodyLimit } from 'hono/body-limit'
import { createMiddleware } from 'hono/factory'
import { Refusal } from '../refusal.ts'

/**
 * Refuses a body of more than `most` bytes. Most bodies say how long they are, and Node holds them to it; only one that
 * does not is counted while it comes in, which costs every request a stream.
 */
export function limitBody(most: number) {
  const tooLarge = () => {
    throw new Refusal('body-too-large')
  }
  const counting = bodyLimit({ maxSize: most, onError: tooLarge })
  return createMiddleware(async (request, next) => {
    const length = request.req.header('Content-Length')
    if (length === undefined && request.req.header('Transfer-Encoding') !== undefined) return await counting(request, next)
    if (Number(length ?? 0) > most) tooLarge()
    await next()
  })
}
