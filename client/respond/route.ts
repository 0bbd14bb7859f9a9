/** Addresses of the respondent's page. The server gives the same page for each. */

export type Route = { page: 'packet' } | { page: 'list'; id: string } | { page: 'unknown' }

export function routeOf(pathname: string): Route {
  if (/^\/packet\/?$/.test(pathname)) return { page: 'packet' }
  const id = /^\/packet\/lists\/([\w-]{1,64})\/?$/.exec(pathname)?.[1]
  return id === undefined ? { page: 'unknown' } : { page: 'list', id }
}

export const packetPath = '/packet'
export const listPath = (id: string): string => `/packet/lists/${id}`
