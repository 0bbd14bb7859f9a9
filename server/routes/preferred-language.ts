import type { Context as Request } from 'hono'
import { accepts } from 'hono/accepts'

/** The language that the browser asks for, where nobody is known yet who chose one. */
export const preferredLanguage = (request: Request): string =>
  accepts(request, { header: 'Accept-Language', supports: ['nl', 'en'], default: 'nl' })
