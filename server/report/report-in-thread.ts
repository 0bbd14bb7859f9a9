/** Reports in a thread of their own, with a connection of their own: the server goes on with other work meanwhile. */
import { Worker } from 'node:worker_threads'
import type { DataPlace } from '../context.ts'
import { Failure } from '../failure.ts'
import type { CasesBehind } from './cases-behind.ts'
import type { ReportRequest } from './read-report.ts'
import type { ReportFile } from './report-file.ts'
import type { ReportResult } from './result.ts'
import type { ReportLanguage } from './words.ts'

/** What a thread does: work a report out, or make one file of it. */
export type ReportOrder =
  | { does: 'read'; place: DataPlace; request: Pick<ReportRequest, 'study' | 'options' | 'now'> }
  | { does: 'write'; result: ReportResult; language: ReportLanguage; file: ReportFile }

/** A report that was worked out; its cases apart. */
export interface WorkedOut {
  result: ReportResult
  behind: CasesBehind
  /** Of all cases that were read. */
  caseIds: string[]
}

export type FromReportThread =
  | { said: 'progress'; cases: number }
  | { said: 'done'; outcome: WorkedOut | Uint8Array }
  | { said: 'failed'; message: string; stack: string | null }

/** Megabytes. A report of a hundred thousand cases keeps of each what its tables look at. */
const heap = { maxOldGenerationSizeMb: 2048 }

interface Meanwhile {
  onProgress?: (cases: number) => void
  signal?: AbortSignal
}

export const readInThread = (order: Omit<Extract<ReportOrder, { does: 'read' }>, 'does'>, meanwhile: Meanwhile = {}): Promise<WorkedOut> =>
  inThread<WorkedOut>({ does: 'read', ...order }, meanwhile)

export const writeInThread = (order: Omit<Extract<ReportOrder, { does: 'write' }>, 'does'>): Promise<Uint8Array> =>
  inThread<Uint8Array>({ does: 'write', ...order }, {})

/** Throws what the work throws, and a Failure for a thread that was stopped or broke down. It only reads: nothing is left behind. */
async function inThread<Outcome extends WorkedOut | Uint8Array>(order: ReportOrder, { onProgress, signal }: Meanwhile): Promise<Outcome> {
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
