/** Ends a participation: what is open is called off, what was answered stays, nothing more is sent. */
import type { Protocol } from '../../protocols/schema.ts'
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
  protocol: Protocol
  participant: Participant
  state: 'declined' | 'withdrawn'
}

export async function stopParticipant(tx: Db, context: Context, { study, protocol, participant, state }: Stop): Promise<void> {
  const now = context.clock.now()
  await setParticipantState(tx, participant.id, state, now)
  await recordEvent(tx, { at: now, studyId: study.id, caseId: participant.caseId, participantId: participant.id, kind: state })
  await replanCase(tx, context, protocol, participant.caseId)
}

/** A participant withdraws. Doing so twice is harmless, at once too. */
export async function withdraw(context: Context, { id }: Pick<Participant, 'id'>): Promise<void> {
  await context.stores.study.withTx(async (tx) => {
    const { participant, study, protocol } = await studyOfParticipant(tx, context.definitions, { id })
    if (participant.state === 'withdrawn') return
    if (participant.state === 'declined') throw new Refusal('participant-stopped')
    await stopParticipant(tx, context, { study, protocol, participant, state: 'withdrawn' })
  })
}
