/** What staff read and do. Who may call what stands in server/access/policies.ts. */
import { Hono } from 'hono'
import type { Context } from '../../context.ts'
import type { Outgoing } from '../../workflow/mail-staff-link.ts'
import { authorise, type DeskEnv } from './authorise.ts'
import { caseRoutes } from './cases.ts'
import { signInRoutes } from './sign-in.ts'
import { staffRoutes } from './staff.ts'
import type { StaffCookie } from './staff-cookie.ts'
import { studyRoutes } from './study.ts'

/** `outgoing`: the way out for mail that staff send by hand. */
export const deskRoutes = (context: Context, cookie: StaffCookie, { outgoing }: { outgoing?: Outgoing } = {}) =>
  new Hono<DeskEnv>()
    .use(authorise(context, cookie))
    .route('/', signInRoutes(context, cookie))
    .route('/staff', staffRoutes(context, outgoing))
    .route('/studies/:study', studyRoutes(context))
    .route('/studies/:study/cases', caseRoutes(context))

export type DeskRoutes = ReturnType<typeof deskRoutes>
