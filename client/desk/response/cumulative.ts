/** Counts by week, added up. Pure. */

export interface WeekCount {
  week: string
  what: 'asked' | 'completed'
  cases: number
}

export interface Point {
  /** The Monday of the week, `YYYY-MM-DD`. */
  week: string
  asked: number
  completed: number
}

/** How many had been asked, and had answered, by the end of each week in which either changed. */
export function cumulative(counts: readonly WeekCount[]): Point[] {
  const weeks = [...new Set(counts.map(({ week }) => week))].toSorted()
  const total = { asked: 0, completed: 0 }
  return weeks.map((week) => {
    for (const { what, cases } of counts.filter((count) => count.week === week)) total[what] += cases
    return { week, ...total }
  })
}
