/** The thread of backup-in-thread.ts. */
import '../fast-start.ts'
import { parentPort, workerData } from 'node:worker_threads'
import type { FromThread } from './backup-in-thread.ts'
import type { BackupOrder } from './make-backup.ts'

const say = (what: FromThread): void => parentPort?.postMessage(what)

// Loaded only now, so that it is loaded fast.
const { systemClock } = await import('../clock.ts')
const { Failure } = await import('../failure.ts')
const { makeBackup } = await import('./make-backup.ts')

try {
  say({ kind: 'made', made: await makeBackup(workerData as BackupOrder, systemClock) })
} catch (reason) {
  const { message, stack = message } = reason as Error
  say({ kind: 'failed', message, mistake: reason instanceof Failure ? null : stack })
}
