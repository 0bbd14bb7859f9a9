/** A case that goes from one participant to another in the same role: what is open goes along, what was answered stays. */
import type { Context } from '../context.ts'
import type { Db } from '../db/tx.ts'
import { Failure } from '../failure.ts'
import { recordEvent } from '../queries/events.ts'
import { participantsOfCase, setParticipantState } from '../queries/participants.ts'
import { type Arrived, type CaseKey, comeIn } from './add-participant.ts'
import type { ParticipantEntry } from './check-case.ts'
import { needCase } from './need-case.ts'
import { nameOf, type ParticipantKey, pickParticipant } from './pick-participant.ts'
import { replanCase } from './replan-case.ts'
import { settleRefusal } from './said-no.ts'
import type { Told } from './told.ts'

/** Who takes over. Their language is that of the one before them unless given. */
export type SuccessorEntry = Omit<ParticipantEntry, 'role' | 'language'> & { language?: string | undefined }

export interface HandedOver extends Arrived {
  /** Number of the one who handed over. */
  from: number
}

export interface Manner {
  /** Who did it. */
  by?: 'staff' | 'participant'
  told?: Told
  /** Done in the same transaction. */
  also?(tx: Db, now: string): Promise<void>
}

/**
 * Throws a Failure, and changes nothing, when there is no such participant, when they do not take part any more, or for a
 * successor whom an import would not take.
 */
export async function handOver(
  context: Context,
  key: CaseKey,
  who: ParticipantKey,
  { language, ...successor }: SuccessorEntry,
  { by = 'staff', told, also }: Manner = {},
): Promise<HandedOver> {
  const { found } = await needCase(context, key.study, key.code)
  const before = pickParticipant(await participantsOfCase(context.stores.study.read, found.id), key.code, who)
  const entry: ParticipantEntry = { ...successor, role: before.role, language: language ?? before.language }
  return await comeIn(context, key, entry, async (tx, { study, caseId, all, id, now, insert }) => {
    const predecessor = pickParticipant(all, key.code, before)
    if (predecessor.state !== 'active')
      throw new Failure(
        `${nameOf(predecessor)} of ${key.code} has ${predecessor.state} and has nothing to hand over; \`nameting case person add\` adds somebody. Nothing was changed.`,
        'stopped',
      )
    await setParticipantState(tx, predecessor.id, { state: 'handed over', now })
    await settleRefusal(tx, predecessor.id, now)
    const { role, number } = await insert(predecessor.id)
    const detail = { role, from: predecessor.number, to: number, successor: id, ...(by === 'participant' && { by }), ...told }
    await recordEvent(tx, { at: now, studyId: study.id, caseId, participantId: predecessor.id, kind: 'handed over', detail })
    await also?.(tx, now)
    return { role, from: predecessor.number, number, changes: await replanCase(tx, context, caseId) }
  })
}
