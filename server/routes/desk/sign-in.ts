/** How staff come in: an invitation, a password, a second factor. */
import { Hono, type Context as Request } from 'hono'
import { z } from 'zod'
import { accessTo, mayAnywhere, mayEverywhere, permissions } from '../../access/roles.ts'
import type { Context } from '../../context.ts'
import { Refusal } from '../../refusal.ts'
import { beginOneTimeCodes, confirmOneTimeCodes, factorKinds } from '../../workflow/enrol-second-factor.ts'
import { allStudies, oldestFirst } from '../../workflow/open-study.ts'
import { askPasskey, isGoodPasskey } from '../../workflow/passkeys.ts'
import {
  confirmByCode,
  confirmSignIn,
  idleMinutes,
  type NewSession,
  type SignedIn,
  signIn,
  signOut,
  staffIn,
  studiesWithin,
} from '../../workflow/sign-in.ts'
import { administrators, choosePassword, welcome } from '../../workflow/staff-accounts.ts'
import { body } from '../validate.ts'
import { type DeskEnv, isAttended } from './authorise.ts'
import { signedByPasskey } from './passkey-bodies.ts'
import type { StaffCookie } from './staff-cookie.ts'
import type { DeskWays } from './ways.ts'

const credentials = z.strictObject({ address: z.string().max(320), password: z.string().max(1000) })
const code = z.strictObject({ code: z.string().min(1).max(40) })
const link = z.strictObject({ token: z.string().max(100) })
const chosen = z.strictObject({ token: z.string().max(100), password: z.string().max(1000) })

export const signInRoutes = (
  context: Context,
  cookie: StaffCookie,
  { guard, links, addressOf, singleSignOn, isDemonstration }: DeskWays,
) => {
  /** A second step, each try counted. */
  const second = (request: Request<DeskEnv>, work: () => Promise<NewSession>) =>
    guard.trying({ kind: 'code', account: request.get('staff').member.id, from: addressOf(request) }, work)
  /** Whoever comes with many links that are not known is told to wait; one that is known always works. */
  const byLink = async <T>(request: Request<DeskEnv>, work: Promise<T>): Promise<T> =>
    await work.catch(async (reason: unknown) => {
      const isUnknown = reason instanceof Refusal && reason.code === 'link-unknown'
      const retryAfter = isUnknown ? await links.missed(addressOf(request)) : null
      throw retryAfter === null ? reason : new Refusal('sign-in-slowed', { retryAfter })
    })

  return (
    new Hono<DeskEnv>()
      .get('/me', async (request) =>
        request.json(await whoIs(context, await cookie.read(request), { isAttended: isAttended(request), singleSignOn, isDemonstration })),
      )
      .post('/sign-in', body(credentials), async (request) => {
        const given = request.req.valid('json')
        const trying = { kind: 'password', account: given.address, from: addressOf(request) } as const
        const session = await guard.trying(trying, () => signIn(context, given))
        cookie.write(request, session.token)
        return request.json({ stage: session.stage })
      })
      .post('/sign-in/code', body(code), async (request) => {
        const session = await second(request, () => confirmByCode(context, request.get('staff'), request.req.valid('json').code))
        cookie.write(request, session.token)
        return request.json({ stage: session.stage })
      })
      .post('/sign-in/passkey', async (request) => request.json(await askPasskey(context, request.get('staff'))))
      .post('/sign-in/passkey/answer', body(signedByPasskey), async (request) => {
        const staff = request.get('staff')
        const { response } = request.req.valid('json')
        const session = await second(
          request,
          async () => await confirmSignIn(context, staff, await isGoodPasskey(context, staff, response)),
        )
        cookie.write(request, session.token)
        return request.json({ stage: session.stage })
      })
      // Only for an account without a second factor: with the password alone nobody may add one.
      .post('/sign-in/one-time-codes', async (request) => {
        const staff = request.get('staff')
        if ((await factorKinds(context, staff)).length > 0) throw new Refusal('not-found')
        return request.json(await beginOneTimeCodes(context, staff))
      })
      .post('/sign-in/one-time-codes/:factor', body(code), async (request) => {
        const staff = request.get('staff')
        if ((await factorKinds(context, staff)).length > 0) throw new Refusal('not-found')
        const { code: given } = request.req.valid('json')
        const recovery = await guard.trying({ kind: 'code', account: staff.member.id, from: addressOf(request) }, () =>
          confirmOneTimeCodes(context, staff, request.req.param('factor'), given),
        )
        const session = await confirmSignIn(context, staff, true)
        cookie.write(request, session.token)
        return request.json({ stage: session.stage, recoveryCodes: recovery ?? [] })
      })
      .post('/sign-out', async (request) => {
        const token = await cookie.read(request)
        if (token !== undefined) await signOut(context, token)
        cookie.clear(request)
        return request.json({ stage: null })
      })
      .post('/welcome', body(link), async (request) => {
        const { member, purpose } = await byLink(request, welcome(context, request.req.valid('json').token))
        return request.json({ name: member.name, address: member.address, language: member.language, purpose })
      })
      .post('/welcome/password', body(chosen), async (request) => {
        const { token, password } = request.req.valid('json')
        const session = await byLink(request, choosePassword(context, token, password))
        cookie.write(request, session.token)
        return request.json({ stage: session.stage })
      })
  )
}

/** Who is here, how far the sign-in has come, and what they may do in which study. Nobody is an answer too. */
async function whoIs(
  context: Context,
  token: string | undefined,
  { isAttended, singleSignOn, isDemonstration }: { isAttended: boolean } & Pick<DeskWays, 'singleSignOn' | 'isDemonstration'>,
) {
  const now = context.clock.now()
  const half = await orNull(staffIn(context, token, 'password', { isAttended }))
  if (half) {
    const factors = await factorKinds(context, half)
    return { stage: 'password' as const, needs: factors.length === 0 ? ('factor' as const) : ('code' as const), factors }
  }
  const staff = await orNull(staffIn(context, token, 'signed in', { isAttended }))
  if (!staff) return { stage: null, singleSignOn }
  const all = await allStudies(context)
  const studies = studiesWithin(staff.grants, isDemonstration ? oldestFirst(all) : all)
  return {
    stage: 'signed in' as const,
    /** A page keeps for this account what was typed in it, and for no other. */
    account: staff.member.id,
    name: staff.member.name,
    language: staff.member.language,
    now,
    idleMinutes,
    /** What they may do in some study at least. */
    mayAnywhere: permissions.filter((permission) => mayAnywhere(permission, staff.grants)),
    /** Whether they may open a study. */
    opensStudies: mayEverywhere('open studies', staff.grants),
    /** Whom to ask for a role: only told to whoever has none in a study that is there. */
    administrators: studies.length > 0 ? [] : await administrators(context),
    isDemonstration,
    expiresAt: staff.expiresAt,
    studies: studies.map(({ id, title, demonstration }) => ({ id, title, demonstration, ...mayIn(id, staff) })),
  }
}

function mayIn(studyId: string, { grants }: SignedIn) {
  const access = accessTo(studyId, grants)
  return {
    roles: access.roles,
    may: permissions.filter((permission) => access.may(permission)),
    /** In all regions of the study: what is about the study as a whole takes that. */
    everywhere: permissions.filter((permission) => access.reach(permission) === 'everywhere'),
  }
}

const orNull = async <T>(found: Promise<T>): Promise<T | null> =>
  await found.catch((reason: unknown) => {
    if (reason instanceof Refusal && reason.code === 'not-signed-in') return null
    throw reason
  })
