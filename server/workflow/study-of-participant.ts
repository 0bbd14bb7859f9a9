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

/** What an answer has to know of who gives it and on which device, in one look. Refuses when nobody is in the session. */
export async function respondentOf(
  db: Db,
  { definitions, clock }: Pick<Context, 'definitions' | 'clock'>,
  who: Who,
): Promise<{ respondent: Respondent; protocol: Protocol; deviceId: string | null }> {
  const { respondent, deviceId } = await whoActs(db, who, clock.now())
  if (!respondent) throw new Refusal('no-session')
  return { respondent, protocol: protocolOf(definitions, respondent, clock.now()), deviceId }
}

async function whoActs(db: Db, who: Who, now: string): Promise<{ respondent: Respondent | undefined; deviceId: string | null }> {
  if ('id' in who) return { respondent: await findRespondent(db, who.id), deviceId: null }
  const found = who.session === undefined ? undefined : await respondentOfSession(db, tokenHash(who.session), now)
  return { respondent: found, deviceId: found?.deviceId ?? null }
}
