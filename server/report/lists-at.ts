/** The lists at a place, case by case. Each number of a report asks for some, and of a large study most lists are elsewhere. */
import type { Place } from '../../protocols/report-places.ts'
import type { ReportContext } from './context.ts'
import type { ReportCase, ReportList } from './report-case.ts'

/** Lists and whose they are, side by side: cases in their order, of each its lists in theirs. */
interface Placed {
  cases: ReportCase[]
  lists: ReportList[]
}

/**
 * Calls `take` for each case in the groups of the place that has lists there, with these. `instruments` and, where it has one, wave and role
 * of the place say which lists. The array of lists is filled anew for the next case.
 */
export function eachAt({ cases }: Pick<ReportContext, 'cases'>, place: Place, take: (of: ReportCase, lists: ReportList[]) => void): void {
  const { instruments = [], wave, role } = place
  const [only] = instruments
  const placed =
    instruments.length === 1 && only !== undefined && wave !== undefined
      ? indexOf(cases).get(keyOf(only, wave))
      : placedIn(cases, (list) => instruments.includes(list.instrument) && (wave === undefined || list.wave === wave))
  if (!placed) return
  const here: ReportList[] = []
  let start = 0
  while (start < placed.cases.length) {
    const of = placed.cases[start] as ReportCase
    let end = start
    here.length = 0
    for (; placed.cases[end] === of; end++) {
      const list = placed.lists[end] as ReportList
      if (role === undefined || list.role === role) here.push(list)
    }
    if (here.length > 0 && isIn(of, place)) take(of, here)
    start = end
  }
}

export function isIn({ groups }: ReportCase, place: Pick<Place, 'groups'>): boolean {
  for (const group of place.groups) if (!groups.has(group)) return false
  return true
}

const keyOf = (instrument: string, wave: string): string => `${instrument} ${wave}`

function placedIn(cases: readonly ReportCase[], isWanted: (list: ReportList) => boolean): Placed {
  const placed: Placed = { cases: [], lists: [] }
  for (const of of cases) for (const list of of.lists) if (isWanted(list)) add(placed, of, list)
  return placed
}

function add({ cases, lists }: Placed, of: ReportCase, list: ReportList): void {
  cases.push(of)
  lists.push(list)
}

/** By instrument and wave, made once. */
const indexes = new WeakMap<readonly ReportCase[], Map<string, Placed>>()

function indexOf(cases: readonly ReportCase[]): Map<string, Placed> {
  const known = indexes.get(cases)
  if (known) return known
  const index = new Map<string, Placed>()
  for (const of of cases)
    for (const list of of.lists) {
      const key = keyOf(list.instrument, list.wave)
      const placed = index.get(key) ?? { cases: [], lists: [] }
      index.set(key, placed)
      add(placed, of, list)
    }
  indexes.set(cases, index)
  return index
}
