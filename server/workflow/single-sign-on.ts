/** Staff who come in by way of their organisation's identity provider. No account comes into being by it. */
import type { Identity } from '../access/identity-provider.ts'
import type { Context } from '../context.ts'
import { findStaffByAddress, findStaffBySubject, type StaffRow, setStaffState, setSubject, subjectMark } from '../queries/staff.ts'
import { removeOpenLinks } from '../queries/staff-links.ts'
import { Refusal } from '../refusal.ts'
import { recordAccess } from './record-access.ts'
import { type NewSession, openStaffSession } from './sign-in.ts'

/**
 * A session for whom the provider of `issuer` says it is; still without the second factor, unless its word for that counts.
 * An account that was invited is found once by the address that the provider vouches for, and from then on by its subject: an address may
 * go to somebody else one day. Refuses with `sign-in-failed`.
 */
export async function signInByProvider(context: Context, issuer: string, identity: Identity): Promise<NewSession> {
  const { stores, sealer } = context
  const subject = subjectMark(sealer, issuer, identity.subject)
  const known = await findStaffBySubject(stores.identity.read, subject)
  const account = known ?? (await takeUpInvitation(context, identity.address, subject))
  const told = { action: 'signed in', detail: { by: 'single sign-on' } }
  if (account?.state !== 'active') {
    await recordAccess(context, { ...told, staffId: account?.id ?? null, outcome: 'refused' })
    throw new Refusal('sign-in-failed')
  }
  if (identity.hasSecondFactor) await recordAccess(context, { ...told, staffId: account.id, outcome: 'allowed' })
  return await openStaffSession(context, account.id, identity.hasSecondFactor ? 'signed in' : 'password')
}

/** Links the account that was invited at this address to its subject. An account that is in use already stays as it is. */
async function takeUpInvitation(
  { stores, sealer, clock }: Context,
  address: string | null,
  subject: string,
): Promise<StaffRow | undefined> {
  if (address === null) return undefined
  return await stores.identity.withTx(async (tx) => {
    const account = await findStaffByAddress(tx, sealer, address)
    if (account?.state !== 'invited' || account.subjectMark !== null) return undefined
    await setSubject(tx, account.id, subject)
    await setStaffState(tx, account.id, 'active', clock.now())
    // The invitation is taken up: its link no longer chooses a password.
    await removeOpenLinks(tx, account.id)
    return { ...account, state: 'active' as const }
  })
}
