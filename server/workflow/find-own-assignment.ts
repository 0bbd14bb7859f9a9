import type { Context } from '../context.ts'
import type { Db } from '../db/tx.ts'
import { type Assignment, findAssignment } from '../queries/assignments.ts'
import type { Participant } from '../queries/participants.ts'
import { Refusal } from '../refusal.ts'
import { isOpen } from './packet.ts'

/** An assignment of this participant; another one's does not exist as far as they are concerned. */
export async function ownAssignment(db: Db, participant: Pick<Participant, 'id'>, id: string): Promise<Assignment> {
  const assignment = await findAssignment(db, id)
  if (!assignment || assignment.participantId !== participant.id) throw new Refusal('assignment-unknown')
  return assignment
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
