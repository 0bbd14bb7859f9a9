import type { Protocol } from '../../protocols/schema.ts'
import type { Context } from '../context.ts'
import { type Case, findCase } from '../queries/cases.ts'
import type { Participant } from '../queries/participants.ts'
import { findStudy, type Study } from '../queries/studies.ts'
import { protocolOf } from './open-study.ts'

/** The case, study and protocol that a participant belongs to. */
export async function studyOfParticipant(
  { stores, definitions }: Pick<Context, 'stores' | 'definitions'>,
  participant: Participant,
): Promise<{ found: Case; study: Study; protocol: Protocol }> {
  const found = await findCase(stores.study.read, participant.caseId)
  const study = found && (await findStudy(stores.study.read, found.studyId))
  if (!found || !study) throw new Error(`participant ${participant.id} has no case`)
  return { found, study, protocol: protocolOf(definitions, study) }
}
