/** The thread of report-in-thread.ts. */
import '../../fast-start.ts'
import { parentPort, workerData } from 'node:worker_threads'
import type { FromReportThread, Read, ReportOrder, Written } from './report-in-thread.ts'

/** Milliseconds between two reports of progress. */
const reportEvery = 100

const order = workerData as ReportOrder
const say = (what: FromReportThread) => parentPort?.postMessage(what)

/** Loaded only now, so that it is loaded fast. */
async function read({ place, request, directory }: Extract<ReportOrder, { does: 'read' }>): Promise<Read> {
  const [{ openStudyReader }, { loadDefinitions }, { readReport }, { collectBehind }, { writeKept }] = await Promise.all([
    import('../../db/study-reader.ts'),
    import('../../definitions/load.ts'),
    import('../read-report.ts'),
    import('./cases-behind.ts'),
    import('./kept-report.ts'),
  ])
  const definitions = loadDefinitions(place.definitions)
  const reader = await openStudyReader(place)
  let reported = performance.now()
  try {
    const behind = collectBehind()
    const { result, caseIds } = await readReport(reader, definitions, {
      ...request,
      behind: behind.add,
      onProgress(cases) {
        if (performance.now() - reported < reportEvery) return
        reported = performance.now()
        say({ said: 'progress', cases })
      },
    })
    // Who is in a total less who is in its parts would be the few that are left out.
    await writeKept(directory, { result, behind: request.options.maskBelow === null ? behind.found() : null, caseIds })
    return { cases: caseIds.length }
  } finally {
    await reader.close()
  }
}

async function write({ directory, language, file }: Extract<ReportOrder, { does: 'write' }>): Promise<Written> {
  const [{ reportFile }, { readKept }] = await Promise.all([import('../output/report-file.ts'), import('./kept-report.ts')])
  const { result, caseIds } = await readKept(directory)
  return { bytes: await reportFile(result, language, file), madeAt: result.madeAt, caseIds }
}

try {
  say({ said: 'done', outcome: order.does === 'read' ? await read(order) : await write(order) })
} catch (reason) {
  const { Failure } = await import('../../failure.ts')
  const { message, stack = message } = reason as Error
  say({ said: 'failed', message, stack: reason instanceof Failure ? null : stack })
}
parentPort?.close()
