/** Makes a backup in a thread of its own: packing, closing and counting take minutes, and people are answering lists meanwhile. */
import { Worker } from 'node:worker_threads'
import { Failure } from '../failure.ts'
import { newId } from '../new-id.ts'
import { removeLeftBy } from './left-copies.ts'
import type { BackupOrder, MadeBackup } from './make-backup.ts'

/** What the thread says. `mistake`: the stack of a mistake of our own. */
export type FromThread = { kind: 'made'; made: MadeBackup } | { kind: 'failed'; message: string; mistake: string | null }

/** Does what `makeBackup` does with the clock of the machine, and throws what it throws. `signal` ends it, and leaves nothing behind. */
export async function backupInThread(order: BackupOrder, signal?: AbortSignal): Promise<MadeBackup> {
  const id = newId()
  const thread = new Worker(new URL('backup-thread.ts', import.meta.url), { workerData: { ...order, id } })
  const stopped = () => new Failure('The server was stopped while it was made.')
  try {
    return await new Promise<MadeBackup>((resolve, reject) => {
      if (signal?.aborted) reject(stopped())
      signal?.addEventListener('abort', () => reject(stopped()), { once: true })
      thread.once('message', (said: FromThread) => {
        if (said.kind === 'made') resolve(said.made)
        else reject(said.mistake === null ? new Failure(said.message) : Object.assign(new Error(said.message), { stack: said.mistake }))
      })
      thread.once('error', reject)
      thread.once('exit', (code) => reject(new Failure(`The thread of the backup broke down: it ended with ${code}.`)))
    })
  } catch (cause) {
    await thread.terminate()
    removeLeftBy(order, id)
    throw cause
  }
}
