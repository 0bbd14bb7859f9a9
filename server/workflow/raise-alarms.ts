/** Gives staff a task for answers on which the protocol wants them to look at a case. */
import type { Answers } from '../../instruments/schema.ts'
import { raisedBy } from '../../protocols/alarms.ts'
import type { Protocol } from '../../protocols/schema.ts'
import type { Db } from '../db/tx.ts'
import type { Respondent } from '../queries/participants.ts'
import { addTask } from '../queries/tasks.ts'

/** The task that an alarm gives. Its detail is the alarm's id. */
export const alarmTask = 'alarm'

/** The task names the alarm, not the answer. */
export async function raiseAlarms(
  tx: Db,
  protocol: Protocol,
  { studyId, caseId, id: participantId }: Pick<Respondent, 'studyId' | 'caseId' | 'id'>,
  { instrument, answers, now }: { instrument: string; answers: Answers; now: string },
): Promise<void> {
  for (const alarm of raisedBy(protocol, instrument, answers))
    await addTask(tx, { studyId, caseId, participantId, messageId: null, kind: alarmTask, detail: alarm, createdAt: now })
}
