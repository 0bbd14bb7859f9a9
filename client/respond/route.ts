/** Addresses of the respondent's page. The server gives the same page for each, drawn, and takes the forms of each. */

export type Route =
  | { page: 'packet' }
  /** Whether one really wants to stop, or to have one's answers erased. */
  | { page: 'stop' }
  | { page: 'erase' }
  | { page: 'list'; id: string }
  /** One case, or what a professional does about it. */
  | { page: 'case'; code: string; doing: 'hand-over' | 'leave' | null }
  | { page: 'unknown' }

export function routeOf(pathname: string): Route {
  const path = pathname.replace(/\/$/, '')
  if (path === packetPath) return { page: 'packet' }
  if (path === stopPath) return { page: 'stop' }
  if (path === erasePath) return { page: 'erase' }
  const [, code, doing = null] = /^\/packet\/cases\/([\w.-]{1,40})(?:\/(hand-over|leave))?$/.exec(path) ?? []
  if (code !== undefined) return { page: 'case', code, doing: doing as 'hand-over' | 'leave' | null }
  const id = /^\/packet\/lists\/([\w-]{1,64})$/.exec(path)?.[1]
  return id === undefined ? { page: 'unknown' } : { page: 'list', id }
}

export const packetPath = '/packet'
export const stopPath = '/packet/stop'
export const erasePath = '/packet/erase'

/** Where forms go that have no page of their own. */
export const leavingPath = '/packet/leave'
export const remindersPath = '/packet/reminders'

/** Where a language is chosen without scripts; `back`: the address to show again. */
export const languagePath = (back: string): string => `/packet/language?back=${encodeURIComponent(back)}`

/** Where logging out leads, so that the fresh page knows what to say, and in which language. */
export const leftPath = (language: string): string => `${packetPath}?left=${language}`

/** The language in which somebody just logged out; null when nobody did. */
export const leftIn = (search: string): string | null => /^\?left=([a-z]{2,3})$/.exec(search)?.[1] ?? null

export const listPath = (id: string): string => `/packet/lists/${id}`

/** The list for paper: a page of the server's own. */
export const printPath = (id: string): string => `${listPath(id)}/print`

/** Case codes are letters, digits, points, hyphens and underscores. */
export const casePath = (code: string): string => `/packet/cases/${code}`
export const handOverPath = (code: string): string => `${casePath(code)}/hand-over`
export const leaveCasePath = (code: string): string => `${casePath(code)}/leave`
