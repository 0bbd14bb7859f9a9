/** From a link in a mail to a session in a browser. */
import { after } from '../../protocols/local-time.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/tx.ts'
import { newId } from '../new-id.ts'
import { findDevice, insertDevice, keepDeviceUntil, removeDevice, removeExpiredDevices } from '../queries/devices.ts'
import { recordEvent } from '../queries/events.ts'
import { findLink, type Link } from '../queries/links.ts'
import { findParticipant, type Participant } from '../queries/participants.ts'
import {
  insertSession,
  participantOfSession,
  removeExpiredSessions,
  removeSession,
  removeSessionsOn,
  type Visitor,
} from '../queries/sessions.ts'
import { Refusal } from '../refusal.ts'
import { isIncluded } from './caseload.ts'
import { studyOfParticipant } from './study-of-participant.ts'
import { isToken, newToken, tokenHash } from './token.ts'

/** How long a session lasts at most. An hour spans a packet with breaks; half a day keeps a phone that was put away. */
const sessionHours = 12

/**
 * Whose link this is. Changes nothing. Refuses a link that is not known or past its time. `isAsked`: false where no case of theirs belongs in
 * the study; such a link opens nothing.
 */
export async function lookUpLink(context: Context, token: string): Promise<{ link: Link; participant: Participant; isAsked: boolean }> {
  const { stores, clock } = context
  const link = isToken(token) ? await findLink(stores.study.read, tokenHash(token)) : undefined
  const participant = link && (await findParticipant(stores.study.read, link.participantId))
  if (!link || !participant) throw new Refusal('link-unknown')
  if (link.expiresAt <= clock.now()) throw new Refusal('link-expired')
  return { link, participant, isAsked: await isIncluded(stores.study.read, context, participant) }
}

export interface Opened {
  /** The session's token, and how many seconds it lasts. */
  session: string
  seconds: number
  /** The mark by which this browser is known again, and for how many seconds: as long as the link. */
  mark: string
  markSeconds: number
}

/** Opens a session for whoever holds the link. `mark`: what the browser was given when it opened a link before. */
export async function openSession(context: Context, token: string, mark?: string): Promise<Opened> {
  const { link, participant, isAsked } = await lookUpLink(context, token)
  if (!isAsked) throw new Refusal('link-unknown')
  const { study } = await studyOfParticipant(context.stores.study.read, context, participant)
  const session = newToken()
  const now = context.clock.now()
  const seconds = sessionHours * 3600
  return await context.stores.study.withTx(async (tx) => {
    await removeExpiredSessions(tx, now)
    await removeExpiredDevices(tx, now)
    const device = await deviceWith(tx, mark, now, link.expiresAt)
    const { id: participantId, caseId } = participant
    const expiresAt = after(now, seconds * 1000)
    await insertSession(tx, { tokenHash: tokenHash(session), participantId, createdAt: now, expiresAt, deviceId: device.id })
    await recordEvent(tx, { at: now, studyId: study.id, caseId, participantId, kind: 'link opened' })
    return { session, seconds, mark: device.mark, markSeconds: Math.ceil((Date.parse(device.expiresAt) - Date.parse(now)) / 1000) }
  })
}

/** The device that a mark stands for, or a new one; known for at least as long as the link is good. */
async function deviceWith(
  tx: Db,
  mark: string | undefined,
  now: string,
  until: string,
): Promise<{ id: string; mark: string; expiresAt: string }> {
  const known = mark !== undefined && isToken(mark) && (await findDevice(tx, tokenHash(mark), now))
  if (known) {
    const expiresAt = known.expiresAt > until ? known.expiresAt : until
    await keepDeviceUntil(tx, known.id, expiresAt)
    return { id: known.id, mark, expiresAt }
  }
  const fresh = { id: newId(), mark: newToken(), expiresAt: until }
  await insertDevice(tx, { id: fresh.id, markHash: tokenHash(fresh.mark), createdAt: now, expiresAt: until })
  return fresh
}

/** Who is in a session. Refuses when there is none. */
export async function participantIn({ stores, clock }: Context, session: string | undefined): Promise<Visitor> {
  const participant = session && (await participantOfSession(stores.study.read, tokenHash(session), clock.now()))
  if (!participant) throw new Refusal('no-session')
  return participant
}

/** Ends a session, and forgets the device: what was given on it is sealed there too from now on. */
export async function closeSession({ stores }: Context, session: string): Promise<void> {
  await stores.study.withTx(async (tx) => {
    const deviceId = await removeSession(tx, tokenHash(session))
    if (deviceId === null) return
    await removeSessionsOn(tx, deviceId)
    await removeDevice(tx, deviceId)
  })
}
