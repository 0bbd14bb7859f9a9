/** The thread of report-in-thread.ts. */
import '../fast-start.ts'
import { parentPort, workerData } from 'node:worker_threads'
import type { FromReportThread, ReportOrder, WorkedOut } from './report-in-thread.ts'

/** Milliseconds between two reports of progress. */
const reportEvery = 100

const order = workerData as ReportOrder
const say = (what: FromReportThread) => parentPort?.postMessage(what)

/** Loaded only now, so that it is loaded fast. */
async function read({ place, request }: Extract<ReportOrder, { does: 'read' }>): Promise<WorkedOut> {
  const [{ openStudyReader }, { loadDefinitions }, { readReport }, { apart }] = await Promise.all([
    import('../db/study-reader.ts'),
    import('../definitions/load.ts'),
    import('./read-report.ts'),
    import('./cases-behind.ts'),
  ])
  const definitions = loadDefinitions(place.definitions)
  const reader = openStudyReader(place.data)
  let reported = performance.now()
  try {
    const { result, caseIds } = await readReport(reader, definitions, {
      ...request,
      onProgress(cases) {
        if (performance.now() - reported < reportEvery) return
        reported = performance.now()
        say({ said: 'progress', cases })
      },
    })
    return { ...apart(result), caseIds }
  } finally {
    reader.close()
  }
}

async function write({ result, language, file }: Extract<ReportOrder, { does: 'write' }>): Promise<Uint8Array> {
  const { reportFile } = await import('./report-file.ts')
  return await reportFile(result, language, file)
}

try {
  say({ said: 'done', outcome: order.does === 'read' ? await read(order) : await write(order) })
} catch (reason) {
  const { Failure } = await import('../failure.ts')
  const { message, stack = message } = reason as Error
  say({ said: 'failed', message, stack: reason instanceof Failure ? null : stack })
}
parentPort?.close()
