/** How many families were asked, and how far they came: per list, role and wave, and week by week. */
import { parseReference } from '../../instruments/definition.ts'
import type { Protocol, ScheduleRow } from '../../protocols/schema.ts'
import type { Context } from '../context.ts'
import { anyList } from '../db/study-schema/summaries.ts'
import { countCases } from '../queries/case-pages.ts'
import { countsOfLists, countsOfWeeks, type Group } from '../queries/response-counts.ts'
import { countStale } from '../queries/stale-cases.ts'
import type { ListCount } from '../queries/summaries.ts'
import { countedInAtOnce } from './list-cases.ts'
import { needStudy } from './open-study.ts'
import { refreshSummaries } from './refresh-summaries.ts'

/** In families. `open`, `completed`, `calledOff`, `expired`, `dropped` and `ahead` are what became of it; the others how far they came. */
export interface ResponseCell {
  wave: string
  /** Whose window has opened. */
  asked: number
  sent: number
  opened: number
  started: number
  /** Asked by hand: nobody who is asked has a mail address, and no mail went out. */
  byHand: number
  completed: number
  open: number
  ahead: number
  calledOff: number
  expired: number
  dropped: number
  /** Why it was called off. */
  reasons: { reason: string; cases: number }[]
}

/**
 * Response per role and per list, in each wave, counted in cases: two parents who both answer are one family. Several lines of the
 * schedule may ask the same list; a wave in which it is not asked is null.
 */
export async function responseTable(context: Context, group: Group) {
  const { protocol } = await needStudy(context, group.studyId)
  await refreshSummaries(context, { most: countedInAtOnce })
  const db = context.stores.study.read
  const counts = Map.groupBy(await countsOfLists(db, group), ({ wave, role, instrument }) => placeOf(wave, role, instrument))
  const cellsOf = ({ role, instrument, waves }: Row) =>
    protocol.waves.map(({ id }) => (waves.has(id) ? cellOf(id, counts.get(placeOf(id, role, instrument)) ?? []) : null))
  return {
    /** All families of the group. */
    cases: await countCases(db, group),
    /** Families that are not counted in yet. */
    behind: await countStale(db, group.studyId),
    /** Of each role all lists together: the best that became of any. */
    roles: rolesOf(protocol).map((row) => ({ role: row.role, waves: cellsOf(row) })),
    rows: listsOf(protocol).map((row) => ({ instrument: row.instrument, role: row.role, waves: cellsOf(row) })),
    weeks: await countsOfWeeks(db, group),
  }
}

export type ResponseTable = Awaited<ReturnType<typeof responseTable>>

const placeOf = (wave: string, role: string, instrument: string): string => JSON.stringify([wave, role, instrument])

interface Row {
  role: string
  instrument: string
  waves: Set<string>
}

const wavesOf = (lines: readonly ScheduleRow[]): Set<string> => new Set(lines.flatMap(({ waves }) => waves))

function rolesOf({ schedule, roles }: Protocol): Row[] {
  return Object.keys(roles).flatMap((role) => {
    const own = schedule.filter((line) => line.role === role)
    return own.length === 0 ? [] : [{ role, instrument: anyList, waves: wavesOf(own) }]
  })
}

/** In the order of the schedule. */
function listsOf({ schedule }: Protocol): Row[] {
  const byList = Map.groupBy(schedule, ({ instrument, role }) => JSON.stringify([role, parseReference(instrument).id]))
  return [...byList.values()].flatMap((lines) => {
    const [first] = lines
    return first ? [{ role: first.role, instrument: parseReference(first.instrument).id, waves: wavesOf(lines) }] : []
  })
}

export function cellOf(wave: string, counts: readonly ListCount[]): ResponseCell {
  const sum = (holds: (row: ListCount) => boolean): number => counts.reduce((total, row) => (holds(row) ? total + row.cases : total), 0)
  const reasons = Map.groupBy(
    counts.flatMap((row) => (row.reason === null ? [] : [{ ...row, reason: row.reason }])),
    ({ reason }) => reason,
  )
  return {
    wave,
    asked: sum(({ asked }) => asked),
    sent: sum(({ sent }) => sent),
    opened: sum(({ opened }) => opened),
    started: sum(({ started }) => started),
    byHand: sum(({ byHand }) => byHand),
    completed: sum(({ outcome }) => outcome === 'completed'),
    open: sum(({ outcome }) => outcome === 'open'),
    ahead: sum(({ outcome }) => outcome === 'ahead'),
    calledOff: sum(({ outcome }) => outcome === 'called off'),
    expired: sum(({ outcome }) => outcome === 'expired'),
    dropped: sum(({ outcome }) => outcome === 'dropped'),
    reasons: [...reasons].map(([reason, rows]) => ({ reason, cases: rows.reduce((total, { cases }) => total + cases, 0) })),
  }
}
