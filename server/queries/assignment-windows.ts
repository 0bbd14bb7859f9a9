/** Assignments whose window opens or closes, found by index. */
import { and, inArray, lte } from 'drizzle-orm'
import { unlessInHand } from '../db/locks.ts'
import { assignments, isScheduled, isUnfinished } from '../db/study-schema/assignments.ts'
import type { Db } from '../db/tx.ts'
import type { Assignment } from './assignments.ts'

export type Turned = Pick<Assignment, 'id' | 'studyId' | 'caseId' | 'participantId' | 'wave' | 'instrumentId' | 'aboutId'>

const turned = {
  id: assignments.id,
  studyId: assignments.studyId,
  caseId: assignments.caseId,
  participantId: assignments.participantId,
  wave: assignments.wave,
  instrumentId: assignments.instrumentId,
  aboutId: assignments.aboutId,
}

/** Ends at most `limit` unfinished assignments whose window is over and returns them. Their drafts stay as they are. */
export async function expireAssignments(tx: Db, now: string, limit: number): Promise<Turned[]> {
  const over = unlessInHand(
    tx
      .select({ id: assignments.id })
      .from(assignments)
      .where(and(isUnfinished, lte(assignments.closesAt, now)))
      .limit(limit),
  )
  return await tx.update(assignments).set({ state: 'expired', endedAt: now }).where(inArray(assignments.id, over)).returning(turned)
}

/** Opens at most `limit` scheduled assignments whose moment has come, and returns them. Those that are over already have to be ended first. */
export async function openAssignments(tx: Db, now: string, limit: number): Promise<Turned[]> {
  const begun = unlessInHand(
    tx
      .select({ id: assignments.id })
      .from(assignments)
      .where(and(isScheduled, lte(assignments.opensAt, now)))
      .limit(limit),
  )
  return await tx.update(assignments).set({ state: 'open' }).where(inArray(assignments.id, begun)).returning(turned)
}
