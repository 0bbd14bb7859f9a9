/** The files of reports that were worked out at the desk: in the data folder for a while, so that numbers can be looked up again. */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Context } from '../context.ts'
import { markReportRemoved, reportsWithFiles } from '../queries/reports.ts'
import { personsFile } from '../report/kept-report.ts'

/** So many days they are kept, and of each study so many of the latest. */
export const daysKept = 90
export const mostKept = 20

/** Where the files of one are. */
export const folderOf = ({ place }: Pick<Context, 'place'>, id: string): string => join(place.data, 'reports', id)

/** Until when its files are there, unless later ones take their place. */
export const keptUntil = (endedAt: string): string => new Date(Date.parse(endedAt) + daysKept * 86_400_000).toISOString()

/**
 * Removes reports that were there long enough, and those of which there are newer ones enough. Of a study in which answers were erased it
 * removes what its reports say of single cases: their totals stay.
 */
export async function removeKeptReports(context: Pick<Context, 'stores' | 'clock' | 'place'>): Promise<void> {
  const { stores, clock } = context
  const now = clock.now()
  const seen = new Map<string, number>()
  for (const { id, studyId, endedAt, casesRemovedAt } of await reportsWithFiles(stores.study.read)) {
    const later = seen.get(studyId) ?? 0
    seen.set(studyId, later + 1)
    if (endedAt === null || keptUntil(endedAt) <= now || later >= mostKept) {
      await rm(folderOf(context, id), { recursive: true, force: true })
      await stores.study.withTx((tx) => markReportRemoved(tx, id, now))
    } else if (casesRemovedAt !== null) await rm(join(folderOf(context, id), personsFile), { force: true })
  }
}
