/** The thread of export-in-thread.ts. */
import '../fast-start.ts'
import { parentPort, workerData } from 'node:worker_threads'
import type { FromThread, ThreadOrder } from './export-in-thread.ts'

/** Milliseconds between two reports of progress. */
const reportEvery = 250

const { place, request, reports } = workerData as ThreadOrder
const port = parentPort as NonNullable<typeof parentPort>
const say = (what: FromThread) => port.postMessage(what)

const stop = new AbortController()
port.on('message', () => stop.abort())

// Loaded only now, so that it is loaded fast.
const { writeFrom } = await import('./export-from.ts')
const { Failure } = await import('../failure.ts')

let reported = Number.NEGATIVE_INFINITY
try {
  const written = await writeFrom(place, {
    ...request,
    onProgress(progress) {
      if (!reports || (progress.cases < progress.of && performance.now() - reported < reportEvery)) return
      reported = performance.now()
      say({ kind: 'progress', progress })
    },
    signal: stop.signal,
  })
  say({ kind: 'written', written })
} catch (reason) {
  const { message, stack = message } = reason as Error
  say({ kind: 'failed', message, mistake: reason instanceof Failure ? null : stack })
}
port.close()
