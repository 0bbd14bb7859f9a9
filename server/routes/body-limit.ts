import { bodyLimit } from 'hono/body-limit'
import { createMiddleware } from 'hono/factory'
import { Refusal } from '../refusal.ts'

/** Where files come in: cases from a CSV, of which some 40,000 rows fit, and mails that came back. */
const files = { at: /^\/api\/desk\/studies\/[^/]+\/(imports|returned)(\/preview)?$/, most: 8 * 1024 * 1024 }

/**
 * Refuses a body of more than `most` bytes, or than a file may have. Most bodies say how long they are, and Node holds them to it; only one that
 * does not is counted while it comes in, which costs every request a stream.
 */
export function limitBody(most: number) {
  const tooLarge = () => {
    throw new Refusal('body-too-large')
  }
  const counting = bodyLimit({ maxSize: most, onError: tooLarge })
  const countingFile = bodyLimit({ maxSize: files.most, onError: tooLarge })
  return createMiddleware(async (request, next) => {
    const isFile = files.at.test(request.req.path)
    const length = request.req.header('Content-Length')
    if (length === undefined && request.req.header('Transfer-Encoding') !== undefined)
      return await (isFile ? countingFile : counting)(request, next)
    if (Number(length ?? 0) > (isFile ? files.most : most)) tooLarge()
    await next()
  })
}
