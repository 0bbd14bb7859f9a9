/** From address and password to a session in which staff can work. */

import { after } from '../../protocols/local-time.ts'
import { stepOfCode } from '../access/one-time-codes.ts'
import { isPassword } from '../access/passwords.ts'
import { accessTo, type Grant } from '../access/roles.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/tx.ts'
import { confirmedFactors, secretOf, takeCounter, takeRecoveryCode } from '../queries/second-factors.ts'
import { findStaffByAddress, grantsOf, memberOf, type StaffMember } from '../queries/staff.ts'
import {
  findStaffSession,
  insertStaffSession,
  removeEndedStaffSessions,
  removeStaffSession,
  type StaffSession,
  touchStaffSession,
} from '../queries/staff-sessions.ts'
import { Refusal } from '../refusal.ts'
import { recordAccess } from './record-access.ts'
import { isToken, newToken, tokenHash } from './token.ts'

/** A session ends after half an hour in which nothing was done, and in any case after a working day and a half. */
export const idleMinutes = 30
export const longestHours = 12

/** Somebody who is signed in. */
export interface SignedIn {
  member: StaffMember
  grants: Grant[]
  /** Hash of the session's token, or of the key. */
  session: string
  /** When it began. */
  since: string
  expiresAt: string
  /** Id of the key, where it is no session but other software. */
  key?: string
}

export interface NewSession {
  token: string
  seconds: number
  stage: StaffSession['stage']
}

/** Sessions in which nothing was done since then are over. */
export const idleSince = (now: string): string => after(now, -idleMinutes * 60_000)

/** Checks address and password. The session that it gives is good for the second factor only. */
export async function signIn(context: Context, { address, password }: { address: string; password: string }): Promise<NewSession> {
  const { stores, sealer } = context
  const account = await findStaffByAddress(stores.identity.read, sealer, address.trim())
  const isRight = await isPassword(password, account?.passwordHash ?? null)
  if (!account || !isRight || account.state !== 'active') {
    await recordAccess(context, { staffId: account?.id ?? null, action: 'signed in', outcome: 'refused' })
    throw new Refusal('sign-in-failed')
  }
  return await openStaffSession(context, account.id, 'password')
}

/** Opens a session. One that was there before, `replacing`, ends: a token never becomes worth more than it was. */
export async function openStaffSession(
  { stores, clock }: Pick<Context, 'stores' | 'clock'>,
  staffId: string,
  stage: StaffSession['stage'],
  replacing?: string,
): Promise<NewSession> {
  const token = newToken()
  const now = clock.now()
  const seconds = longestHours * 3600
  await stores.identity.withTx(async (tx) => {
    await removeEndedStaffSessions(tx, { now, idleSince: idleSince(now) })
    if (replacing !== undefined) await removeStaffSession(tx, replacing)
    const expiresAt = after(now, seconds * 1000)
    await insertStaffSession(tx, { tokenHash: tokenHash(token), staffId, stage, createdAt: now, lastSeenAt: now, expiresAt })
  })
  return { token, seconds, stage }
}

/** The second step: a code of the authenticator app, or a recovery code. Gives a new session in the place of the half one. */
export const confirmByCode = async (context: Context, half: SignedIn, code: string): Promise<NewSession> =>
  await confirmSignIn(context, half, await context.stores.identity.withTx((tx) => isGoodCode(tx, context, half.member.id, code)))

/** The second step, once it is known whether it was good. */
export async function confirmSignIn(context: Context, half: SignedIn, isGood: boolean): Promise<NewSession> {
  const staffId = half.member.id
  await recordAccess(context, { staffId, action: 'signed in', outcome: isGood ? 'allowed' : 'refused' })
  if (!isGood) throw new Refusal('code-wrong')
  return await openStaffSession(context, staffId, 'signed in', half.session)
}

/** Whether a code is one of this account's that was not used before; it is used up by this. */
export async function isGoodCode(
  tx: Db,
  { sealer, clock }: Pick<Context, 'sealer' | 'clock'>,
  staffId: string,
  code: string,
): Promise<boolean> {
  const plain = code.replaceAll(/[\s-]/g, '').toLowerCase()
  if (!/^\d{6}$/.test(plain)) return await takeRecoveryCode(tx, staffId, tokenHash(plain), clock.now())
  for (const factor of await confirmedFactors(tx, staffId)) {
    const kept = factor.kind === 'totp' ? secretOf(sealer, factor) : null
    const step = kept && 'secret' in kept ? stepOfCode(kept.secret, plain, clock.now(), factor.counter) : null
    if (step !== null) return await takeCounter(tx, factor.id, step)
  }
  return false
}

/**
 * Who is in a session that has come as far as `stage`. Refuses when there is none, and says how far it has come.
 * `isAttended`: a person did something; a page that looks by itself whether there is news keeps no session alive.
 */
export async function staffIn(
  context: Context,
  token: string | undefined,
  stage: StaffSession['stage'],
  { isAttended }: { isAttended: boolean },
): Promise<SignedIn> {
  const { stores, sealer, clock } = context
  const now = clock.now()
  const found =
    token !== undefined && isToken(token)
      ? await findStaffSession(stores.identity.read, tokenHash(token), { now, idleSince: idleSince(now) })
      : undefined
  if (!found || found.session.stage !== stage) throw new Refusal('not-signed-in', { stage: found?.session.stage ?? null })
  const { session, account } = found
  // To the minute: not every request has to write.
  if (isAttended && Date.parse(now) - Date.parse(session.lastSeenAt) > 60_000)
    await stores.identity.withTx((tx) => touchStaffSession(tx, session.tokenHash, now))
  const grants = await grantsOf(stores.identity.read, [account.id])
  return { member: memberOf(sealer, account), grants, session: session.tokenHash, since: session.createdAt, expiresAt: session.expiresAt }
}

export async function signOut({ stores }: Pick<Context, 'stores'>, token: string): Promise<void> {
  await stores.identity.withTx((tx) => removeStaffSession(tx, tokenHash(token)))
}

/** The studies in which somebody may do anything, of those there are. */
export const studiesWithin = <Study extends { id: string }>(grants: readonly Grant[], studies: readonly Study[]): Study[] =>
  studies.filter(({ id }) => accessTo(id, grants).roles.length > 0)
