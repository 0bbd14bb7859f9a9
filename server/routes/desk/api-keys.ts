/** One's own keys for other software. */
import { Hono } from 'hono'
import { z } from 'zod'
import { type StaffRole, staffRoleNames } from '../../access/roles.ts'
import type { Context } from '../../context.ts'
import { makeKey, ownKeys, revokeKey } from '../../workflow/api-keys.ts'
import { proveSelf } from '../../workflow/own-account.ts'
import { body } from '../validate.ts'
import type { DeskEnv } from './authorise.ts'
import type { DeskWays } from './ways.ts'

const made = z.strictObject({
  /** A key outlasts the session, so that it takes the password, as every change of how one comes in. */
  password: z.string().max(1000),
  name: z
    .string()
    .trim()
    .min(1)
    .max(100)
    .regex(/^\P{Cc}*$/u),
  study: z.string().max(60),
  role: z.enum(staffRoleNames as [StaffRole, ...StaffRole[]]),
  until: z.iso.date(),
})

export const apiKeyRoutes = (context: Context, { guard, addressOf }: DeskWays) =>
  new Hono<DeskEnv>()
    .get('/', async (request) => request.json(await ownKeys(context, request.get('staff'))))
    .post('/', body(made), async (request) => {
      const staff = request.get('staff')
      const { password, ...wanted } = request.req.valid('json')
      await guard.trying({ kind: 'password', account: staff.member.address, from: addressOf(request) }, () =>
        proveSelf(context, staff, password),
      )
      return request.json(await makeKey(context, staff, wanted), 201)
    })
    .post('/:key/revoke', body(z.strictObject({})), async (request) => {
      await revokeKey(context, request.get('staff'), request.req.param('key'))
      return request.body(null, 204)
    })
