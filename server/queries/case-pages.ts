/** Cases in lists: a page of them at a time, by their summaries. */
import { and, asc, count, desc, eq, inArray, isNotNull, ne, or, type SQL, sql } from 'drizzle-orm'
import type { Reach } from '../access/roles.ts'
import { type CaseState, caseLists, caseSummaries, type FamilyState, type ListOutcome, listCounts } from '../db/study-schema/summaries.ts'
import type { Db } from '../db/tx.ts'
import { contains } from './contains.ts'
import { inReach } from './reach.ts'
import type { CaseSummary } from './summaries.ts'

export interface CaseFilter {
  studyId: string
  /** Part of the case code or the region. */
  search?: string | undefined
  arm?: string | undefined
  cohort?: string | undefined
  region?: string | undefined
  state?: CaseState | undefined
  /** Those that do not belong in the study are there only where this or `search` asks for them. */
  family?: FamilyState | undefined
  /** Only those without a date that they need. */
  undated?: boolean | undefined
  /** Only those in which a list came this far. */
  list?: ListFilter | undefined
  /** The regions within reach of whoever asks. */
  within: Reach
}

/** A figure of the response. */
export interface ListFilter {
  wave: string
  /** Any of these. */
  roles: string[]
  /** `anyList` for all lists of a role together. */
  instrument: string
  figure: Figure
  reason?: string | undefined
}

/** What a figure of the response counts. */
export const figures = [
  'asked',
  'sent',
  'opened',
  'started',
  'completed',
  'open',
  'ahead',
  'called off',
  'expired',
  'dropped',
  'missed',
  'by hand',
] as const
export type Figure = (typeof figures)[number]

export const caseSorts = ['code', 'registered', 'next', 'last'] as const
export type CaseSort = (typeof caseSorts)[number]

/** Up to `limit` cases that come after `after`, in the order of `sort`, or turned around. */
export interface CaseSlice {
  sort: CaseSort
  turned: boolean
  after: CaseMark | undefined
  limit: number
}

/** Where a page ends: the value by which it is sorted, and the code. */
export interface CaseMark {
  value: string
  code: string
}

const columns = {
  code: caseSummaries.code,
  registered: caseSummaries.registeredAt,
  next: caseSummaries.nextAt,
  last: caseSummaries.lastAt,
}
/** Which way each goes unless it is turned: what is new on top, what is next on top. */
const downward: Record<CaseSort, boolean> = { code: false, registered: true, next: false, last: true }

/** The value by which a case is sorted. */
export const markOf = ({ code, registeredAt, nextAt, lastAt }: CaseSummary, sort: CaseSort): CaseMark => ({
  code,
  value: { code, registered: registeredAt, next: nextAt, last: lastAt }[sort],
})

/** A page of the cases that a filter lets through. */
export async function pageOfCases(db: Db, filter: CaseFilter, { sort, turned, after, limit }: CaseSlice): Promise<CaseSummary[]> {
  const column = columns[sort]
  const isDown = downward[sort] !== turned
  const sign = isDown ? sql.raw('<') : sql.raw('>')
  const direction = isDown ? desc : asc
  const rest = after && sql`(${column}, ${caseSummaries.code}) ${sign} (${after.value}, ${after.code})`
  return await db
    .select()
    .from(caseSummaries)
    .where(and(wanted(db, filter), rest))
    .orderBy(direction(column), direction(caseSummaries.code))
    .limit(limit)
}

/** How many cases a filter lets through. */
export async function countCases(db: Db, filter: CaseFilter): Promise<number> {
  const { list, search, state, family, undated } = filter
  if (list?.roles.length === 1 && !search && !state && !family && !undated) return await countedAlready(db, filter, list)
  const counted = async (which: SQL | undefined): Promise<number> => {
    const [row] = await db.select({ total: count() }).from(caseSummaries).where(which)
    return row?.total ?? 0
  }
  if (family || search) return await counted(wanted(db, filter))
  // All of them from an index alone, and then without the few that do not belong in the study, in the words of their index.
  const all = chosen(db, filter)
  return (await counted(all)) - (await counted(and(all, sql`${caseSummaries.family} = 'mistake'`)))
}

/** Of one list of one role the sums have it: a case is in one of them. */
async function countedAlready(db: Db, { studyId, within, arm, cohort, region }: CaseFilter, list: ListFilter): Promise<number> {
  const [all] = await db
    .select({ total: sql<number>`coalesce(sum(${listCounts.cases}), 0)` })
    .from(listCounts)
    .where(
      and(
        eq(listCounts.studyId, studyId),
        inReach(listCounts, within),
        eq(listCounts.wave, list.wave),
        inArray(listCounts.role, list.roles),
        eq(listCounts.instrument, list.instrument),
        conditionOf(listCounts, list.figure),
        list.reason ? eq(listCounts.reason, list.reason) : undefined,
        arm ? eq(listCounts.arm, arm) : undefined,
        cohort ? eq(listCounts.cohort, cohort) : undefined,
        region ? eq(listCounts.region, region) : undefined,
      ),
    )
  return all?.total ?? 0
}

/** The regions of a study's cases that are within reach, in order. */
export async function regionsOfCases(db: Db, studyId: string, within: Reach): Promise<string[]> {
  const rows = await db
    .selectDistinct({ region: caseSummaries.region })
    .from(caseSummaries)
    .where(and(eq(caseSummaries.studyId, studyId), isNotNull(caseSummaries.region), inReach(caseSummaries, within)))
    .orderBy(asc(caseSummaries.region))
  return rows.flatMap(({ region }) => region ?? [])
}

/** What the list shows: whoever looks for a code finds it, also of a family that does not belong in the study. */
function wanted(db: Db, filter: CaseFilter): SQL | undefined {
  const { family, search } = filter
  return and(chosen(db, filter), family || search ? undefined : ne(caseSummaries.family, 'mistake'))
}

function chosen(db: Db, { studyId, within, search, arm, cohort, region, state, family, undated, list }: CaseFilter): SQL | undefined {
  return and(
    eq(caseSummaries.studyId, studyId),
    inReach(caseSummaries, within),
    search ? or(contains(caseSummaries.code, search), contains(caseSummaries.region, search)) : undefined,
    arm ? eq(caseSummaries.arm, arm) : undefined,
    cohort ? eq(caseSummaries.cohort, cohort) : undefined,
    region ? eq(caseSummaries.region, region) : undefined,
    state ? eq(caseSummaries.state, state) : undefined,
    family ? eq(caseSummaries.family, family) : undefined,
    // Also of a family that stopped: its referrer and the file may still be asked.
    undated ? isNotNull(caseSummaries.missingAnchor) : undefined,
    list ? inArray(caseSummaries.caseId, casesWith(db, studyId, list)) : undefined,
  )
}

const casesWith = (db: Db, studyId: string, { wave, roles, instrument, figure, reason }: ListFilter) =>
  db
    .select({ caseId: caseLists.caseId })
    .from(caseLists)
    .where(
      and(
        eq(caseLists.studyId, studyId),
        eq(caseLists.wave, wave),
        inArray(caseLists.role, roles),
        eq(caseLists.instrument, instrument),
        conditionOf(caseLists, figure),
        reason ? eq(caseLists.reason, reason) : undefined,
      ),
    )

function conditionOf(lists: typeof caseLists | typeof listCounts, figure: Figure): SQL | undefined {
  switch (figure) {
    case 'asked':
    case 'sent':
    case 'opened':
    case 'started':
      return eq(lists[figure], true)
    case 'by hand':
      return eq(lists.byHand, true)
    case 'missed':
      return and(eq(lists.asked, true), inArray(lists.outcome, ['called off', 'expired', 'dropped'] satisfies ListOutcome[]))
    default:
      return eq(lists.outcome, figure)
  }
}
