/** From a link in a mail to a session in a browser. */
import { after } from '../../protocols/local-time.ts'
import type { Context } from '../context.ts'
import { recordEvent } from '../queries/events.ts'
import { findLink, type Link } from '../queries/links.ts'
import { findParticipant, type Participant } from '../queries/participants.ts'
import { insertSession, participantOfSession, removeExpiredSessions, removeSession } from '../queries/sessions.ts'
import { Refusal } from '../refusal.ts'
import { studyOfParticipant } from './study-of-participant.ts'
import { isToken, newToken, tokenHash } from './token.ts'

/** How long a session lasts at most. An hour spans a packet with breaks; half a day keeps a phone that was put away. */
const sessionHours = 12

/** Whose link this is. Changes nothing. Refuses a link that is not known or past its time. */
export async function lookUpLink({ stores, clock }: Context, token: string): Promise<{ link: Link; participant: Participant }> {
  const link = isToken(token) ? await findLink(stores.study.read, tokenHash(token)) : undefined
  const participant = link && (await findParticipant(stores.study.read, link.participantId))
  if (!link || !participant) throw new Refusal('link-unknown')
  if (link.expiresAt <= clock.now()) throw new Refusal('link-expired')
  return { link, participant }
}

/** Opens a session for whoever holds the link. Returns the session's token and how many seconds it lasts. */
export async function openSession(context: Context, token: string): Promise<{ session: string; seconds: number }> {
  const { participant } = await lookUpLink(context, token)
  const { study } = await studyOfParticipant(context.stores.study.read, context, participant)
  const session = newToken()
  const now = context.clock.now()
  const seconds = sessionHours * 3600
  const expiresAt = after(now, seconds * 1000)
  await context.stores.study.withTx(async (tx) => {
    await removeExpiredSessions(tx, now)
    await insertSession(tx, { tokenHash: tokenHash(session), participantId: participant.id, createdAt: now, expiresAt })
    await recordEvent(tx, { at: now, studyId: study.id, caseId: participant.caseId, participantId: participant.id, kind: 'link opened' })
  })
  return { session, seconds }
}

/** Who is in a session. Refuses when there is none. */
export async function participantIn({ stores, clock }: Context, session: string | undefined): Promise<Participant> {
  const participant = session && (await participantOfSession(stores.study.read, tokenHash(session), clock.now()))
  if (!participant) throw new Refusal('no-session')
  return participant
}

export async function closeSession({ stores }: Context, session: string): Promise<void> {
  await stores.study.withTx((tx) => removeSession(tx, tokenHash(session)))
}
