/** Periods between two dates: how long they last, and what several of them cover together. */

export interface Period {
  from: Temporal.PlainDate
  /** Not before `from`. The length runs from date to date: 1 to 31 January is 30 days. */
  until: Temporal.PlainDate
}

/** Days, or complete calendar months: 31 January to 30 April is 2. */
export const lengthIn = (unit: 'days' | 'months', { from, until }: Period): number =>
  unit === 'days' ? from.until(until).days : from.until(until, { largestUnit: 'months' }).months

/** What the periods cover: those that overlap or touch become one, so that no day counts twice. In the order of time. */
export function covered(periods: readonly Period[]): Period[] {
  const joined: Period[] = []
  for (const period of periods.toSorted((a, b) => Temporal.PlainDate.compare(a.from, b.from))) {
    const last = joined.at(-1)
    if (!last || Temporal.PlainDate.compare(period.from, last.until) > 0) joined.push({ ...period })
    else if (Temporal.PlainDate.compare(period.until, last.until) > 0) last.until = period.until
  }
  return joined
}
