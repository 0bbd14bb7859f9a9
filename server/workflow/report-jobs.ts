/**
 * Reports at the desk: each is worked out in a thread of its own and kept in the data folder, so that what is looked up in it, and what is
 * taken from it, is of the one moment that it tells of. What became of it is in the database, how far one is that is under way in this process.
 */
import { createHash } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { formatReference } from '../../instruments/definition.ts'
import type { Context } from '../context.ts'
import { newId } from '../new-id.ts'
import { plainReason } from '../plain-reason.ts'
import { endReport, findReport, insertReport, type KeptReportState, type ReportRow, reportsOfStudy } from '../queries/reports.ts'
import { Refusal } from '../refusal.ts'
import { casesOf } from '../report/cases-behind.ts'
import { partialOf, readKept, type WorkedOut } from '../report/kept-report.ts'
import type { ReportFile } from '../report/report-file.ts'
import { readInThread, writeInThread } from '../report/report-in-thread.ts'
import type { ReportOptions } from '../report/result.ts'
import { type ShownReport, shownReport } from '../report/shown.ts'
import type { ReportLanguage } from '../report/words.ts'
import { folderOf, keptUntil, removeKeptReports } from './kept-reports.ts'
import { needStudy } from './open-study.ts'
import { recordExport } from './record-export.ts'
import { staffNames } from './staff-names.ts'

export interface ReportJob {
  id: string
  /**
   * interrupted: the server was stopped, and nothing of it is there. removed: it was kept long enough. no-report: the protocol has none;
   * `later` names a version that has one, where there is one.
   */
  state: KeptReportState | 'interrupted' | 'removed' | 'no-report'
  later: string | null
  options: ReportOptions
  /** The moment that it tells of. */
  startedAt: string
  /** `id@version` of the protocol whose report it is. */
  protocol: string
  /** Cases that were read so far. */
  cases: number
  /** Why it failed, for whoever looks after the server. */
  failure: string | null
  /** Until when it is kept, unless later ones take its place; null while it is not there. */
  until: string | null
  /** When what it said of single cases was removed. */
  casesRemovedAt: string | null
}

interface Running {
  row: ReportRow
  abort: AbortController
  cases: number
}

/** So many are worked out at a time; the others wait. So many are held in memory after they were looked at. */
const most = { working: 2, held: 2 }

export function reportJobs(context: Context) {
  const { study: store } = context.stores
  const { background } = context
  /** By id; one that has ended is in the database and the data folder only. */
  const running = new Map<string, Running>()
  /** Those that were looked at last, the latest at the end. */
  const held = new Map<string, Promise<WorkedOut>>()

  async function work(row: ReportRow, job: Running): Promise<void> {
    const directory = folderOf(context, row.id)
    const end = (to: Omit<Parameters<typeof endReport>[2], 'endedAt'>) =>
      store.withTx((tx) => endReport(tx, row.id, { ...to, endedAt: context.clock.now() }))
    try {
      const request = { study: row.studyId, options: optionsOf(row), now: row.startedAt }
      const onProgress = (cases: number): void => void Object.assign(job, { cases })
      const { cases } = await readInThread(
        { place: context.place, request, directory },
        { onProgress, signal: background.endedBy(job.abort.signal) },
      )
      await end({ state: 'done', cases })
      // The ticker does it too.
      await removeKeptReports(context).catch(() => {})
    } catch (reason) {
      await removeFiles(row.id).catch(() => {})
      // Told as interrupted by the next server.
      if (background.stopping.aborted) return
      const state = job.abort.signal.aborted ? 'cancelled' : 'failed'
      // On a full disk not even this can be written: then it is told as interrupted, which comes to the same.
      await end({ state, failure: state === 'failed' ? plainReason(reason).message : null }).catch(() => {})
    } finally {
      running.delete(row.id)
    }
    working--
    waiting.shift()?.()
  }

  async function removeFiles(id: string): Promise<void> {
    for (const path of [folderOf(context, id), partialOf(folderOf(context, id))]) await rm(path, { recursive: true, force: true })
  }

  const waiting: (() => void)[] = []
  let working = 0
  function begin(row: ReportRow, job: Running): void {
    const go = (): void => {
      working++
      background.carryOn(work(row, job))
    }
    if (working < most.working) go()
    else waiting.push(go)
  }

  function describe(row: ReportRow): ReportJob {
    const { id, startedAt, endedAt, protocol, failure, casesRemovedAt, removedAt } = row
    const now = running.get(id)
    const state = row.state === 'working' && !now ? 'interrupted' : row.state === 'done' && removedAt !== null ? 'removed' : row.state
    const until = state === 'done' && endedAt !== null ? keptUntil(endedAt) : null
    return {
      id,
      state,
      later: null,
      options: optionsOf(row),
      startedAt,
      protocol,
      cases: now?.cases ?? row.cases,
      failure,
      until,
      casesRemovedAt,
    }
  }

  async function need(study: string, id: string): Promise<ReportRow> {
    const found = await findReport(store.read, id)
    if (found?.studyId !== study) throw new Refusal('not-found')
    return found
  }

  /** One that is done, from memory if it was looked at of late. */
  async function needMade(study: string, id: string): Promise<{ row: ReportRow; made: WorkedOut }> {
    await removeKeptReports(context)
    const row = await need(study, id)
    if (row.state !== 'done' || row.removedAt !== null) throw new Refusal('not-found')
    // What was forgotten meanwhile is not held either.
    const key = `${id} ${row.casesRemovedAt}`
    const found = held.get(key) ?? readKept(folderOf(context, id))
    held.delete(key)
    held.set(key, found)
    for (const old of [...held.keys()].slice(0, Math.max(0, held.size - most.held))) held.delete(old)
    try {
      return { row, made: await found }
    } catch (reason) {
      held.delete(key)
      if ((reason as NodeJS.ErrnoException).code === 'ENOENT') throw new Refusal('not-found')
      throw reason
    }
  }

  return {
    /** Begins one, finds the same one under way, or says that the protocol has none. */
    async start(studyId: string, options: ReportOptions, staffId: string): Promise<ReportJob> {
      const { protocol } = await needStudy(context, studyId)
      const row: ReportRow = {
        ...{ id: newId(), studyId, startedBy: staffId, startedAt: context.clock.now(), endedAt: null, state: 'working' },
        ...{ options: { ...options }, protocol: formatReference(protocol), cases: 0, failure: null, casesRemovedAt: null, removedAt: null },
      }
      if (!protocol.report) {
        const later = context.definitions.protocols.versions(protocol.id).findLast(({ report }) => report)
        return { ...describe(row), state: 'no-report', later: later ? formatReference(later) : null }
      }
      // What was left by a server that was stopped.
      for (const { id, state } of await reportsOfStudy(store.read, studyId))
        if (state === 'working' && !running.has(id)) await removeFiles(id)
      const same = [...running.values()].find((one) => isSame(one.row, row))
      if (same) return describe(same.row)
      const job: Running = { row, abort: new AbortController(), cases: 0 }
      running.set(row.id, job)
      try {
        await store.withTx((tx) => insertReport(tx, row))
      } catch (reason) {
        running.delete(row.id)
        throw reason
      }
      begin(row, job)
      return describe(row)
    },
    /** Those that are kept or under way, the latest first, with who asked for them; and the protocol that the study has now. */
    async list(studyId: string): Promise<{ protocol: string; reports: (ReportJob & { by: string | null })[] }> {
      await removeKeptReports(context)
      const { protocol } = await needStudy(context, studyId)
      const rows = await reportsOfStudy(store.read, studyId)
      const names = await staffNames(
        context,
        rows.map(({ startedBy }) => startedBy),
      )
      const reports = rows.map((row) => ({ ...describe(row), by: names(row.startedBy) })).filter(({ state }) => state !== 'interrupted')
      return { protocol: formatReference(protocol), reports }
    },
    /** How far one is, or what became of it. Refuses with `not-found` for one of another study. */
    find: async (studyId: string, id: string): Promise<ReportJob> => describe(await need(studyId, id)),
    async cancel(studyId: string, id: string): Promise<ReportJob> {
      const row = await need(studyId, id)
      running.get(id)?.abort.abort()
      return describe(row)
    },
    /** A report that is done, in words. Refuses with `not-found`. */
    async shown(studyId: string, id: string, language: ReportLanguage): Promise<ShownReport & Pick<ReportJob, 'casesRemovedAt'>> {
      const { row, made } = await needMade(studyId, id)
      const { protocol } = await needStudy(context, studyId)
      // One that was kept from before does not say its zone.
      return { ...shownReport({ timeZone: protocol.timeZone, ...made.result }, language), casesRemovedAt: row.casesRemovedAt }
    },
    /** The cases behind one number of it; none once they are forgotten. Refuses with `not-found`. */
    async cases(studyId: string, id: string, cell: { table: string; row: number; column: number }): Promise<{ code: string }[]> {
      const { behind } = (await needMade(studyId, id)).made
      if (!behind) return []
      const found = casesOf(behind, cell.table, cell.row, cell.column)
      if (!found) throw new Refusal('not-found')
      return found.map(({ code }) => ({ code }))
    },
    /** One file of it. It is registered like an export: copies of it leave the platform. Refuses with `not-found`. */
    async file(studyId: string, id: string, file: ReportFile, language: ReportLanguage, staffId: string): Promise<Uint8Array> {
      await removeKeptReports(context)
      const { state, removedAt } = await need(studyId, id)
      if (state !== 'done' || removedAt !== null) throw new Refusal('not-found')
      const { bytes, madeAt, caseIds } = await writeInThread({ directory: folderOf(context, id), language, file })
      const manifestSha256 = createHash('sha256').update(bytes).digest('hex')
      const formats = [file === 'zip' ? 'csv' : file]
      await recordExport(store, { study: studyId, madeAt, manifestSha256, layouts: ['report'], formats, caseIds }, staffId)
      return bytes
    },
  }
}

const optionsOf = ({ options }: ReportRow): ReportOptions => options as unknown as ReportOptions

const isSame = (one: ReportRow, other: ReportRow): boolean =>
  one.studyId === other.studyId &&
  one.protocol === other.protocol &&
  optionsOf(one).percentages === optionsOf(other).percentages &&
  optionsOf(one).maskBelow === optionsOf(other).maskBelow
