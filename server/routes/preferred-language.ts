import type { Context as Request } from 'hono'
import { accepts } from 'hono/accepts'
import { spokenOnPages } from '../pages/texts/languages.ts'

/** The language that was chosen on a page that the server draws: `?language=` in its address. Undefined when none was, or one that pages do not speak. */
export function chosenLanguage(request: Request): string | undefined {
  const chosen = request.req.query('language')
  return chosen !== undefined && spokenOnPages.includes(chosen) ? chosen : undefined
}

/** The language of a page for somebody who is not known: the one chosen, or else the one that the browser asks for. */
export const preferredLanguage = (request: Request): string =>
  chosenLanguage(request) ?? accepts(request, { header: 'Accept-Language', supports: [...spokenOnPages], default: 'nl' })
