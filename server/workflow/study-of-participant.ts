import type { Protocol } from '../../protocols/schema.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/tx.ts'
import { protocolOf } from '../definitions/protocol-of-study.ts'
import {
  findPlacedParticipant,
  findRespondent,
  type Participant,
  type PlacedParticipant,
  type Respondent,
} from '../queries/participants.ts'
import { respondentOfSession } from '../queries/sessions.ts'
import { Refusal } from '../refusal.ts'
import { tokenHash } from './token.ts'

/** A participant as they are now, with the case, study and protocol that they belong to. */
export interface Placed extends PlacedParticipant {
  protocol: Protocol
}

/** Who acts: whoever is in a session, or a participant that the caller has looked up. */
export type Who = { session: string | undefined } | Pick<Participant, 'id'>

export async function studyOfParticipant(
  db: Db,
  { definitions, clock }: Pick<Context, 'definitions' | 'clock'>,
  { id }: Pick<Participant, 'id'>,
): Promise<Placed> {
  const placed = await findPlacedParticipant(db, id)
  if (!placed) throw new Error(`participant ${id} has no case`)
  return { ...placed, protocol: protocolOf(definitions, placed.study, clock.now()) }
}

/** What an answer has to know of who gives it, in one look. Refuses when nobody is in the session. */
export async function respondentOf(
  db: Db,
  { definitions, clock }: Pick<Context, 'definitions' | 'clock'>,
  who: Who,
): Promise<{ respondent: Respondent; protocol: Protocol }> {
  const respondent = 'id' in who ? await findRespondent(db, who.id) : await inSession(db, who.session, clock.now())
  if (!respondent) throw new Refusal('no-session')
  return { respondent, protocol: protocolOf(definitions, respondent, clock.now()) }
}

async function inSession(db: Db, session: string | undefined, now: string): Promise<Respondent | undefined> {
  return session === undefined ? undefined : await respondentOfSession(db, tokenHash(session), now)
}
