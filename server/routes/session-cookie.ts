/** The cookies of participants: unreadable for scripts, never sent from another site, and over TLS bound to this host. */
import type { Context as Request } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'

const attributes = { httpOnly: true, sameSite: 'Strict', path: '/' } as const
const name = 'nameting'
const deviceName = 'nameting-device'

/** `secure`: whether participants reach this installation over https. */
export function sessionCookie(secure: boolean) {
  const prefix = secure ? ('host' as const) : undefined
  const options = { ...attributes, secure, ...(prefix && { prefix }) }
  return {
    read: (request: Request): string | undefined => getCookie(request, name, prefix),
    write: (request: Request, session: string, seconds: number): void => setCookie(request, name, session, { ...options, maxAge: seconds }),
    /** The mark of this browser, by which it gets to see again what was answered with it. */
    readMark: (request: Request): string | undefined => getCookie(request, deviceName, prefix),
    writeMark: (request: Request, mark: string, seconds: number): void =>
      // Browsers keep no cookie for longer than 400 days, and Hono sets none for longer.
      setCookie(request, deviceName, mark, { ...options, maxAge: Math.min(seconds, 400 * 86_400) }),
    /** Whoever logs out leaves nothing here by which this browser could be known again. */
    clear: (request: Request): void => {
      deleteCookie(request, name, options)
      deleteCookie(request, deviceName, options)
    },
  }
}

export type SessionCookie = ReturnType<typeof sessionCookie>
