/** Accounts of staff: invited, taken up, given roles and disabled. */
import { after } from '../../protocols/local-time.ts'
import { hashPassword, passwordFault } from '../access/passwords.ts'
import { type Grant, mayEverywhere } from '../access/roles.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/tx.ts'
import { Failure } from '../failure.ts'
import { parseAddress } from '../mail/address.ts'
import { newId } from '../new-id.ts'
import { removeSecondFactors } from '../queries/second-factors.ts'
import {
  findStaff,
  findStaffByAddress,
  grant,
  grantsOf,
  insertStaff,
  listStaff,
  memberOf,
  type StaffMember,
  setPassword,
  setStaffState,
} from '../queries/staff.ts'
import { findStaffLink, insertStaffLink, type StaffLink, takeStaffLink } from '../queries/staff-links.ts'
import { removeSessionsOfStaff } from '../queries/staff-sessions.ts'
import { Refusal } from '../refusal.ts'
import { type NewSession, openStaffSession } from './sign-in.ts'
import { isToken, newToken, tokenHash } from './token.ts'

/** How long a link is good: an invitation may wait for a holiday, a reset is asked for by whoever sits there. */
const linkHours = { invitation: 14 * 24, reset: 2, 'second factor': 24 } as const

export interface Invitation {
  name: string
  address: string
  language: string
  grants: readonly Grant[]
}

/**
 * Makes an account, or finds the one with this address, gives it the roles, and a link by which its owner chooses a password.
 * `link` is null for an account that is in use: it has the roles now. Throws a Failure for an address that is none.
 */
export async function inviteStaff(
  context: Context,
  { name, address, language, grants }: Invitation,
): Promise<{ id: string; link: string | null }> {
  const { stores, sealer, clock } = context
  const parsed = parseAddress(address)
  if (!('address' in parsed)) throw new Failure(`"${address}" is no mail address: ${parsed.reason}.`)
  const now = clock.now()
  return await stores.identity.withTx(async (tx) => {
    const known = await findStaffByAddress(tx, sealer, parsed.address)
    const id = known?.id ?? newId()
    if (!known) await insertStaff(tx, sealer, { id, name, address: parsed.address, language, now })
    for (const given of grants) await grant(tx, id, given, now)
    return { id, link: known?.state === 'active' ? null : await newLink(tx, context, id, 'invitation') }
  })
}

/** The address at which a password is chosen. The token stands behind a `#`, which browsers send to no server and write in no log of one. */
async function newLink(tx: Db, { clock, baseUrl }: Context, staffId: string, purpose: StaffLink['purpose']): Promise<string> {
  const token = newToken()
  const now = clock.now()
  const expiresAt = after(now, linkHours[purpose] * 3_600_000)
  await insertStaffLink(tx, { tokenHash: tokenHash(token), staffId, purpose, createdAt: now, expiresAt, mail: null })
  return `${baseUrl}/desk/welcome#${token}`
}

/** A new link for somebody who has not come in yet, or who lost the password. */
export const linkFor = async (context: Context, staffId: string, purpose: StaffLink['purpose']): Promise<string> =>
  await context.stores.identity.withTx((tx) => newLink(tx, context, staffId, purpose))

/** Whose link it is. Refuses one that is not known, was used, or is too old: those are not told apart. */
export async function welcome(
  { stores, sealer, clock }: Context,
  token: string,
): Promise<{ member: StaffMember; purpose: StaffLink['purpose'] }> {
  const link = isToken(token) ? await findStaffLink(stores.identity.read, tokenHash(token), clock.now()) : undefined
  const account = link && (await findStaff(stores.identity.read, link.staffId))
  if (!link || !account || account.state === 'disabled') throw new Refusal('link-unknown')
  return { member: memberOf(sealer, account), purpose: link.purpose }
}

/** Takes a password by such a link. All other sessions of the account end; the new one still needs the second factor. */
export async function choosePassword(context: Context, token: string, password: string): Promise<NewSession> {
  const { member } = await welcome(context, token)
  const fault = passwordFault(password, [member.name, member.address])
  if (fault) throw new Refusal('password-invalid', { fault })
  const passwordHash = await hashPassword(password)
  const { stores, clock } = context
  await stores.identity.withTx(async (tx) => {
    if (!(await takeStaffLink(tx, tokenHash(token), clock.now()))) throw new Refusal('link-unknown')
    await setPassword(tx, member.id, passwordHash)
    await setStaffState(tx, member.id, 'active', clock.now())
    await removeSessionsOfStaff(tx, member.id)
  })
  return await openStaffSession(context, member.id, 'password')
}

/** Lets an account in again, which chooses its password first where it had none. It has to sign in anew. */
export async function enableStaff({ stores, clock }: Context, { id, hasPassword }: StaffMember): Promise<void> {
  await stores.identity.withTx((tx) => setStaffState(tx, id, hasPassword ? 'active' : 'invited', clock.now()))
}

/**
 * Takes away what an account signs in with, for whoever lost the phone and the recovery codes, and gives a link to begin anew. The
 * password goes too: without a second factor whoever knows it would come in, and set up their own.
 */
export async function resetSecondFactor(context: Context, id: string): Promise<string> {
  const { stores, clock } = context
  return await stores.identity.withTx(async (tx) => {
    const account = await findStaff(tx, id)
    if (!account || account.state === 'disabled') throw new Refusal('not-found')
    await removeSecondFactors(tx, id)
    await setPassword(tx, id, null)
    // Whoever comes in by way of the organisation needs no new password for it.
    if (account.subjectMark === null) await setStaffState(tx, id, 'invited', clock.now())
    await removeSessionsOfStaff(tx, id)
    return await newLink(tx, context, id, 'second factor')
  })
}

/** Shuts an account out, at once: its sessions end with it. What it did stays in the log. */
export async function disableStaff({ stores, clock }: Context, id: string): Promise<void> {
  await stores.identity.withTx(async (tx) => {
    await setStaffState(tx, id, 'disabled', clock.now())
    await removeSessionsOfStaff(tx, id)
  })
}

/** Everybody with an account, and what they may do. */
export async function staffWithGrants({ stores, sealer }: Context): Promise<(StaffMember & { grants: Grant[] })[]> {
  const rows = await listStaff(stores.identity.read)
  const grants = await grantsOf(
    stores.identity.read,
    rows.map(({ id }) => id),
  )
  return rows.map((row) => ({
    ...memberOf(sealer, row),
    grants: grants.filter(({ staffId }) => staffId === row.id).map(({ studyId, role, region }) => ({ studyId, role, region })),
  }))
}

/** Name and mail address of whoever administers everything: whom a colleague asks who may do nothing yet. */
export async function administrators(context: Context): Promise<{ name: string; address: string }[]> {
  const all = await staffWithGrants(context)
  const theirs = all.filter(({ state, grants }) => state === 'active' && mayEverywhere('manage staff', grants))
  return theirs.map(({ name, address }) => ({ name, address }))
}
