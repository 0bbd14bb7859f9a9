/** Erases what somebody answered, at their request, and says to staff what this cannot reach. */
import type { Context } from '../context.ts'
import type { Db } from '../db/tx.ts'
import { eraseAnswersOf, markErased } from '../queries/erasure.ts'
import { recordEvent } from '../queries/events.ts'
import type { Participant } from '../queries/participants.ts'
import { putSetting } from '../queries/settings.ts'
import type { Study } from '../queries/studies.ts'
import { addTask } from '../queries/tasks.ts'
import { logHoldsErased } from './forget-erased.ts'

/** Nothing keeps which exports were made, so that nobody can say here whether one holds these answers. */
const whatIsLeft = 'erased at their own request; exports, reports and backups made before may still hold the answers: none are listed here'

/** Within a transaction: the answers, scores and drafts of a participant, and those of interviews with them. */
export async function eraseAnswers(
  tx: Db,
  { clock }: Pick<Context, 'clock'>,
  { study, participant: { id, caseId } }: { study: Study; participant: Participant },
): Promise<void> {
  const now = clock.now()
  const erased = await eraseAnswersOf(tx, id)
  await markErased(tx, id, now)
  await putSetting(tx, logHoldsErased, now)
  const detail = { ...erased, exports: 'not recorded' }
  await recordEvent(tx, { at: now, studyId: study.id, caseId, participantId: id, kind: 'answers erased', detail })
  await addTask(tx, {
    studyId: study.id,
    caseId,
    participantId: id,
    messageId: null,
    kind: 'answers erased',
    detail: whatIsLeft,
    createdAt: now,
  })
}
