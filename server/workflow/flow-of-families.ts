/** The flow of families as the desk draws it, by the same rules as `familyFlow`, which the command counts from all records. */
import type { Context } from '../context.ts'
import { anyList } from '../db/study-schema/summaries.ts'
import { countsOfFamilies, countsOfLists, type Group } from '../queries/response-counts.ts'
import { countStale } from '../queries/stale-cases.ts'
import { countedInAtOnce } from './list-cases.ts'
import { needStudy } from './open-study.ts'
import { refreshSummaries } from './refresh-summaries.ts'
import { cellOf } from './response-table.ts'

type Row = Awaited<ReturnType<typeof countsOfFamilies>>[number]

/** Families; refused, withdrew, nobody, going and complete add up to registered, and with those by mistake to all that came in. */
export interface FamilyCounts {
  /** Registered, and found not to belong in the study: registered twice, perhaps. Counted nowhere else. */
  mistakes: number
  registered: number
  refused: number
  withdrew: number
  /** In which nobody has the role that speaks for the family. */
  nobody: number
  /** Who take part, and of whom something is open or still to come. */
  going: number
  /** Who take part, and of whom nothing is to come any more. */
  complete: number
}

/** How many families came in and what became of them, in all and per arm, and of how many the speaking role answered in each wave. */
export async function flowOfFamilies(context: Context, group: Group) {
  const { protocol } = await needStudy(context, group.studyId)
  await refreshSummaries(context, { most: countedInAtOnce })
  const db = context.stores.study.read
  const rows = await countsOfFamilies(db, group)
  const [role = ''] = Object.keys(protocol.roles)
  const lists = (await countsOfLists(db, group)).filter((row) => row.role === role && row.instrument === anyList)
  return {
    role,
    behind: await countStale(db, group.studyId),
    all: familyCounts(rows),
    groups: [...Map.groupBy(rows, ({ arm, cohort }) => JSON.stringify([cohort, arm])).values()].map((own) => ({
      cohort: own[0]?.cohort ?? '',
      arm: own[0]?.arm ?? '',
      ...familyCounts(own),
    })),
    reasons: reasonsOf(rows),
    waves: protocol.waves.map(({ id }) =>
      cellOf(
        id,
        lists.filter(({ wave }) => wave === id),
      ),
    ),
  }
}

export function familyCounts(rows: readonly Row[]): FamilyCounts {
  const sum = (holds: (row: Row) => boolean): number => rows.reduce((total, row) => (holds(row) ? total + row.cases : total), 0)
  return {
    mistakes: sum(({ family }) => family === 'mistake'),
    registered: sum(({ family }) => family !== 'mistake'),
    refused: sum(({ family }) => family === 'refused'),
    withdrew: sum(({ family }) => family === 'withdrew'),
    nobody: sum(({ family }) => family === 'nobody'),
    going: sum(({ family, state }) => family === 'active' && state !== 'ended'),
    complete: sum(({ family, state }) => family === 'active' && state === 'ended'),
  }
}

function reasonsOf(rows: readonly Row[]) {
  const stopped = rows.filter(({ family }) => family === 'refused' || family === 'withdrew')
  return [...Map.groupBy(stopped, ({ family, reason }) => JSON.stringify([family, reason])).values()]
    .map((own) => ({
      family: own[0]?.family ?? null,
      reason: own[0]?.reason ?? null,
      cases: own.reduce((total, { cases }) => total + cases, 0),
    }))
    .toSorted((a, b) => b.cases - a.cases)
}
