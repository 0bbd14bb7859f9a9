/**
 * Exports at the desk: each is made in a thread of its own. What became of it, and how far it is, is in the database; whoever comes back
 * after the server was stopped in the middle of one is told that nothing of it is there.
 */
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
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
import type { Progress } from '../queries/under-way.ts'
import { Refusal } from '../refusal.ts'
import { InHand, type Piece } from './in-hand.ts'
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
  /** Until when its files can be taken; null when there are none here. */
  until: string | null
  /** Whether its files are at another server. */
  isElsewhere: boolean
}

/** So many of the latest are listed. */
const listed = 20

export function exportJobs(context: Context) {
  const { study: store } = context.stores
  const { background } = context
  const work = new InHand(context)

  async function run(row: ExportJobRow, { progress, stopped }: Piece, choices: ExportChoices): Promise<void> {
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
        onProgress: (now) => void Object.assign(progress, { cases: now.cases, of: now.of }),
        signal: background.endedBy(stopped),
        async register(entry) {
          manifestSha256 = entry.manifestSha256
          await recordExport(store, entry, row.startedBy)
        },
      })
      await end({ state: 'done', cases: counts.cases, manifestSha256 })
    } catch (reason) {
      // Told as interrupted by the next server.
      if (background.stopping.aborted) return
      const state = stopped.aborted ? 'cancelled' : 'failed'
      // On a full disk not even this can be written: then it is told as interrupted, which comes to the same.
      await end({ state, failure: state === 'failed' ? plainReason(reason).message : null }).catch(() => {})
    } finally {
      await work.letGo(row.id)
    }
  }

  function describe(
    { id, startedAt, endedAt, failure, state, choices, cases, removedAt }: ExportJobRow,
    now: Progress | undefined,
  ): ExportJob {
    const isKept = state === 'done' && removedAt === null
    const isHere = isKept && existsSync(folderOf(context, id))
    return {
      ...{ id, startedAt, endedAt, failure },
      until: isHere && endedAt !== null ? keptUntil(endedAt) : null,
      isElsewhere: isKept && !isHere && context.place.database !== undefined,
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
      // What was left by a server that was stopped takes room.
      await removeKeptExports(context)
      const piece = await work.take(row.id, { cases: 0, of: 0 }, async (tx, known) => {
        const latest = await exportJobsOfStudy(tx, studyId, listed)
        if (latest.some(({ id, state }) => state === 'making' && known.has(id))) throw new Refusal('export-running')
        await insertExportJob(tx, row)
        return true
      })
      if (piece) background.carryOn(run(row, piece, choices))
      return describe(row, piece?.progress)
    },
    /** How far one is, or what became of it. Refuses with `not-found` for one of another study. */
    async find(studyId: string, id: string): Promise<ExportJob> {
      const known = await work.known()
      return describe(await need(studyId, id), known.get(id))
    },
    /** Stops one: nothing of it is left, unless it was done already. */
    async cancel(studyId: string, id: string): Promise<ExportJob> {
      const known = await work.known()
      const found = await need(studyId, id)
      await work.stop(id)
      return describe(found, known.get(id))
    },
    /**
     * All of its files in one zip, written as it is read. Refuses with `not-found` when they are not there any more, and with
     * `kept-elsewhere` when they are at another server.
     */
    async files(studyId: string, id: string): Promise<{ name: string; zip: Readable }> {
      await removeKeptExports(context)
      const { startedAt, state, removedAt } = await need(studyId, id)
      if (state !== 'done' || removedAt !== null) throw new Refusal('not-found')
      const folder = folderOf(context, id)
      if (!existsSync(folder)) throw new Refusal(context.place.database ? 'kept-elsewhere' : 'not-found')
      const name = `${studyId}-${startedAt.slice(0, 10)}-${await digest(folder)}`
      const zip = new ZipFile()
      for (const file of (await readdir(folder)).sort()) zip.addFile(join(folder, file), `${name}/${file}`)
      zip.end()
      return { name: `${name}.zip`, zip: zip.outputStream as unknown as Readable }
    },
    /** What can be chosen, what was asked for here of late, and the register: each export with who made it and who in it is erased since. */
    async overview(studyId: string) {
      await removeKeptExports(context)
      const known = await work.known()
      const { protocol } = await needStudy(context, studyId)
      const rows = await exportJobsOfStudy(store.read, studyId, listed)
      const registered = await listExports(context, studyId)
      const erased = await erasedSince(store.read, studyId)
      const names = await staffNames(context, [...rows.map(({ startedBy }) => startedBy), ...registered.map(({ staffId }) => staffId)])
      const jobs = rows.map((row) => ({ ...describe(row, known.get(row.id)), by: names(row.startedBy) }))
      const withFiles = new Set(jobs.filter(({ until }) => until !== null).map(({ id }) => id))
      return {
        choices: { ...choicesOf(protocol), regions: await regionsOfCases(store.read, studyId) },
        jobs,
        exports: registered.map((one) => ({
          ...one,
          by: names(one.staffId),
          erasedSince: erased.get(one.id) ?? 0,
          job: rows.find(({ id, manifestSha256 }) => withFiles.has(id) && manifestSha256 === one.manifestSha256)?.id ?? null,
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
