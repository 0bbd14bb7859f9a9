import type { Protocol } from '../../protocols/schema.ts'
import type { Db } from '../db/tx.ts'
import type { Definitions } from '../definitions.ts'
import type { Case } from '../queries/cases.ts'
import { findPlacedParticipant, type Participant } from '../queries/participants.ts'
import type { Study } from '../queries/studies.ts'
import { protocolOf } from './open-study.ts'

/** A participant as they are now, with the case, study and protocol that they belong to. */
export async function studyOfParticipant(
  db: Db,
  definitions: Definitions,
  { id }: Pick<Participant, 'id'>,
): Promise<{ participant: Participant; found: Case; study: Study; protocol: Protocol }> {
  const placed = await findPlacedParticipant(db, id)
  if (!placed) throw new Error(`participant ${id} has no case`)
  return { ...placed, protocol: protocolOf(definitions, placed.study) }
}
