/** In a demonstration nobody has to sign in: a visitor is whichever of the invented staff they choose. */
import type { Context as Request } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { isStaffRole, type StaffRole } from '../access/roles.ts'
import type { Context } from '../context.ts'
import type { InventedStaff } from '../demo/staff.ts'
import { openStaffSession, staffIn } from '../workflow/sign-in.ts'
import { type StaffCookie, staffCookie } from './desk/staff-cookie.ts'

/** Who a visitor is who has not chosen anybody. */
export const usualRole: StaffRole = 'data manager'

const chosenIn = 'nameting-demo-role'

export const chosenRole = (request: Request): StaffRole => {
  const chosen = getCookie(request, chosenIn) ?? ''
  return isStaffRole(chosen) ? chosen : usualRole
}

export const chooseRole = (request: Request, role: StaffRole): void =>
  setCookie(request, chosenIn, role, { httpOnly: true, sameSite: 'Strict', path: '/' })

/** A cookie of staff for which nobody has to sign in: whoever has none of their own is the chosen one of the invented staff. */
export function overTheShoulder(context: Context, accounts: InventedStaff): StaffCookie {
  const own = staffCookie(false)
  const sessions = new Map<StaffRole, string>()
  return {
    ...own,
    async read(request) {
      const mine = await own.read(request)
      if (mine !== undefined) return mine
      const role = chosenRole(request)
      const open = sessions.get(role)
      // The clock of a demonstration jumps: yesterday's session may be a month old.
      if (open !== undefined && (await isGood(context, open))) return open
      const { token } = await openStaffSession(context, accounts[role], 'signed in')
      sessions.set(role, token)
      return token
    },
  }
}

const isGood = (context: Context, token: string): Promise<boolean> =>
  staffIn(context, token, 'signed in', { isAttended: true }).then(
    () => true,
    () => false,
  )
