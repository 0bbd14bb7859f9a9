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

const inGroup = (table: typeof listCounts | typeof weekCounts | typeof caseSummaries, { studyId, arm, region, within }: Group) =>
  and(
    eq(table.studyId, studyId),
    inReach(table, within),
    arm ? eq(table.arm, arm) : undefined,
    region ? eq(table.region, region) : undefined,
  )

/** The sums of lists in a group. */
export async function countsOfLists(db: Db, group: Group): Promise<ListCount[]> {
  return await db.select().from(listCounts).where(inGroup(listCounts, group))
}

/** In how many cases a role was asked in a wave, and answered, in each week. */
export async function countsOfWeeks(db: Db, group: Group): Promise<Pick<WeekCount, 'wave' | 'role' | 'week' | 'what' | 'cases'>[]> {
  return await db
    .select({
      wave: weekCounts.wave,
      role: weekCounts.role,
      week: weekCounts.week,
      what: weekCounts.what,
      cases: sql<number>`sum(${weekCounts.cases})`,
    })
    .from(weekCounts)
    .where(inGroup(weekCounts, group))
    .groupBy(weekCounts.wave, weekCounts.role, weekCounts.week, weekCounts.what)
    .orderBy(weekCounts.week)
}

/** Families by what they said, whether anything is still to come from them, and why they stopped. */
export async function countsOfFamilies(db: Db, group: Group) {
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
    .where(inGroup(caseSummaries, group))
    .groupBy(caseSummaries.arm, caseSummaries.cohort, caseSummaries.family, caseSummaries.state, caseSummaries.familyReason)
}
