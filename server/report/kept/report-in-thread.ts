/** Reports in a thread of their own, with a connection of their own: the server goes on with other work meanwhile. */
import { Worker } from 'node:worker_threads'
import type { DataPlace } from '../../db/place.ts'
import { Failure } from '../../failure.ts'
import type { ReportFile } from '../output/report-file.ts'
import type { ReportRequest } from '../read-report.ts'
import type { ReportLanguage } from '../words.ts'

/** What a thread does: work a report out and keep it in a folder, or make one file of one that is kept. */
export type ReportOrder =
  | { does: 'read'; place: DataPlace; request: Pick<ReportRequest, 'study' | 'options' | 'now'>; directory: string }
  | { does: 'write'; directory: string; language: ReportLanguage; file: ReportFile }

/** What is said of a report that was worked out: how many cases are in it. */
export interface Read {
  cases: number
}

/** A file that was made, with the ids of all cases that are in it. */
export interface Written {
  bytes: Uint8Array
  madeAt: string
  caseIds: string[]
}

export type FromReportThread =
  | { said: 'progress'; cases: number }
  | { said: 'done'; outcome: Read | Written }
  | { said: 'failed'; message: string; stack: string | null }

/** Megabytes. A report of a hundred thousand cases keeps of each what its tables look at. */
const heap = { maxOldGenerationSizeMb: 2048 }

interface Meanwhile {
  onProgress?: (cases: number) => void
  signal?: AbortSignal
}

export const readInThread = (order: Omit<Extract<ReportOrder, { does: 'read' }>, 'does'>, meanwhile: Meanwhile = {}): Promise<Read> =>
  inThread<Read>({ does: 'read', ...order }, meanwhile)

export const writeInThread = (order: Omit<Extract<ReportOrder, { does: 'write' }>, 'does'>): Promise<Written> =>
  inThread<Written>({ does: 'write', ...order }, {})

/** Throws what the work throws, and a Failure for a thread that was stopped or broke down. It only reads, but for the folder of a report: whoever stops it removes that. */
async function inThread<Outcome extends Read | Written>(order: ReportOrder, { onProgress, signal }: Meanwhile): Promise<Outcome> {
  signal?.throwIfAborted()
  const thread = new Worker(new URL('report-thread.ts', import.meta.url), { workerData: order, resourceLimits: heap })
  const stop = () => void thread.terminate()
  signal?.addEventListener('abort', stop)
  try {
    return await new Promise<Outcome>((resolve, reject) => {
      thread.on('message', (said: FromReportThread) => {
        if (said.said === 'progress') onProgress?.(said.cases)
        else if (said.said === 'done') resolve(said.outcome as Outcome)
        else reject(said.stack === null ? new Failure(said.message) : Object.assign(new Error(said.message), { stack: said.stack }))
      })
      thread.once('error', (reason: Error) => reject(new Failure(`The thread of the report broke down: ${reason.message}.`)))
      thread.once('exit', (code) => reject(new Failure(`The thread of the report ended with ${code}.`)))
    })
  } finally {
    signal?.removeEventListener('abort', stop)
    await thread.terminate()
  }
}
