/** After an older backup was put back: mail whose time came since may have gone out already, and is left to a person. */
import type { Context } from '../context.ts'
import { findMessage, settleMessage } from '../queries/messages.ts'
import { plannedUntil } from '../queries/restoring.ts'
import { addMailTask, recordMessage } from './message-records.ts'

/** So many in one transaction. */
const batch = 200

/** Takes every message that was due by `until` out of the outbox, with a task for each. Returns how many. `madeAt`: of the backup. */
export async function holdMail(
  { stores: { study } }: Pick<Context, 'stores'>,
  { madeAt, until }: { madeAt: string; until: string },
): Promise<number> {
  const detail = `put back from the backup of ${madeAt}: it may have gone out since`
  let held = 0
  for (;;) {
    const some = await plannedUntil(study.read, until, batch)
    if (some.length === 0) return held
    await study.withTx(async (tx) => {
      for (const { id } of some) {
        const message = await findMessage(tx, id)
        if (message?.state !== 'planned') continue
        await settleMessage(tx, message, { ...message, state: 'unknown', settledAt: until, detail })
        await addMailTask(tx, message, 'message unknown', detail, until)
        await recordMessage(tx, message, 'unknown', detail, until)
      }
    })
    held += some.length
  }
}
