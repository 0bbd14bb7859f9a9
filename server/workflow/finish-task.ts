/** A task of a case that somebody has seen to. */
import type { Context } from '../context.ts'
import type { Case } from '../queries/cases.ts'
import { recordEvent } from '../queries/events.ts'
import { hastenMessages } from '../queries/messages.ts'
import { closeTask, findOpenTask } from '../queries/tasks.ts'
import { Refusal } from '../refusal.ts'
import { saidNoTask } from './said-no.ts'
import type { Told } from './told.ts'

/** Refuses with `not-found` when the case has no such open task. `task`: its number, as it came. */
export async function finishTaskOfCase(
  { stores, clock }: Pick<Context, 'stores' | 'clock'>,
  { id: caseId, studyId }: Pick<Case, 'id' | 'studyId'>,
  task: string,
  told: Told,
): Promise<void> {
  await stores.study.withTx(async (tx) => {
    const found = /^[1-9]\d{0,14}$/.test(task) ? await findOpenTask(tx, caseId, Number(task)) : undefined
    if (!found) throw new Refusal('not-found')
    const now = clock.now()
    await closeTask(tx, studyId, found.id, now)
    if (found.kind === saidNoTask && found.participantId !== null) await hastenMessages(tx, found.participantId)
    const detail = { task: found.kind, ...told }
    await recordEvent(tx, { at: now, studyId, caseId, participantId: found.participantId, kind: 'task done', detail })
  })
}
