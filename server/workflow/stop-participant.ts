/** Ends a participation: what is open is called off, what was answered stays, nothing more is sent. */
import type { Changes } from '../../protocols/changes.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/tx.ts'
import { recordEvent } from '../queries/events.ts'
import { type Participant, setParticipantState } from '../queries/participants.ts'
import type { Study } from '../queries/studies.ts'
import { Refusal } from '../refusal.ts'
import { caseloadOf, everySeatOf } from './caseload.ts'
import { confirm } from './confirm.ts'
import { eraseAnswers } from './erase-answers.ts'
import { emptyLogOfErased } from './forget-erased.ts'
import { listErasures } from './list-erasures.ts'
import { replanCase } from './replan-case.ts'
import { settleRefusal } from './said-no.ts'
import { studyOfParticipant } from './study-of-participant.ts'
import type { Told } from './told.ts'

interface Stop {
  study: Study
  participant: Participant
  state: 'declined' | 'withdrawn'
  /** Coded reason of the protocol, where staff recorded one. */
  reason?: string | null
  told?: Told | undefined
}

/** Returns what stopping called off. */
export async function stopParticipant(
  tx: Db,
  context: Context,
  { study, participant, state, reason = null, told }: Stop,
): Promise<Changes> {
  const now = context.clock.now()
  await setParticipantState(tx, participant.id, { state, reason, now })
  await settleRefusal(tx, participant.id, now)
  await recordEvent(tx, {
    at: now,
    studyId: study.id,
    caseId: participant.caseId,
    participantId: participant.id,
    kind: state,
    detail: { ...(reason && { reason }), ...told },
  })
  return await replanCase(tx, context, participant.caseId)
}

/** A participant withdraws, from all their cases. Doing so twice is harmless, at once too. A mail confirms it. */
export async function withdraw(context: Context, { id }: Pick<Participant, 'id'>): Promise<void> {
  await context.stores.study.withTx(async (tx) => {
    const placed = await studyOfParticipant(tx, context, { id })
    const { study, protocol } = placed
    const seats = await caseloadOf(tx, placed)
    const active = seats.filter(({ participant }) => participant.state === 'active')
    const [first] = active
    if (!first) {
      if (seats.some(({ participant }) => participant.state === 'withdrawn')) return
      throw new Refusal('participant-stopped')
    }
    for (const { participant } of active) await stopParticipant(tx, context, { study, participant, state: 'withdrawn' })
    await confirm(tx, context, { study, protocol, participant: first.participant }, 'stop confirmation')
  })
}

/**
 * A participant withdraws, from all their cases, and has their answers erased; one who stopped before has them erased now. When
 * this resolves they are gone. Doing so twice is harmless. A mail confirms it, and their contact data go after it.
 * `told`: who of the staff did it for them, and why.
 */
export async function withdrawAndErase(context: Context, { id }: Pick<Participant, 'id'>, told?: Told): Promise<void> {
  await context.stores.study.withTx(async (tx) => {
    const placed = await studyOfParticipant(tx, context, { id })
    const { study, protocol } = placed
    const kept = (await everySeatOf(tx, placed)).filter(({ participant }) => participant.answersErasedAt === null)
    for (const { participant } of kept) {
      await eraseAnswers(tx, context, { study, participant, told })
      // What others are asked may depend on what was answered.
      if (participant.state === 'active') await stopParticipant(tx, context, { study, participant, state: 'withdrawn', told })
      else await replanCase(tx, context, participant.caseId)
    }
    const [first] = kept
    if (first) await confirm(tx, context, { study, protocol, participant: first.participant }, 'erasure confirmation')
  })
  await emptyLogOfErased(context)
  // A list that cannot be written keeps nobody from being forgotten: the ticker tells of it, and writes what is lacking.
  await listErasures(context)
}
