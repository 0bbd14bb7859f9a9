import type { Context as Request } from 'hono'

/** The address of a request without what is behind the question mark, as it was written: what Hono gives is decoded, which a header may not be. */
export const ownPath = (request: Request): string => new URL(request.req.url).pathname
