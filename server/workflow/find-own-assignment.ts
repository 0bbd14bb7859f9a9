import type { Protocol } from '../../protocols/schema.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/tx.ts'
import { type Assignment, findAssignment } from '../queries/assignments.ts'
import type { Participant, Respondent } from '../queries/participants.ts'
import { Refusal } from '../refusal.ts'
import { isSameProfessional } from './caseload.ts'
import { isOpen } from './packet.ts'
import { respondentOf, type Who } from './study-of-participant.ts'

/**
 * Who answers an assignment: whoever acts, or the same professional in another of their cases. What is neither does not exist as far
 * as they are concerned.
 */
export async function respondentFor(
  db: Db,
  context: Pick<Context, 'definitions' | 'clock'>,
  who: Who,
  id: string,
): Promise<{ respondent: Respondent; protocol: Protocol; deviceId: string | null; assignment: Assignment }> {
  const { respondent, protocol, deviceId } = await respondentOf(db, context, who)
  const assignment = await findAssignment(db, id)
  if (!assignment) throw new Refusal('assignment-unknown')
  const { participantId } = assignment
  if (participantId === respondent.id) return { respondent, protocol, deviceId, assignment }
  if (!(await isSameProfessional(db, protocol, respondent.id, participantId))) throw new Refusal('assignment-unknown')
  return { ...(await respondentOf(db, context, { id: participantId })), deviceId, assignment }
}

/** Refuses when answers are not taken: not open, or the participant stopped. */
export function needOpen({ clock }: Pick<Context, 'clock'>, participant: Pick<Participant, 'state'>, assignment: Assignment): void {
  if (participant.state !== 'active') throw new Refusal('participant-stopped')
  const now = clock.now()
  if (isOpen(assignment, now)) return
  const state =
    assignment.closesAt <= now && assignment.state !== 'completed' && assignment.state !== 'cancelled' ? 'expired' : assignment.state
  throw new Refusal('assignment-closed', { state })
}
