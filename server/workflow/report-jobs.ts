/**
 * Reports at the desk: each is worked out in a thread of its own and kept here for a while, so that what is looked up in it, and what
 * is taken from it, is of the one moment that it tells of. Nothing of it is stored: after a restart it is worked out anew.
 */
import { createHash } from 'node:crypto'
import { formatReference } from '../../instruments/definition.ts'
import type { Context } from '../context.ts'
import { newId } from '../new-id.ts'
import { Refusal } from '../refusal.ts'
import { casesOf } from '../report/cases-behind.ts'
import type { ReportFile } from '../report/report-file.ts'
import { readInThread, type WorkedOut, writeInThread } from '../report/report-in-thread.ts'
import type { ReportOptions } from '../report/result.ts'
import { type ShownReport, shownReport } from '../report/shown.ts'
import type { ReportLanguage } from '../report/words.ts'
import { needStudy } from './open-study.ts'
import { recordExport } from './record-export.ts'

export interface ReportJob {
  id: string
  /** no-report: the protocol has none; `later` names a version that has one, where there is one. */
  state: 'working' | 'done' | 'cancelled' | 'failed' | 'no-report'
  later: string | null
  options: ReportOptions
  /** Cases that were read so far. */
  cases: number
  /** Why it failed, for whoever looks after the server. */
  failure: string | null
}

interface Kept {
  job: ReportJob
  study: string
  abort: AbortController
  made: WorkedOut | null
}

/** So many are kept, and so many worked out at a time. */
const most = { kept: 8, working: 2 }

export function reportJobs(context: Context) {
  /** In the order in which they were asked for. */
  const all = new Map<string, Kept>()

  async function work(kept: Kept): Promise<void> {
    const { job, abort, study } = kept
    try {
      const request = { study, options: job.options, now: context.clock.now() }
      const onProgress = (cases: number): void => {
        job.cases = cases
      }
      kept.made = await readInThread({ place: context.place, request }, { onProgress, signal: abort.signal })
      job.cases = kept.made.result.counts.cases
      job.state = 'done'
    } catch (reason) {
      job.state = abort.signal.aborted ? 'cancelled' : 'failed'
      job.failure = job.state === 'failed' ? (reason as Error).message : null
    }
    next()
  }

  const waiting: Kept[] = []
  let working = 0
  function next(): void {
    working--
    const first = waiting.shift()
    if (first) begin(first)
  }
  function begin(kept: Kept): void {
    working++
    void work(kept)
  }

  /** Makes room: the oldest go first, whatever they are. */
  function keep(kept: Kept): void {
    all.set(kept.job.id, kept)
    for (const [id, { abort }] of [...all].slice(0, Math.max(0, all.size - most.kept))) {
      abort.abort()
      all.delete(id)
    }
  }

  function need(study: string, id: string): Kept {
    const kept = all.get(id)
    if (kept?.study !== study) throw new Refusal('not-found')
    return kept
  }

  function needMade(study: string, id: string): WorkedOut {
    const { made } = need(study, id)
    if (!made) throw new Refusal('not-found')
    return made
  }

  return {
    /** Begins one, or says that the protocol has none. */
    async start(study: string, options: ReportOptions): Promise<ReportJob> {
      const { protocol } = await needStudy(context, study)
      const job: ReportJob = { id: newId(), state: 'working', later: null, options, cases: 0, failure: null }
      if (!protocol.report) {
        const later = context.definitions.protocols.versions(protocol.id).findLast(({ report }) => report)
        return { ...job, state: 'no-report', later: later ? formatReference(later) : null }
      }
      const kept: Kept = { job, study, abort: new AbortController(), made: null }
      keep(kept)
      if (working < most.working) begin(kept)
      else waiting.push(kept)
      return { ...job }
    },
    /** How far one is. Refuses with `not-found` for one that is not kept any more, or of another study. */
    find: (study: string, id: string): ReportJob => ({ ...need(study, id).job }),
    cancel(study: string, id: string): ReportJob {
      const { job, abort } = need(study, id)
      abort.abort()
      return { ...job }
    },
    /** A report that is done, in words. Refuses with `not-found`. */
    shown: (study: string, id: string, language: ReportLanguage): ShownReport => shownReport(needMade(study, id).result, language),
    /** The cases behind one number of it. Refuses with `not-found`. */
    cases(study: string, id: string, cell: { table: string; row: number; column: number }): { code: string }[] {
      const found = casesOf(needMade(study, id).behind, cell.table, cell.row, cell.column)
      if (!found) throw new Refusal('not-found')
      return found.map(({ code }) => ({ code }))
    },
    /** One file of it. It is registered like an export: copies of it leave the platform. Refuses with `not-found`. */
    async file(study: string, id: string, file: ReportFile, language: ReportLanguage, staffId: string): Promise<Uint8Array> {
      const { result, caseIds } = needMade(study, id)
      const made = await writeInThread({ result, language, file })
      await recordExport(
        context.stores.study,
        {
          study,
          madeAt: result.madeAt,
          manifestSha256: createHash('sha256').update(made).digest('hex'),
          layouts: ['report'],
          formats: [file === 'zip' ? 'csv' : file],
          caseIds,
        },
        staffId,
      )
      return made
    },
  }
}
