/**
 * An export in a thread of its own, with a connection and a bounded heap of its own, so that whoever asks for it goes on with
 * other work meanwhile.
 */
import { rm } from 'node:fs/promises'
import { type ResourceLimits, Worker } from 'node:worker_threads'
import type { DataPlace } from '../db/place.ts'
import { Failure } from '../failure.ts'
import type { ExportRequest, ExportWritten, Progress } from './export-study.ts'
import { partialFolder } from './folder.ts'
import type { Manifest } from './manifest.ts'
import { settled } from './settled.ts'
import { stopped } from './stopped.ts'

/** What stays on this side: functions don't go into another thread. */
type Here = 'register' | 'onProgress' | 'signal'

/** What the thread begins with. */
export interface ThreadOrder {
  place: DataPlace
  request: Omit<ExportRequest, Here> & { partial: string }
  /** Whether anybody looks at the progress. */
  reports: boolean
}

/** What the thread says. All that it is told is to stop. */
export type FromThread =
  | { kind: 'progress'; progress: Progress }
  | { kind: 'written'; written: ExportWritten }
  | { kind: 'failed'; message: string; mistake: string | null }

/** Megabytes: what a thread may have at most before it ends with an error. It needs about a third. */
const heap = { maxOldGenerationSizeMb: 192, maxYoungGenerationSizeMb: 4 }

/**
 * Does what `exportStudy` does, and throws what it throws. A thread that crashes is a Failure, too, and leaves nothing.
 *
 * `request.register` and `request.onProgress` are called in this thread. The first once the other has ended and given back its memory: the
 * list of all cases takes some, too.
 */
export async function exportInThread(
  place: DataPlace,
  { register, onProgress, signal, ...request }: ExportRequest,
  limits: ResourceLimits = heap,
): Promise<Manifest> {
  if (signal?.aborted) throw stopped()
  const { directory, partial = partialFolder(directory) } = request
  const order: ThreadOrder = { place, request: { ...request, partial }, reports: onProgress !== undefined }
  const written = await inThread(order, limits, onProgress, signal)
  return await settled(written, { directory, partial, register, signal })
}

async function inThread(
  order: ThreadOrder,
  resourceLimits: ResourceLimits,
  onProgress: ExportRequest['onProgress'],
  signal: AbortSignal | undefined,
): Promise<ExportWritten> {
  const thread = new Worker(new URL('export-thread.mjs', import.meta.url), { workerData: order, resourceLimits })
  const stop = () => thread.postMessage('stop')
  signal?.addEventListener('abort', stop)
  try {
    return await new Promise<ExportWritten>((resolve, reject) => {
      let written: ExportWritten | undefined
      thread.on('message', (said: FromThread) => {
        if (said.kind === 'progress') void onProgress?.(said.progress)
        else if (said.kind === 'written') written = said.written
        else reject(said.mistake === null ? new Failure(said.message) : mistake(said.message, said.mistake))
      })
      thread.once('error', (reason: Error) => reject(crashed(reason.message)))
      thread.once('exit', (code) => (written ? resolve(written) : reject(crashed(`it ended with ${code}`))))
    })
  } catch (reason) {
    await thread.terminate()
    await rm(order.request.partial, { recursive: true, force: true })
    throw reason
  } finally {
    signal?.removeEventListener('abort', stop)
  }
}

const crashed = (why: string): Failure => new Failure(`The thread of the export broke down: ${why}. Nothing of it was left behind.`)

/** A mistake of our own, with the stack that it had in the thread. */
const mistake = (message: string, stack: string): Error => Object.assign(new Error(message), { stack })
