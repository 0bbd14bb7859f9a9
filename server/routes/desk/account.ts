/** Somebody's own account: password, second factors, language, where they are signed in. */
import { Hono } from 'hono'
import { z } from 'zod'
import type { Context } from '../../context.ts'
import { beginOneTimeCodes, confirmOneTimeCodes } from '../../workflow/enrol-second-factor.ts'
import {
  changePassword,
  chooseOwnLanguage,
  dropFactor,
  ownAccount,
  proveSelf,
  renewRecoveryCodes,
  signOutEverywhere,
  tell,
} from '../../workflow/own-account.ts'
import { addPasskey, beginPasskey } from '../../workflow/passkeys.ts'
import { body } from '../validate.ts'
import type { DeskEnv } from './authorise.ts'
import { newPasskey } from './passkey-bodies.ts'
import type { StaffCookie } from './staff-cookie.ts'
import type { DeskWays } from './ways.ts'

const proof = z.strictObject({ password: z.string().max(1000) })
const chosen = z.strictObject({ password: z.string().max(1000), chosen: z.string().max(1000) })
const code = z.strictObject({ code: z.string().min(1).max(40) })
const language = z.strictObject({ language: z.enum(['nl', 'en']) })
const nothing = z.strictObject({})

export const accountRoutes = (context: Context, cookie: StaffCookie, { guard, addressOf }: DeskWays) => {
  /** The password, each try counted. */
  const proven = (request: Parameters<typeof addressOf>[0], staff: DeskEnv['Variables']['staff'], password: string) =>
    guard.trying({ kind: 'password', account: staff.member.address, from: addressOf(request) }, () => proveSelf(context, staff, password))

  return new Hono<DeskEnv>()
    .get('/', async (request) => request.json(await ownAccount(context, request.get('staff'))))
    .post('/password', body(chosen), async (request) => {
      const staff = request.get('staff')
      const given = request.req.valid('json')
      await proven(request, staff, given.password)
      const session = await changePassword(context, staff, given.chosen)
      cookie.write(request, session.token)
      return request.body(null, 204)
    })
    .post('/one-time-codes', body(proof), async (request) => {
      const staff = request.get('staff')
      await proven(request, staff, request.req.valid('json').password)
      return request.json(await beginOneTimeCodes(context, staff))
    })
    .post('/one-time-codes/:factor', body(code), async (request) => {
      const staff = request.get('staff')
      const { code: given } = request.req.valid('json')
      await guard.trying({ kind: 'code', account: staff.member.id, from: addressOf(request) }, () =>
        confirmOneTimeCodes(context, staff, request.req.param('factor'), given),
      )
      await tell(context, staff, 'renewed one-time codes')
      return request.body(null, 204)
    })
    .post('/passkeys', body(proof), async (request) => {
      const staff = request.get('staff')
      await proven(request, staff, request.req.valid('json').password)
      return request.json(await beginPasskey(context, staff))
    })
    .post('/passkeys/answer', body(newPasskey), async (request) => {
      const staff = request.get('staff')
      await addPasskey(context, staff, request.req.valid('json'))
      await tell(context, staff, 'added passkey')
      return request.body(null, 204)
    })
    .post('/factors/:factor/remove', body(proof), async (request) => {
      const staff = request.get('staff')
      await proven(request, staff, request.req.valid('json').password)
      await dropFactor(context, staff, request.req.param('factor'))
      return request.body(null, 204)
    })
    .post('/recovery-codes', body(proof), async (request) => {
      const staff = request.get('staff')
      await proven(request, staff, request.req.valid('json').password)
      return request.json({ recoveryCodes: await renewRecoveryCodes(context, staff) })
    })
    .post('/language', body(language), async (request) => {
      await chooseOwnLanguage(context, request.get('staff'), request.req.valid('json').language)
      return request.body(null, 204)
    })
    .post('/sign-out-everywhere', body(nothing), async (request) => {
      await signOutEverywhere(context, request.get('staff'))
      cookie.clear(request)
      return request.body(null, 204)
    })
}
