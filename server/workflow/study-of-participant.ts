import type { Protocol } from '../../protocols/schema.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/tx.ts'
import type { Definitions } from '../definitions.ts'
import { findPlacedParticipant, type Participant, type PlacedParticipant } from '../queries/participants.ts'
import { placedParticipantOfSession } from '../queries/sessions.ts'
import { Refusal } from '../refusal.ts'
import { protocolOf } from './open-study.ts'
import { tokenHash } from './token.ts'

/** A participant as they are now, with the case, study and protocol that they belong to. */
export interface Placed extends PlacedParticipant {
  protocol: Protocol
}

/** Who acts: whoever is in a session, or a participant that the caller has looked up. */
export type Who = { session: string | undefined } | Pick<Participant, 'id'>

export async function studyOfParticipant(db: Db, definitions: Definitions, { id }: Pick<Participant, 'id'>): Promise<Placed> {
  const placed = await findPlacedParticipant(db, id)
  if (!placed) throw new Error(`participant ${id} has no case`)
  return { ...placed, protocol: protocolOf(definitions, placed.study) }
}

/** The same, in one look, for whoever is in the session. Refuses when that is nobody. */
export async function placeOf(db: Db, { definitions, clock }: Pick<Context, 'definitions' | 'clock'>, who: Who): Promise<Placed> {
  if ('id' in who) return await studyOfParticipant(db, definitions, who)
  const placed = who.session && (await placedParticipantOfSession(db, tokenHash(who.session), clock.now()))
  if (!placed) throw new Refusal('no-session')
  return { ...placed, protocol: protocolOf(definitions, placed.study) }
}
