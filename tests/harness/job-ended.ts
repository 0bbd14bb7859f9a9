/** Work on all cases of a study, followed at the desk until somebody has to decide or it is over. */
import { setTimeout as wait } from 'node:timers/promises'
import type { StaffClient } from './staff.ts'

/** The job `id` of study s1 once it is neither looked at nor done any more. */
export async function jobEnded({ call }: Pick<StaffClient, 'call'>, id: string) {
  for (;;) {
    const { body } = await call(`GET /studies/s1/jobs/${id}`)
    if (body.state !== 'looking' && body.state !== 'doing') return body
    await wait(10)
  }
}
