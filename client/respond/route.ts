/** Addresses of the respondent's page. The server gives the same page for each. */

export type Route = { page: 'packet' } | { page: 'list'; id: string } | { page: 'case'; code: string } | { page: 'unknown' }

export function routeOf(pathname: string): Route {
  if (/^\/packet\/?$/.test(pathname)) return { page: 'packet' }
  const code = /^\/packet\/cases\/([\w.-]{1,40})\/?$/.exec(pathname)?.[1]
  if (code !== undefined) return { page: 'case', code }
  const id = /^\/packet\/lists\/([\w-]{1,64})\/?$/.exec(pathname)?.[1]
  return id === undefined ? { page: 'unknown' } : { page: 'list', id }
}

export const packetPath = '/packet'
/** Where logging out leads, so that the fresh page knows what to say, and in which language. */
export const leftPath = (language: string): string => `${packetPath}?left=${language}`

/** The language in which somebody just logged out; null when nobody did. */
export const leftIn = (search: string): string | null => /^\?left=([a-z]{2,3})$/.exec(search)?.[1] ?? null

export const listPath = (id: string): string => `/packet/lists/${id}`

/** Case codes are letters, digits, points, hyphens and underscores. */
export const casePath = (code: string): string => `/packet/cases/${code}`
