/** The files of reports that were worked out at the desk: in the data folder for a while, so that numbers can be looked up again. */
import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Context } from '../context.ts'
import { findReport, markReportRemoved, type ReportRow, reportsWithFiles } from '../queries/reports.ts'
import { personsFile } from '../report/kept/kept-report.ts'
import { type Fate, removeLeftFiles } from './left-files.ts'

/** So many days they are kept, and of each study so many of the latest. */
export const daysKept = 90
export const mostKept = 20
const aDay = 86_400_000

const reportsFolder = ({ place }: Pick<Context, 'place'>): string => join(place.data, 'reports')

/** Where the files of one are. */
export const folderOf = (context: Pick<Context, 'place'>, id: string): string => join(reportsFolder(context), id)

/** Until when its files are there, unless later ones take their place. */
export const keptUntil = (endedAt: string): string => new Date(Date.parse(endedAt) + daysKept * aDay).toISOString()

/**
 * Removes reports that were there long enough, and those of which there are newer ones enough. Of a study in which answers were erased it
 * removes what its reports say of single cases: their totals stay.
 */
export async function removeKeptReports(context: Pick<Context, 'stores' | 'clock' | 'place' | 'presence'>): Promise<void> {
  const { stores, clock, place } = context
  const now = clock.now()
  const seen = new Map<string, number>()
  for (const { id, studyId, endedAt, casesRemovedAt } of await reportsWithFiles(stores.study.read)) {
    const later = seen.get(studyId) ?? 0
    seen.set(studyId, later + 1)
    if (endedAt === null || keptUntil(endedAt) <= now || later >= mostKept) {
      const folder = folderOf(context, id)
      // They may be at another server: whoever has them says that they are removed. Nobody does when that server is no more.
      const isHere = existsSync(folder) || !place.database
      if (!isHere && (endedAt === null || Date.parse(keptUntil(endedAt)) + aDay > Date.parse(now))) continue
      await rm(folder, { recursive: true, force: true })
      await stores.study.withTx((tx) => markReportRemoved(tx, id, now))
    } else if (casesRemovedAt !== null) await rm(join(folderOf(context, id), personsFile), { force: true })
  }
  await removeLeftFiles(context, reportsFolder(context), async (id) => fateOf(await findReport(stores.study.read, id)))
}

function fateOf(row: ReportRow | undefined): Fate {
  if (row?.state === 'working') return 'making'
  return row && (row.state === 'done' && row.removedAt === null ? 'kept' : 'over')
}
