/** Ends a participation: what is open is called off, what was answered stays, nothing more is sent. */
import type { Changes } from '../../protocols/changes.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/tx.ts'
import { recordEvent } from '../queries/events.ts'
import { type Participant, setParticipantState } from '../queries/participants.ts'
import type { Study } from '../queries/studies.ts'
import { Refusal } from '../refusal.ts'
import { replanCase } from './replan-case.ts'
import { studyOfParticipant } from './study-of-participant.ts'

interface Stop {
  study: Study
  participant: Participant
  state: 'declined' | 'withdrawn'
  /** Coded reason of the protocol, where staff recorded one. */
  reason?: string | null
}

/** Returns what stopping called off. */
export async function stopParticipant(tx: Db, context: Context, { study, participant, state, reason = null }: Stop): Promise<Changes> {
  const now = context.clock.now()
  await setParticipantState(tx, participant.id, { state, reason, now })
  await recordEvent(tx, {
    at: now,
    studyId: study.id,
    caseId: participant.caseId,
    participantId: participant.id,
    kind: state,
    ...(reason && { detail: { reason } }),
  })
  return await replanCase(tx, context, participant.caseId)
}

/** A participant withdraws. Doing so twice is harmless, at once too. */
export async function withdraw(context: Context, { id }: Pick<Participant, 'id'>): Promise<void> {
  await context.stores.study.withTx(async (tx) => {
    const { participant, study } = await studyOfParticipant(tx, context, { id })
    if (participant.state === 'withdrawn') return
    if (participant.state !== 'active') throw new Refusal('participant-stopped')
    await stopParticipant(tx, context, { study, participant, state: 'withdrawn' })
  })
}
