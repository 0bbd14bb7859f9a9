/**
 * Reports at the desk: each is worked out in a thread of its own and kept in the data folder, so that what is looked up in it, and what is
 * taken from it, is of the one moment that it tells of. What became of it, and how far it is, is in the database.
 */
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { formatReference } from '../../instruments/definition.ts'
import type { Context } from '../context.ts'
import { newId } from '../new-id.ts'
import { plainReason } from '../plain-reason.ts'
import { endReport, findReport, insertReport, type KeptReportState, type ReportRow, reportsOfStudy } from '../queries/reports.ts'
import { Refusal } from '../refusal.ts'
import { casesOf } from '../report/kept/cases-behind.ts'
import { partialOf, readKept, type WorkedOut } from '../report/kept/kept-report.ts'
import { readInThread, writeInThread } from '../report/kept/report-in-thread.ts'
import type { ReportFile } from '../report/output/report-file.ts'
import { type ShownReport, shownReport } from '../report/output/shown.ts'
import type { ReportOptions } from '../report/result.ts'
import type { ReportLanguage } from '../report/words.ts'
import { InHand, type Known, type Piece } from './in-hand.ts'
import { folderOf, keptUntil, removeKeptReports } from './kept-reports.ts'
import { needStudy } from './open-study.ts'
import { recordExport } from './record-export.ts'
import { staffNames } from './staff-names.ts'

export interface ReportJob {
  id: string
  /**
   * interrupted: the server was stopped, and nothing of it is there. elsewhere: its files are at another server. removed: it was kept long
   * enough. no-report: the protocol has none;
   * `later` names a version that has one, where there is one.
   */
  state: KeptReportState | 'interrupted' | 'elsewhere' | 'removed' | 'no-report'
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

/** So many are worked out at a time; the others wait. So many are held in memory after they were looked at. */
const most = { working: 2, held: 2 }

export function reportJobs(context: Context) {
  const { study: store } = context.stores
  const { background } = context
  const inHand = new InHand(context)
  /** Those that were looked at last, the latest at the end. */
  const held = new Map<string, Promise<WorkedOut>>()

  async function work(row: ReportRow, { progress, stopped }: Piece): Promise<void> {
    const directory = folderOf(context, row.id)
    const end = (to: Omit<Parameters<typeof endReport>[2], 'endedAt'>) =>
      store.withTx((tx) => endReport(tx, row.id, { ...to, endedAt: context.clock.now() }))
    try {
      const request = { study: row.studyId, options: optionsOf(row), now: row.startedAt }
      const onProgress = (cases: number): void => void Object.assign(progress, { cases })
      const { cases } = await readInThread(
        { place: context.place, request, directory },
        { onProgress, signal: background.endedBy(stopped) },
      )
      await end({ state: 'done', cases })
      // The ticker does it too.
      await removeKeptReports(context).catch(() => {})
    } catch (reason) {
      await removeFiles(row.id).catch(() => {})
      // Told as interrupted by the next server.
      if (background.stopping.aborted) return
      const state = stopped.aborted ? 'cancelled' : 'failed'
      // On a full disk not even this can be written: then it is told as interrupted, which comes to the same.
      await end({ state, failure: state === 'failed' ? plainReason(reason).message : null }).catch(() => {})
    } finally {
      await inHand.letGo(row.id)
    }
    working--
    waiting.shift()?.()
  }

  async function removeFiles(id: string): Promise<void> {
    for (const path of [folderOf(context, id), partialOf(folderOf(context, id))]) await rm(path, { recursive: true, force: true })
  }

  const waiting: (() => void)[] = []
  let working = 0
  function begin(row: ReportRow, piece: Piece): void {
    const go = (): void => {
      working++
      background.carryOn(work(row, piece))
    }
    if (working < most.working) go()
    else waiting.push(go)
  }

  function stateOf({ id, state, removedAt }: ReportRow, isInHand: boolean): ReportJob['state'] {
    if (state === 'working') return isInHand ? 'working' : 'interrupted'
    if (state !== 'done') return state
    if (removedAt === null && existsSync(folderOf(context, id))) return 'done'
    return removedAt === null && context.place.database ? 'elsewhere' : 'removed'
  }

  /** `known`: what was under way before the row was read. */
  function describe(row: ReportRow, known: Known): ReportJob {
    const { id, startedAt, endedAt, protocol, failure, casesRemovedAt } = row
    const now = known.get(id)
    const state = stateOf(row, now !== undefined)
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
        return { ...describe(row, new Map()), state: 'no-report', later: later ? formatReference(later) : null }
      }
      let same: ReportRow | undefined
      const piece = await inHand.take(row.id, { cases: 0, of: 0 }, async (tx, known) => {
        same = (await reportsOfStudy(tx, studyId)).find((one) => one.state === 'working' && known.has(one.id) && isSame(one, row))
        if (!same) await insertReport(tx, row)
        return !same
      })
      if (piece) begin(row, piece)
      return describe(same ?? row, await inHand.known())
    },
    /** Those that are kept or under way, the latest first, with who asked for them; and the protocol that the study has now. */
    async list(studyId: string): Promise<{ protocol: string; reports: (ReportJob & { by: string | null })[] }> {
      await removeKeptReports(context)
      const { protocol } = await needStudy(context, studyId)
      const known = await inHand.known()
      const rows = await reportsOfStudy(store.read, studyId)
      const names = await staffNames(
        context,
        rows.map(({ startedBy }) => startedBy),
      )
      const reports = rows
        .map((row) => ({ ...describe(row, known), by: names(row.startedBy) }))
        .filter(({ state }) => state !== 'interrupted')
      return { protocol: formatReference(protocol), reports }
    },
    /** How far one is, or what became of it. Refuses with `not-found` for one of another study. */
    async find(studyId: string, id: string): Promise<ReportJob> {
      const known = await inHand.known()
      return describe(await need(studyId, id), known)
    },
    async cancel(studyId: string, id: string): Promise<ReportJob> {
      const known = await inHand.known()
      const row = await need(studyId, id)
      await inHand.stop(id)
      return describe(row, known)
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
