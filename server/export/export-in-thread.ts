/**
 * An export in a thread of its own, with a connection and a bounded heap of its own, so that whoever asks for it goes on with
 * other work meanwhile.
 */
import { rm } from 'node:fs/promises'
import { type ResourceLimits, Worker } from 'node:worker_threads'
import type { DataPlace } from '../db/place.ts'
import { Failure } from '../failure.ts'
import type { ExportMade, ExportRequest, Progress } from './export-study.ts'
import { partialFolder } from './folder.ts'
import type { Manifest } from './manifest.ts'
import { stopped } from './stopped.ts'

/** What stays on this side: functions don't go into another thread. */
type Here = 'register' | 'onProgress' | 'signal'

/** What the thread begins with. */
export interface ThreadOrder {
  place: DataPlace
  request: Omit<ExportRequest, Here>
  /** Whether anybody looks at the progress. */
  reports: boolean
}

/** What the thread says. */
export type FromThread =
  | { kind: 'progress'; progress: Progress }
  | { kind: 'register'; made: ExportMade }
  | { kind: 'done'; manifest: Manifest }
  | { kind: 'failed'; message: string; mistake: string | null }

/** What it is told. `refused`: why it could not be registered. */
export type ToThread = { kind: 'stop' } | { kind: 'registered' } | { kind: 'refused'; reason: string }

/** Megabytes: what a thread may have at most before it ends with an error. It needs about a third. */
const heap = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 4 }

/**
 * Does what `exportStudy` does, and throws what it throws. A thread that crashes is a Failure, too, and leaves nothing.
 *
 * `request.register` and `request.onProgress` are called in this thread; the export waits for the first and not for the second.
 */
export async function exportInThread(
  place: DataPlace,
  { register, onProgress, signal, ...request }: ExportRequest,
  limits: ResourceLimits = heap,
): Promise<Manifest> {
  if (signal?.aborted) throw stopped()
  const partial = request.partial ?? partialFolder(request.directory)
  const order: ThreadOrder = { place, request: { ...request, partial }, reports: onProgress !== undefined }
  const thread = new Worker(new URL('export-thread.ts', import.meta.url), { workerData: order, resourceLimits: limits })
  const tell = (what: ToThread) => thread.postMessage(what)
  const stop = () => tell({ kind: 'stop' })
  signal?.addEventListener('abort', stop)
  try {
    return await new Promise<Manifest>((resolve, reject) => {
      thread.on('message', (said: FromThread) => {
        if (said.kind === 'progress') void onProgress?.(said.progress)
        else if (said.kind === 'done') resolve(said.manifest)
        else if (said.kind === 'failed') reject(said.mistake === null ? new Failure(said.message) : mistake(said.message, said.mistake))
        else
          Promise.resolve(register?.(said.made)).then(
            () => tell({ kind: 'registered' }),
            (reason: unknown) => {
              reject(reason)
              tell({ kind: 'refused', reason: String(reason) })
            },
          )
      })
      thread.once('error', (reason: Error) => reject(crashed(reason.message)))
      thread.once('exit', (code) => reject(crashed(`it ended with ${code}`)))
    })
  } catch (reason) {
    await thread.terminate()
    await rm(partial, { recursive: true, force: true })
    throw reason
  } finally {
    signal?.removeEventListener('abort', stop)
  }
}

const crashed = (why: string): Failure => new Failure(`The thread of the export broke down: ${why}. Nothing of it was left behind.`)

/** A mistake of our own, with the stack that it had in the thread. */
const mistake = (message: string, stack: string): Error => Object.assign(new Error(message), { stack })
