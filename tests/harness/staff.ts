/** Staff who are signed in at a study that is served in this process. */
import { randomUUID } from 'node:crypto'
import type { Grant, StaffRole } from '../../server/access/roles.ts'
import type { Context } from '../../server/context.ts'
import { setStaffState } from '../../server/queries/staff.ts'
import { openStaffSession } from '../../server/workflow/sign-in.ts'
import { inviteStaff } from '../../server/workflow/staff-accounts.ts'

export interface StaffClient {
  /** Id of the account. */
  id: string
  cookie: string
  /** Calls a route below `/api/desk`: `GET /me`. */
  // biome-ignore lint/suspicious/noExplicitAny: each route answers in its own shape, and a test that misreads one fails.
  call(route: string, body?: unknown): Promise<{ status: number; body: any }>
}

/** An invented account with these grants, signed in; the sign-in itself is not what such a test is about. */
export async function staffAt(
  server: { context: Context; origin: string },
  grants: (Pick<Grant, 'role'> & Partial<Grant>)[] | StaffRole,
): Promise<StaffClient> {
  const given = (typeof grants === 'string' ? [{ role: grants }] : grants).map((grant) => ({ studyId: 's1', region: '*', ...grant }))
  const address = `${randomUUID()}@bureau.example`
  const { id } = await inviteStaff(server.context, { name: 'Verzonnen Collega', address, language: 'nl', grants: given })
  await server.context.stores.identity.withTx((tx) => setStaffState(tx, id, 'active', server.context.clock.now()))
  const { token } = await openStaffSession(server.context, id, 'signed in')
  return { id, ...callingAs(server.origin, `nameting-desk=${token}`) }
}

export const callingAs = (origin: string, cookie: string): Omit<StaffClient, 'id'> => ({
  cookie,
  async call(route, body) {
    const [method = 'GET', path = ''] = route.split(' ')
    const answer = await fetch(`${origin}/api/desk${path}`, {
      method,
      headers: { Cookie: cookie, Origin: origin, ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    return { status: answer.status, body: text === '' ? null : JSON.parse(text) }
  },
})
