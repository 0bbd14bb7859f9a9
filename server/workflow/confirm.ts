/** Puts a mail in the outbox that confirms what a participant did on their page. */
import type { Protocol } from '../../protocols/schema.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/tx.ts'
import { type ConfirmationKind, noWave } from '../mail/confirmations.ts'
import { messageIdFor } from '../mail/message-id.ts'
import { newId } from '../new-id.ts'
import { cancelMessage, findMessageOf, insertMessages } from '../queries/messages.ts'
import type { Participant } from '../queries/participants.ts'
import type { Study } from '../queries/studies.ts'

interface Confirmed {
  study: Study
  protocol: Protocol
  participant: Participant
}

/** Nothing for a role to which no mail goes or somebody without an address, nor a second time. It goes out at the next tick, at whatever hour. */
export async function confirm(
  tx: Db,
  context: Pick<Context, 'clock' | 'baseUrl'>,
  { study, protocol, participant }: Confirmed,
  kind: ConfirmationKind,
): Promise<void> {
  if (!protocol.roles[participant.role]?.mail || participant.withoutMailAt !== null) return
  const about = { participantId: participant.id, wave: noWave }
  if (await findMessageOf(tx, about, kind)) return
  const now = context.clock.now()
  // One mail says it all when the first has not gone yet.
  const stopping = kind === 'erasure confirmation' && (await findMessageOf(tx, about, 'stop confirmation'))
  if (stopping) await cancelMessage(tx, stopping.id, 'erasure confirmed instead', now)
  const messageId = messageIdFor({ studyId: study.id, ...about, kind }, new URL(context.baseUrl).hostname)
  await insertMessages(tx, [
    { id: newId(), studyId: study.id, caseId: participant.caseId, ...about, kind, dueAt: now, nextAt: now, messageId },
  ])
}
