/**
 * Keys for other software: made and revoked by their owner, good for one study and one role, until a day. A key can do no more than its
 * owner at that moment: a role that is taken away is gone from the key too.
 */
import { dayOf, parseDay, startOfDay } from '../../protocols/local-time.ts'
import { accessTo, type Grant, type StaffRole } from '../access/roles.ts'
import type { Context } from '../context.ts'
import { newId } from '../new-id.ts'
import { type ApiKey, apiKeysOf, findApiKey, insertApiKey, revokeApiKey, touchApiKey } from '../queries/api-keys.ts'
import { grantsOf, memberOf } from '../queries/staff.ts'
import { Refusal } from '../refusal.ts'
import { allStudies } from './open-study.ts'
import { recordAccess } from './record-access.ts'
import { type SignedIn, studiesWithin } from './sign-in.ts'
import { isToken, newToken, tokenHash } from './token.ts'

/** What a key begins with, so that whoever finds one in a file, a program that looks for secrets too, knows what it is. */
export const keyPrefix = 'nmt_'
const mostKeys = 20
/** A key is good for a year at most. */
const mostDays = 366
/** The day of a key ends where its studies are. */
const timeZone = 'Europe/Amsterdam'

export interface NewKey {
  name: string
  study: string
  role: StaffRole
  /** The last day on which it is good. */
  until: string
}

/** One's own keys, and what new ones can be for. */
export async function ownKeys(context: Context, { member, grants }: SignedIn) {
  const { stores, clock } = context
  const now = clock.now()
  const studies = await allStudies(context)
  const keys = await apiKeysOf(stores.identity.read, member.id)
  return {
    keys: keys.map((key) => ({
      id: key.id,
      name: key.name,
      study: key.studyId,
      title: studies.find(({ id }) => id === key.studyId)?.title ?? key.studyId,
      role: key.role,
      createdAt: key.createdAt,
      /** The moment from which it is not good any more. */
      expiresAt: key.expiresAt,
      lastUsedAt: key.lastUsedAt,
      state: stateOf(key, grants, now),
    })),
    offers: studiesWithin(grants, studies).map(({ id, title }) => ({ study: id, title, roles: [...accessTo(id, grants).roles] })),
    /** First and last day that can be chosen as its last one. */
    days: { first: dayOf(now, timeZone), last: parseDay(dayOf(now, timeZone)).add({ days: mostDays }).toString() },
  }
}

/** `without role`: its owner does not have that role any more; it is good again when they get it back. */
function stateOf(key: ApiKey, grants: readonly Grant[], now: string): 'good' | 'over' | 'revoked' | 'without role' {
  if (key.revokedAt !== null) return 'revoked'
  if (key.expiresAt <= now) return 'over'
  return within(grants, key).length > 0 ? 'good' : 'without role'
}

/** Makes a key. This is the only time that it is told: only its hash is kept. */
export async function makeKey(context: Context, staff: SignedIn, { name, study, role, until }: NewKey) {
  const { stores, clock } = context
  const now = clock.now()
  const { keys, offers, days } = await ownKeys(context, staff)
  const problems = []
  if (!offers.some((offer) => offer.study === study && offer.roles.includes(role)))
    problems.push({ field: 'role', reason: 'not a role of yours in this study' })
  if (until < days.first || until > days.last) problems.push({ field: 'until', reason: `not between ${days.first} and ${days.last}` })
  if (keys.filter(({ state }) => state === 'good').length >= mostKeys)
    problems.push({ field: 'name', reason: `you have ${mostKeys} keys already; revoke one first` })
  if (problems.length > 0) throw new Refusal('entry-invalid', { problems })
  const key = `${keyPrefix}${newToken()}`
  const id = newId()
  const expiresAt = startOfDay(parseDay(until).add({ days: 1 }), timeZone)
  const row = { id, keyHash: tokenHash(key), staffId: staff.member.id, name, studyId: study, role, createdAt: now, expiresAt }
  await recordAccess(context, {
    staffId: staff.member.id,
    action: 'made key',
    outcome: 'allowed',
    studyId: study,
    detail: { key: id, role },
  })
  await stores.identity.withTx((tx) => insertApiKey(tx, row))
  return { id, key, expiresAt }
}

/** Revokes one of one's own keys, at once. Twice is harmless. */
export async function revokeKey(context: Context, { member }: SignedIn, id: string): Promise<void> {
  const { stores, clock } = context
  const key = (await apiKeysOf(stores.identity.read, member.id)).find((one) => one.id === id)
  if (!key) throw new Refusal('not-found')
  const isNews = await stores.identity.withTx((tx) => revokeApiKey(tx, { id, staffId: member.id }, clock.now()))
  if (!isNews) return
  await recordAccess(context, {
    ...{ staffId: member.id, action: 'revoked key', outcome: 'allowed' as const },
    ...{ studyId: key.studyId, detail: { key: id, role: key.role } },
  })
}

/** Who comes with a key, with no more than what it is for and what its owner may do now. Refuses a key that is not good (any more). */
export async function staffWithKey({ stores, sealer, clock }: Context, given: string): Promise<SignedIn> {
  const now = clock.now()
  const isKey = given.startsWith(keyPrefix) && isToken(given.slice(keyPrefix.length))
  const found = isKey ? await findApiKey(stores.identity.read, tokenHash(given), now) : undefined
  if (!found) throw new Refusal('key-unknown')
  const { key, account } = found
  // To the minute: not every request has to write.
  if (key.lastUsedAt === null || Date.parse(now) - Date.parse(key.lastUsedAt) > 60_000)
    await stores.identity.withTx((tx) => touchApiKey(tx, key.id, now))
  const grants = within(await grantsOf(stores.identity.read, [account.id]), key)
  return { member: memberOf(sealer, account), grants, session: key.keyHash, since: key.createdAt, expiresAt: key.expiresAt, key: key.id }
}

/** Tells the log that a key was used for what takes somebody who is signed in. */
export const logUnfitKey = (context: Context, { member, grants, key }: SignedIn): Promise<void> =>
  recordAccess(context, {
    ...{ staffId: member.id, via: 'key', action: 'used key', outcome: 'refused' },
    ...{ studyId: grants[0]?.studyId ?? null, detail: { key } },
  })

/** Of these grants what a key has: its role in its study, for the regions that its owner has in it. */
const within = (grants: readonly Grant[], { studyId, role }: Pick<ApiKey, 'studyId' | 'role'>): Grant[] =>
  grants.flatMap((grant) => (grant.role === role && (grant.studyId === studyId || grant.studyId === '*') ? [{ ...grant, studyId }] : []))
