/** The cookie that holds a session: unreadable for scripts, never sent from another site, and over TLS bound to this host. */
import type { Context as Request } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'

const attributes = { httpOnly: true, sameSite: 'Strict', path: '/' } as const
const name = 'nameting'

/** `secure`: whether participants reach this installation over https. */
export function sessionCookie(secure: boolean) {
  const prefix = secure ? 'host' : undefined
  return {
    read: (request: Request): string | undefined => getCookie(request, name, prefix),
    write: (request: Request, session: string, seconds: number): void =>
      setCookie(request, name, session, { ...attributes, secure, maxAge: seconds, ...(prefix && { prefix }) }),
    clear: (request: Request): void => {
      deleteCookie(request, name, { ...attributes, secure, ...(prefix && { prefix }) })
    },
  }
}

export type SessionCookie = ReturnType<typeof sessionCookie>
