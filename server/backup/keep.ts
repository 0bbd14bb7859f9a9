/** Which backups are kept: the newest of so many days, weeks and months that have one. Pure. */
import { localDay } from '../../protocols/local-time.ts'

export interface Keep {
  days: number
  weeks: number
  months: number
}

/** Reads `7d 4w 3m`; undefined for what is not written so, or would keep nothing. */
export function parseKeep(text: string): Keep | undefined {
  const keep: Keep = { days: 0, weeks: 0, months: 0 }
  const places = { d: 'days', w: 'weeks', m: 'months' } as const
  const seen = new Set<string>()
  for (const part of text.trim().split(/\s+/)) {
    const [, count, letter] = /^(\d{1,3})([dwm])$/.exec(part) ?? []
    if (letter === undefined || seen.has(letter)) return undefined
    seen.add(letter)
    keep[places[letter as 'd' | 'w' | 'm']] = Number(count)
  }
  return keep.days + keep.weeks + keep.months > 0 ? keep : undefined
}

/**
 * Of backups by their moments, oldest first: those that need not be kept. A backup is kept as the newest of its day, week (from
 * Monday) or month, in `timeZone`, for the last so many of these that have one. And where nights are missing, each is let go all
 * the same at the age that `longestDays` says, so that what was erased does not stay; only the newest always does.
 */
export function outdated(moments: readonly string[], keep: Keep, { timeZone, now }: { timeZone: string; now: string }): string[] {
  const days = moments.map((moment) => ({ moment, day: localDay(moment, timeZone) }))
  const kept = new Set<string>()
  const periods = [
    [keep.days, (day: Temporal.PlainDate) => day.toString()],
    [keep.weeks, (day: Temporal.PlainDate) => day.subtract({ days: day.dayOfWeek - 1 }).toString()],
    [keep.months, (day: Temporal.PlainDate) => day.toPlainYearMonth().toString()],
  ] as const
  for (const [count, periodOf] of periods) {
    const newest = new Map(days.map(({ moment, day }) => [periodOf(day), moment]))
    for (const moment of [...newest.values()].slice(newest.size - Math.min(count, newest.size))) kept.add(moment)
  }
  const oldest = localDay(now, timeZone).subtract({ days: longestDays(keep) })
  const tooOld = (moment: string): boolean => Temporal.PlainDate.compare(localDay(moment, timeZone), oldest) < 0
  return moments.filter((moment, at) => at < moments.length - 1 && (!kept.has(moment) || tooOld(moment)))
}

/** After so many days at most, what was erased is in no backup any more, as long as newer ones are made. */
export const longestDays = ({ days, weeks, months }: Keep): number => Math.max(days, 7 * weeks, 31 * months)
