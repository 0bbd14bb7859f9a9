/** Looks every minute whether the backup of tonight is to be made, inside `serve`. */
import { Cron } from 'croner'
import type { Logger } from 'pino'
import type { Context } from './context.ts'
import { plainReason } from './plain-reason.ts'
import { backupInThread } from './workflow/backup-in-thread.ts'
import { type Nightly, nightlyBackup } from './workflow/nightly-backup.ts'

/** Starts looking; one that is being made when this stops is given up, and leaves nothing behind. */
export function startNightly(context: Context, nightly: Nightly, log: Pick<Logger, 'info' | 'error'>): { stop(): Promise<void> } {
  const stopping = new AbortController()
  let last: Promise<void> = Promise.resolve()
  const look = (): Promise<void> => {
    last = nightlyBackup(context, nightly, (order) => backupInThread(order, stopping.signal)).then(
      (made) => made && log.info({ backup: made.name, removed: made.removed.length }, 'backup made'),
      (reason: Error) => log.error({ problem: plainReason(reason).message }, 'backup failed'),
    ) as Promise<void>
    return last
  }
  const job = new Cron('* * * * *', { protect: true }, look)
  void job.trigger()
  return {
    async stop() {
      job.stop()
      stopping.abort()
      await last
    },
  }
}
