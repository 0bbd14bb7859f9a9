/**
 * Exports at the desk: each is made in a thread of its own. What became of it is in the database, how far one is that is under way in
 * this process; whoever comes back after the server was stopped in the middle of one is told that nothing of it is there.
 */
import { createHash } from 'node:crypto'
import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { ZipFile } from 'yazl'
import type { Context } from '../context.ts'
import { exportInThread } from '../export/export-in-thread.ts'
import type { ExportRequest } from '../export/export-study.ts'
import { choicesOf } from '../export/filter.ts'
import { newId } from '../new-id.ts'
import { plainReason } from '../plain-reason.ts'
import { regionsOfCases } from '../queries/export-choice.ts'
import {
  type ExportJobRow,
  type ExportJobState,
  endExportJob,
  erasedSince,
  exportJobsOfStudy,
  findExportJob,
  insertExportJob,
} from '../queries/export-jobs.ts'
import { Refusal } from '../refusal.ts'
import { folderOf, keptUntil, removeKeptExports } from './kept-exports.ts'
import { needStudy } from './open-study.ts'
import { listExports, recordExport } from './record-export.ts'
import { assertSharingKey } from './sharing-key.ts'
import { staffNames } from './staff-names.ts'

export type ExportChoices = Required<Pick<ExportRequest, 'layouts' | 'formats' | 'language' | 'tier' | 'ageBands' | 'filter' | 'purpose'>>

export interface ExportJob extends Pick<ExportJobRow, 'id' | 'startedAt' | 'endedAt' | 'failure'> {
  /** interrupted: the server was stopped, and nothing of it is there. */
  state: ExportJobState | 'interrupted'
  choices: ExportChoices
  /** Cases that are written in all files, of how many. */
  cases: number
  of: number
  /** Until when its files can be taken; null when there are none. */
  until: string | null
}

interface Running {
  abort: AbortController
  cases: number
  of: number
}

/** So many of the latest are listed. */
const listed = 20

export function exportJobs(context: Context) {
  const { study: store } = context.stores
  const { background } = context
  /** By id; one that has ended is in the database only. */
  const running = new Map<string, Running>()

  async function run(row: ExportJobRow, job: Running, choices: ExportChoices): Promise<void> {
    const directory = folderOf(context, row.id)
    const end = (to: Omit<Parameters<typeof endExportJob>[2], 'endedAt'>) =>
      store.withTx((tx) => endExportJob(tx, row.id, { ...to, endedAt: context.clock.now() }))
    let manifestSha256 = ''
    try {
      if (choices.tier === 'shared') await assertSharingKey(store, row.studyId)
      const { counts } = await exportInThread(context.place, {
        ...choices,
        study: row.studyId,
        directory,
        partial: partialOf(directory),
        takenBy: row.startedBy,
        now: row.startedAt,
        onProgress: (now) => void Object.assign(job, { cases: now.cases, of: now.of }),
        signal: background.endedBy(job.abort.signal),
        async register(entry) {
          manifestSha256 = entry.manifestSha256
          await recordExport(store, entry, row.startedBy)
        },
      })
      await end({ state: 'done', cases: counts.cases, manifestSha256 })
    } catch (reason) {
      // Told as interrupted by the next server.
      if (background.stopping.aborted) return
      const state = job.abort.signal.aborted ? 'cancelled' : 'failed'
      // On a full disk not even this can be written: then it is told as interrupted, which comes to the same.
      await end({ state, failure: state === 'failed' ? plainReason(reason).message : null }).catch(() => {})
    } finally {
      running.delete(row.id)
    }
  }

  function describe(
    { id, startedAt, endedAt, failure, state, choices, cases, removedAt }: ExportJobRow,
    now: Running | undefined,
  ): ExportJob {
    const until = state === 'done' && endedAt !== null && removedAt === null ? keptUntil(endedAt) : null
    return {
      ...{ id, startedAt, endedAt, failure, until },
      choices: choices as unknown as ExportChoices,
      state: state === 'making' && !now ? 'interrupted' : state,
      cases: now?.cases ?? cases,
      of: now?.of ?? cases,
    }
  }

  async function need(studyId: string, id: string): Promise<ExportJobRow> {
    const found = await findExportJob(store.read, id)
    if (found?.studyId !== studyId) throw new Refusal('not-found')
    return found
  }

  return {
    /** Begins one. Refuses with `export-running` while there is one of this study. */
    async start(studyId: string, staffId: string, choices: ExportChoices): Promise<ExportJob> {
      const row: ExportJobRow = {
        ...{ id: newId(), studyId, startedBy: staffId, startedAt: context.clock.now(), endedAt: null, state: 'making' },
        ...{ choices: { ...choices }, cases: 0, failure: null, manifestSha256: null, removedAt: null },
      }
      const underWay = await exportJobsOfStudy(store.read, studyId, listed)
      if (underWay.some(({ id }) => running.has(id))) throw new Refusal('export-running')
      // What was left by a server that was stopped.
      for (const { id, state } of underWay)
        if (state === 'making') await rm(partialOf(folderOf(context, id)), { recursive: true, force: true })
      const job: Running = { abort: new AbortController(), cases: 0, of: 0 }
      running.set(row.id, job)
      try {
        await store.withTx((tx) => insertExportJob(tx, row))
      } catch (reason) {
        running.delete(row.id)
        throw reason
      }
      background.carryOn(run(row, job, choices))
      return describe(row, job)
    },
    /** How far one is, or what became of it. Refuses with `not-found` for one of another study. */
    async find(studyId: string, id: string): Promise<ExportJob> {
      const now = running.get(id)
      return describe(await need(studyId, id), now)
    },
    /** Stops one: nothing of it is left, unless it was done already. */
    async cancel(studyId: string, id: string): Promise<ExportJob> {
      const found = await need(studyId, id)
      const now = running.get(id)
      now?.abort.abort()
      return describe(found, now)
    },
    /** All of its files in one zip, written as it is read. Refuses with `not-found` when they are not there any more. */
    async files(studyId: string, id: string): Promise<{ name: string; zip: Readable }> {
      await removeKeptExports(context)
      const { startedAt, state, removedAt } = await need(studyId, id)
      if (state !== 'done' || removedAt !== null) throw new Refusal('not-found')
      const folder = folderOf(context, id)
      const name = `${studyId}-${startedAt.slice(0, 10)}-${await digest(folder)}`
      const zip = new ZipFile()
      for (const file of (await readdir(folder)).sort()) zip.addFile(join(folder, file), `${name}/${file}`)
      zip.end()
      return { name: `${name}.zip`, zip: zip.outputStream as unknown as Readable }
    },
    /** What can be chosen, what was asked for here of late, and the register: each export with who made it and who in it is erased since. */
    async overview(studyId: string) {
      await removeKeptExports(context)
      const known = new Map(running)
      const { protocol } = await needStudy(context, studyId)
      const rows = await exportJobsOfStudy(store.read, studyId, listed)
      const registered = await listExports(context, studyId)
      const erased = await erasedSince(store.read, studyId)
      const names = await staffNames(context, [...rows.map(({ startedBy }) => startedBy), ...registered.map(({ staffId }) => staffId)])
      return {
        choices: { ...choicesOf(protocol), regions: await regionsOfCases(store.read, studyId) },
        jobs: rows.map((row) => ({ ...describe(row, known.get(row.id)), by: names(row.startedBy) })),
        exports: registered.map((one) => ({
          ...one,
          by: names(one.staffId),
          erasedSince: erased.get(one.id) ?? 0,
          job: rows.find(({ manifestSha256, removedAt }) => removedAt === null && manifestSha256 === one.manifestSha256)?.id ?? null,
        })),
      }
    },
  }
}

const partialOf = (directory: string): string => `${directory}.partial`

/** By which the folder in a zip can be told from another: the beginning of the sha256 of its manifest. */
async function digest(folder: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(join(folder, 'manifest.json')))
    .digest('hex')
    .slice(0, 12)
}
