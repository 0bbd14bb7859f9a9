/** What somebody does with their own account. */
import { after } from '../../protocols/local-time.ts'
import { hashPassword, isPassword, passwordFault } from '../access/passwords.ts'
import type { Context } from '../context.ts'
import { confirmedFactors, removeFactor, unusedRecoveryCodes } from '../queries/second-factors.ts'
import { findStaff, setPassword, setStaffLanguage } from '../queries/staff.ts'
import { openSessionsOf, removeOtherSessions, removeSessionsOfStaff } from '../queries/staff-sessions.ts'
import { Refusal } from '../refusal.ts'
import { newRecoveryCodes } from './enrol-second-factor.ts'
import { recordAccess } from './record-access.ts'
import { idleSince, type NewSession, openStaffSession, type SignedIn } from './sign-in.ts'

/** Minutes since signing in within which somebody without a password may change how they sign in. */
const fresh = 15

/** The account as its owner sees it. */
export async function ownAccount({ stores, clock }: Context, { member, session }: SignedIn) {
  const db = stores.identity.read
  const now = clock.now()
  const [account, factors, recoveryCodes, sessions] = await Promise.all([
    findStaff(db, member.id),
    confirmedFactors(db, member.id),
    unusedRecoveryCodes(db, member.id),
    openSessionsOf(db, member.id, { now, idleSince: idleSince(now) }),
  ])
  const { name, address, language, hasPassword } = member
  return {
    name,
    address,
    language,
    hasPassword,
    /** Whether they come in by way of their organisation. */
    singleSignOn: account?.subjectMark != null,
    factors: factors.map(({ id, kind, name: called, createdAt }) => ({ id, kind, name: called, createdAt })),
    recoveryCodes,
    sessions: sessions.map(({ tokenHash, createdAt, lastSeenAt }) => ({ createdAt, lastSeenAt, isThis: tokenHash === session })),
  }
}

/**
 * Refuses unless it is the owner who asks for a change of how they sign in, and not somebody at a screen that was left: their password,
 * or of an account without one that they signed in just now.
 */
export async function proveSelf(context: Context, { member, since }: SignedIn, password: string): Promise<void> {
  const { stores, clock } = context
  const account = await findStaff(stores.identity.read, member.id)
  const hash = account?.passwordHash ?? null
  const isProven = hash === null ? since > after(clock.now(), -fresh * 60_000) : await isPassword(password, hash)
  if (isProven) return
  await recordAccess(context, { staffId: member.id, action: 'gave own password', outcome: 'refused' })
  throw new Refusal('password-wrong', { hasPassword: hash !== null })
}

/** Takes another password. All other sessions end, and this one goes on under a new token. */
export async function changePassword(context: Context, staff: SignedIn, chosen: string): Promise<NewSession> {
  const { member, session } = staff
  const fault = passwordFault(chosen, [member.name, member.address])
  if (fault) throw new Refusal('password-invalid', { fault })
  const passwordHash = await hashPassword(chosen)
  await context.stores.identity.withTx(async (tx) => {
    await setPassword(tx, member.id, passwordHash)
    await removeOtherSessions(tx, member.id, session)
  })
  await tell(context, staff, 'changed password')
  return await openStaffSession(context, member.id, 'signed in', session)
}

/** Ten new recovery codes; those from before stop working. */
export async function renewRecoveryCodes(context: Context, staff: SignedIn): Promise<string[]> {
  const { stores, clock } = context
  const codes = await stores.identity.withTx((tx) => newRecoveryCodes(tx, staff.member.id, clock.now()))
  await tell(context, staff, 'renewed recovery codes')
  return codes
}

/** Takes a second factor away, but never the last one. */
export async function dropFactor(context: Context, staff: SignedIn, id: string): Promise<void> {
  await context.stores.identity.withTx(async (tx) => {
    const factors = await confirmedFactors(tx, staff.member.id)
    if (!factors.some((factor) => factor.id === id)) throw new Refusal('not-found')
    if (factors.length === 1) throw new Refusal('last-factor')
    await removeFactor(tx, id)
  })
  await tell(context, staff, 'removed second factor')
}

export async function chooseOwnLanguage({ stores }: Context, { member }: SignedIn, language: string): Promise<void> {
  await stores.identity.withTx((tx) => setStaffLanguage(tx, member.id, language))
}

/** Ends every session of the account, this one too. */
export async function signOutEverywhere(context: Context, staff: SignedIn): Promise<void> {
  await context.stores.identity.withTx((tx) => removeSessionsOfStaff(tx, staff.member.id))
  await tell(context, staff, 'signed out everywhere')
}

/** A line in the access log about somebody's own account. */
export const tell = (context: Context, { member }: SignedIn, action: string): Promise<void> =>
  recordAccess(context, { staffId: member.id, action, outcome: 'allowed' })
