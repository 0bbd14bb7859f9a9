/** The files of exports that were made at the desk: in the data folder for a while, to be taken from there. */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Context } from '../context.ts'
import { erasedSince, exportJobsWithFiles, markExportRemoved } from '../queries/export-jobs.ts'
import { exportsByManifest } from '../queries/exports.ts'

/** So many days they can be taken; each export can be made again. */
export const daysKept = 7

/** Where the files of one are. */
export const folderOf = ({ place }: Pick<Context, 'place'>, id: string): string => join(place.data, 'exports', id)

/** Until when its files are there. */
export const keptUntil = (endedAt: string): string => new Date(Date.parse(endedAt) + daysKept * 86_400_000).toISOString()

/** Removes files that were there long enough, and at once those with answers that were erased since. The register keeps what they were. */
export async function removeKeptExports(context: Pick<Context, 'stores' | 'clock' | 'place'>): Promise<void> {
  const { stores, clock } = context
  const now = clock.now()
  for (const { id, studyId, endedAt, manifestSha256 } of await exportJobsWithFiles(stores.study.read)) {
    const isOver = endedAt === null || keptUntil(endedAt) <= now
    if (!isOver && !(await holdsErased(context, studyId, manifestSha256))) continue
    await rm(folderOf(context, id), { recursive: true, force: true })
    await stores.study.withTx((tx) => markExportRemoved(tx, id, now))
  }
}

async function holdsErased({ stores }: Pick<Context, 'stores'>, studyId: string, manifestSha256: string | null): Promise<boolean> {
  if (manifestSha256 === null) return false
  const erased = await erasedSince(stores.study.read, studyId)
  if (erased.size === 0) return false
  const registered = await exportsByManifest(stores.study.read, studyId, manifestSha256)
  return registered.some((id) => erased.has(id))
}
