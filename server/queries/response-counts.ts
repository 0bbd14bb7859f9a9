/** What response and flow are read from: sums over cases. Reads only. */
import { and, count, eq, sql } from 'drizzle-orm'
import type { Reach } from '../access/roles.ts'
import { caseSummaries, listCounts, weekCounts } from '../db/study-schema/summaries.ts'
import type { Db } from '../db/tx.ts'
import { inReach } from './reach.ts'
import type { ListCount, WeekCount } from './summaries.ts'

/** One arm, one region, or all. */
export interface Group {
  studyId: string
  arm?: string | undefined
  region?: string | undefined
  within: Reach
}

/** The sums of lists in a group. */
export async function countsOfLists(db: Db, { studyId, arm, region, within }: Group): Promise<ListCount[]> {
  return await db
    .select()
    .from(listCounts)
    .where(
      and(
        eq(listCounts.studyId, studyId),
        inReach(listCounts, within),
        arm ? eq(listCounts.arm, arm) : undefined,
        region ? eq(listCounts.region, region) : undefined,
      ),
    )
}

/** In how many cases a role was asked in a wave, and answered, in each week. */
export async function countsOfWeeks(
  db: Db,
  { studyId, arm, region, within }: Group,
): Promise<Pick<WeekCount, 'wave' | 'role' | 'week' | 'what' | 'cases'>[]> {
  return await db
    .select({
      wave: weekCounts.wave,
      role: weekCounts.role,
      week: weekCounts.week,
      what: weekCounts.what,
      cases: sql<number>`sum(${weekCounts.cases})`,
    })
    .from(weekCounts)
    .where(
      and(
        eq(weekCounts.studyId, studyId),
        inReach(weekCounts, within),
        arm ? eq(weekCounts.arm, arm) : undefined,
        region ? eq(weekCounts.region, region) : undefined,
      ),
    )
    .groupBy(weekCounts.wave, weekCounts.role, weekCounts.week, weekCounts.what)
    .orderBy(weekCounts.week)
}

/** Families by what they said, whether anything is still to come from them, and why they stopped. */
export async function countsOfFamilies(db: Db, { studyId, arm, region, within }: Group) {
  return await db
    .select({
      arm: caseSummaries.arm,
      cohort: caseSummaries.cohort,
      family: caseSummaries.family,
      state: caseSummaries.state,
      reason: caseSummaries.familyReason,
      cases: count(),
    })
    .from(caseSummaries)
    .where(
      and(
        eq(caseSummaries.studyId, studyId),
        inReach(caseSummaries, within),
        arm ? eq(caseSummaries.arm, arm) : undefined,
        region ? eq(caseSummaries.region, region) : undefined,
      ),
    )
    .groupBy(caseSummaries.arm, caseSummaries.cohort, caseSummaries.family, caseSummaries.state, caseSummaries.familyReason)
}
