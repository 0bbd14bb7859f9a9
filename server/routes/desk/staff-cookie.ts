/** The cookie of staff: unreadable for scripts, never sent from another site, only to the desk, gone when the browser closes. */
import type { Context as Request } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'

const name = 'nameting-desk'

export interface StaffCookie {
  /** The token of the session, where there is one. */
  read(request: Request): Promise<string | undefined>
  write(request: Request, token: string): void
  clear(request: Request): void
}

export function staffCookie(secure: boolean): StaffCookie {
  const prefix = secure ? ('host' as const) : undefined
  const options = { httpOnly: true, sameSite: 'Strict', path: '/', secure, ...(prefix && { prefix }) } as const
  return {
    read: async (request) => getCookie(request, name, prefix),
    write: (request, token) => setCookie(request, name, token, options),
    clear: (request) => void deleteCookie(request, name, options),
  }
}
