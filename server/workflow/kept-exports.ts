/** The files of exports that were made at the desk: in the data folder for a while, to be taken from there. */
import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Context } from '../context.ts'
import { type ExportJobRow, erasedSince, exportJobsWithFiles, findExportJob, markExportRemoved } from '../queries/export-jobs.ts'
import { exportsByManifest } from '../queries/exports.ts'
import { type Fate, removeLeftFiles } from './left-files.ts'

/** So many days they can be taken; each export can be made again. */
export const daysKept = 7
const aDay = 86_400_000

type Surroundings = Pick<Context, 'stores' | 'clock' | 'place' | 'presence'>

const exportsFolder = ({ place }: Pick<Context, 'place'>): string => join(place.data, 'exports')

/** Where the files of one are. */
export const folderOf = (context: Pick<Context, 'place'>, id: string): string => join(exportsFolder(context), id)

/** Until when its files are there. */
export const keptUntil = (endedAt: string): string => new Date(Date.parse(endedAt) + daysKept * aDay).toISOString()

/** Removes files that were there long enough, and at once those with answers that were erased since. The register keeps what they were. */
export async function removeKeptExports(context: Surroundings): Promise<void> {
  const { stores, clock, place } = context
  const now = clock.now()
  for (const { id, studyId, endedAt, manifestSha256 } of await exportJobsWithFiles(stores.study.read)) {
    const isOver = endedAt === null || keptUntil(endedAt) <= now
    if (!isOver && !(await holdsErased(context, studyId, manifestSha256))) continue
    const folder = folderOf(context, id)
    // They may be at another server: whoever has them says that they are removed. Nobody does when that server is no more.
    const isHere = existsSync(folder) || !place.database
    if (!isHere && (endedAt === null || Date.parse(keptUntil(endedAt)) + aDay > Date.parse(now))) continue
    await rm(folder, { recursive: true, force: true })
    await stores.study.withTx((tx) => markExportRemoved(tx, id, now))
  }
  await removeLeftFiles(context, exportsFolder(context), async (id) => fateOf(await findExportJob(stores.study.read, id)))
}

function fateOf(row: ExportJobRow | undefined): Fate {
  if (row?.state === 'making') return 'making'
  return row && (row.state === 'done' && row.removedAt === null ? 'kept' : 'over')
}

async function holdsErased({ stores }: Pick<Context, 'stores'>, studyId: string, manifestSha256: string | null): Promise<boolean> {
  if (manifestSha256 === null) return false
  const erased = await erasedSince(stores.study.read, studyId)
  if (erased.size === 0) return false
  const registered = await exportsByManifest(stores.study.read, studyId, manifestSha256)
  return registered.some((id) => erased.has(id))
}
