/** Erases what somebody answered, at their request, and says to staff what this cannot reach. */
import type { Context } from '../context.ts'
import type { Db } from '../db/tx.ts'
import { eraseAnswersOf, markErased } from '../queries/erasure.ts'
import { recordEvent } from '../queries/events.ts'
import { exportsWithCase, type RegisteredExport } from '../queries/exports.ts'
import type { Participant } from '../queries/participants.ts'
import { forgetCasesInReports } from '../queries/reports.ts'
import { putSetting } from '../queries/settings.ts'
import type { Study } from '../queries/studies.ts'
import { addTask } from '../queries/tasks.ts'
import { logHoldsErased } from './forget-erased.ts'
import type { Told } from './told.ts'

/** What the task says that staff get about it. Reports and backups are on no list: somebody has to know of them. */
export const whatIsLeft = (exports: readonly RegisteredExport[]): string =>
  exports.length === 0
    ? 'erased at their own request; no export with this case is known; reports and backups made before may still hold the answers'
    : `erased at their own request; exports made before may still hold the answers: ${exports.map(asText).join(', ')}; so may reports and backups`

const asText = ({ madeAt, manifestSha256 }: RegisteredExport): string => `${madeAt} (manifest ${manifestSha256.slice(0, 12)})`

/** Within a transaction: the answers, scores and drafts of a participant, and those of interviews with them. */
export async function eraseAnswers(
  tx: Db,
  { clock }: Pick<Context, 'clock'>,
  { study, participant: { id, caseId }, told }: { study: Study; participant: Participant; told?: Told | undefined },
): Promise<void> {
  const now = clock.now()
  const erased = await eraseAnswersOf(tx, id)
  await markErased(tx, id, now)
  await putSetting(tx, logHoldsErased, now)
  await forgetCasesInReports(tx, study.id, now)
  const exports = await exportsWithCase(tx, study.id, caseId)
  const detail = { ...erased, exports: exports.map((one) => one.id), ...told }
  await recordEvent(tx, { at: now, studyId: study.id, caseId, participantId: id, kind: 'answers erased', detail })
  await addTask(tx, {
    studyId: study.id,
    caseId,
    participantId: id,
    messageId: null,
    kind: 'answers erased',
    detail: whatIsLeft(exports),
    createdAt: now,
  })
}
