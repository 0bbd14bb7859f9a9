/**
 * Dates of data that are shared: the first date of every case stands as the same day, and all others lie as far from it as they did.
 *
 * A number of days that is secret and another for each case would keep something of the calendar, and could be worked out from what else
 * is known of a case: here there is nothing to work out.
 */
import { dayOf } from '../../../protocols/local-time.ts'

/** As which the first date of each case stands. */
export const dayZero = '2000-01-01'

/** A date `YYYY-MM-DD`, or the local day of a moment, counted from `first`. What is no date stays as it is: it says so little. */
export function fromDayZero<Moment extends string | null>(moment: Moment, first: string, timeZone: string): Moment {
  if (moment === null || Number.isNaN(Date.parse(moment))) return moment
  const day = moment.includes('T') ? dayOf(moment, timeZone) : moment
  return new Date(Date.parse(dayZero) + Date.parse(day) - Date.parse(first)).toISOString().slice(0, 10) as Moment
}

/** The first date of a case; of one without any the day on which it was registered. */
export const firstDay = (anchors: Record<string, string>, registeredAt: string, timeZone: string): string =>
  Object.values(anchors).sort()[0] ?? dayOf(registeredAt, timeZone)
