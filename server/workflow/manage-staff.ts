/** What an administrator does with the accounts of colleagues, as far as their own role reaches. */
import { type Grant, mayGive, type StaffRole } from '../access/roles.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/tx.ts'
import { parseAddress } from '../mail/address.ts'
import { findStaff, grant, grantsOf, memberOf, revoke, type StaffMember } from '../queries/staff.ts'
import { type LinkMail, lastLinks, type StaffLink } from '../queries/staff-links.ts'
import { Refusal } from '../refusal.ts'
import { mailStaffLink, type Outgoing } from './mail-staff-link.ts'
import { allStudies } from './open-study.ts'
import { recordAccess } from './record-access.ts'
import type { SignedIn } from './sign-in.ts'
import { disableStaff, enableStaff, inviteStaff, linkFor, resetSecondFactor, staffWithGrants } from './staff-accounts.ts'

/** An account as its administrators see it. */
export interface Colleague extends StaffMember {
  /** Those within the administrator's reach; `mine`: whether they may take it. */
  grants: (Grant & { mine: boolean })[]
  /** Whether they may do what concerns the account as a whole: all of its roles are within reach. */
  manages: boolean
  isSelf: boolean
  /** The link that was made last, where it was not used. */
  link: { purpose: StaffLink['purpose']; expiresAt: string; mail: LinkMail | null; mailDetail: string | null } | null
}

const managesAll = (mine: readonly Grant[], theirs: readonly Grant[]): boolean =>
  mayGive(mine, { studyId: '*', region: '*' }) || (theirs.length > 0 && theirs.every((one) => mayGive(mine, one)))

/** Everybody whom this administrator can see: with a role in a study of theirs, or all. Oldest account first. */
export async function colleaguesOf(context: Context, { member, grants: mine }: SignedIn): Promise<Colleague[]> {
  const all = await staffWithGrants(context)
  const links = await lastLinks(
    context.stores.identity.read,
    all.map(({ id }) => id),
  )
  const studies = new Set(mine.filter((one) => mayGive([one], one)).map(({ studyId }) => studyId))
  const touches = ({ studyId }: Grant): boolean => studies.has('*') || studyId === '*' || studies.has(studyId)
  return all.flatMap((account) => {
    const seen = account.grants.filter(touches)
    if (seen.length === 0 && !studies.has('*')) return []
    const link = links.get(account.id)
    const open = link && link.usedAt === null ? link : null
    return {
      ...account,
      grants: seen.map((one) => ({ ...one, mine: mayGive(mine, one) })),
      manages: managesAll(mine, account.grants),
      isSelf: account.id === member.id,
      link: open && { purpose: open.purpose, expiresAt: open.expiresAt, mail: open.mail, mailDetail: open.mailDetail },
    }
  })
}

export interface ColleagueEntry {
  name: string
  address: string
  language: string
  study: string
  role: StaffRole
  region: string
}

/** Makes an account, or finds the one with this address, with a role; mails the link where there is no password yet. `mail` is null without one. */
export async function inviteColleague(
  context: Context,
  outgoing: Outgoing,
  staff: SignedIn,
  { name, address, language, study, role, region }: ColleagueEntry,
): Promise<{ id: string; mail: LinkMail | null }> {
  const given = { studyId: study, role, region }
  const parsed = parseAddress(address)
  if (!('address' in parsed)) throw new Refusal('staff-invalid', { problems: [{ field: 'address', reason: parsed.reason }] })
  await orTold(context, staff, 'invited staff', { given }, assertMayGive(context, staff, given))
  const { id, link } = await inviteStaff(context, { name, address, language, grants: [given] })
  await told(context, staff, 'invited staff', { staff: id, role, study, region })
  const account = await findStaff(context.stores.identity.read, id)
  // Whoever was shut out gets the role, and no way in: that takes somebody who lets them in again.
  if (link === null || !account || account.state === 'disabled') return { id, mail: null }
  const to = memberOf(context.sealer, account)
  return { id, mail: await mailStaffLink(context, outgoing, { to, by: staff.member, link, purpose: 'invitation' }) }
}

export async function giveRole(context: Context, staff: SignedIn, id: string, given: Grant): Promise<void> {
  const { member } = await needColleague(context, staff, id)
  await orTold(context, staff, 'gave role', { staff: id, given }, assertMayGive(context, staff, given))
  await context.stores.identity.withTx((tx) => grant(tx, member.id, given, context.clock.now()))
  await told(context, staff, 'gave role', { staff: id, role: given.role, study: given.studyId, region: given.region })
}

/** Refuses to take somebody's own last administrator role: whoever takes roles always stays, so that one administrator is left. */
export async function takeRole(context: Context, staff: SignedIn, id: string, taken: Grant): Promise<void> {
  await needColleague(context, staff, id)
  const taking = context.stores.identity.withTx(async (tx) => {
    // Read again: two administrators may be taking each other's role at this moment.
    const mine = await grantsOf(tx, [staff.member.id])
    if (!mayGive(mine, taken)) throw new Refusal('not-allowed', { permission: 'manage staff' })
    if (!(await revoke(tx, id, taken))) throw new Refusal('not-found')
    if (id === staff.member.id) await assertStaysAdministrator(tx, id, taken.role)
  })
  await orTold(context, staff, 'took role', { staff: id, given: taken }, taking)
  await told(context, staff, 'took role', { staff: id, role: taken.role, study: taken.studyId, region: taken.region })
}

async function assertStaysAdministrator(tx: Db, id: string, role: StaffRole): Promise<void> {
  if (role !== 'administrator') return
  const left = await grantsOf(tx, [id])
  if (!left.some((one) => one.role === 'administrator')) throw new Refusal('own-account')
}

/** Shuts a colleague out, at once. */
export async function disableColleague(context: Context, staff: SignedIn, id: string): Promise<void> {
  if (id === staff.member.id) throw new Refusal('own-account')
  await needWhole(context, staff, id, 'disabled staff')
  await disableStaff(context, id)
  await told(context, staff, 'disabled staff', { staff: id })
}

/** Lets a colleague in again. */
export async function enableColleague(context: Context, staff: SignedIn, id: string): Promise<void> {
  const { member } = await needWhole(context, staff, id, 'enabled staff')
  if (member.state !== 'disabled') return
  await enableStaff(context, member)
  await told(context, staff, 'enabled staff', { staff: id })
}

/** A new link by mail; the one from before stops working. */
export async function sendColleagueLink(context: Context, outgoing: Outgoing, staff: SignedIn, id: string): Promise<{ mail: LinkMail }> {
  const { member } = await needWhole(context, staff, id, 'mailed link to staff')
  if (member.state === 'disabled') throw new Refusal('not-found')
  const purpose = member.hasPassword ? 'reset' : 'invitation'
  const link = await linkFor(context, id, purpose)
  await told(context, staff, 'mailed link to staff', { staff: id })
  return { mail: await mailStaffLink(context, outgoing, { to: member, by: staff.member, link, purpose }) }
}

/**
 * For a colleague who lost the phone and the recovery codes: takes what they sign in with away, and mails a link to begin anew.
 * Nobody does this for themselves: whoever holds somebody's session would get rid of the second factor by it.
 */
export async function resetColleague(context: Context, outgoing: Outgoing, staff: SignedIn, id: string): Promise<{ mail: LinkMail }> {
  if (id === staff.member.id) throw new Refusal('own-account')
  const { member } = await needWhole(context, staff, id, 'reset second factor')
  if (member.state === 'disabled') throw new Refusal('not-found')
  const link = await resetSecondFactor(context, id)
  await told(context, staff, 'reset second factor', { staff: id })
  return { mail: await mailStaffLink(context, outgoing, { to: member, by: staff.member, link, purpose: 'second factor' }) }
}

/** An account that this administrator can see. */
async function needColleague(context: Context, staff: SignedIn, id: string): Promise<{ member: StaffMember; manages: boolean }> {
  const found = (await colleaguesOf(context, staff)).find((one) => one.id === id)
  if (!found) throw new Refusal('not-found')
  return { member: found, manages: found.manages }
}

/** One of which all roles are within this administrator's reach. `action`: what the log says was refused when they are not. */
async function needWhole(context: Context, staff: SignedIn, id: string, action: string): Promise<{ member: StaffMember }> {
  const { member, manages } = await needColleague(context, staff, id)
  if (!manages)
    await orTold(context, staff, action, { staff: id }, Promise.reject(new Refusal('not-allowed', { permission: 'manage staff' })))
  return { member }
}

/** Waits for `work`; whoever reached for more than their own role is in the log, with what they reached for. */
async function orTold<T>(
  context: Context,
  staff: SignedIn,
  action: string,
  { staff: whom, given }: { staff?: string; given?: Grant },
  work: Promise<T>,
): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (error instanceof Refusal && error.code === 'not-allowed') {
      const detail = { ...(whom !== undefined && { staff: whom }), ...(given && (await wanted(context, given))) }
      await recordAccess(context, { ...{ staffId: staff.member.id, action, outcome: 'refused' }, ...{ studyId: studyIn(detail), detail } })
    }
    throw error
  }
}

/** Of a role that was not to be given what the log may keep for ever: a study that is there, and no text that somebody typed. */
async function wanted(context: Context, { role, studyId, region }: Grant): Promise<{ role: string; study?: string; region?: string }> {
  const isKnown = studyId === '*' || (await allStudies(context)).some(({ id }) => id === studyId)
  return { role, ...(isKnown && { study: studyId }), ...(region === '*' && { region }) }
}

async function assertMayGive(context: Context, { grants }: SignedIn, given: Grant): Promise<void> {
  if (!mayGive(grants, given)) throw new Refusal('not-allowed', { permission: 'manage staff' })
  const studies = await allStudies(context)
  if (given.studyId !== '*' && !studies.some(({ id }) => id === given.studyId))
    throw new Refusal('staff-invalid', { problems: [{ field: 'study', reason: 'there is no such study' }] })
}

const told = (context: Context, staff: SignedIn, action: string, detail: Record<string, unknown> & { study?: string }): Promise<void> =>
  recordAccess(context, {
    staffId: staff.member.id,
    action,
    outcome: 'allowed',
    studyId: studyIn(detail),
    detail,
  })

/** In the log of which study it stands; null: in that of what belongs to no study. */
const studyIn = ({ study }: { study?: string }): string | null => (study === undefined || study === '*' ? null : study)
