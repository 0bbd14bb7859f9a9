/**
 * Days and local times of day, and the moments they are.
 *
 * A day is `YYYY-MM-DD`. A moment is UTC in ISO 8601 with milliseconds, so that text order is time order.
 * A local time that a clock change skips moves forward with the clock, and one that occurs twice is the
 * first of the two (Temporal's `compatible`).
 */

// Years from 1900 to 2999: 0206-05-31 is a typing error, and beyond 9999 text order is no longer time order.
const dayPattern = /^(19|2\d)\d{2}-\d{2}-\d{2}$/

/** A day of the calendar. Throws a RangeError for anything else, 2026-02-30 included. */
export function parseDay(text: string): Temporal.PlainDate {
  try {
    // The pattern first: Temporal also takes 20260105 and a date with a time, which no column or file should hold.
    if (dayPattern.test(text)) return Temporal.PlainDate.from(text)
  } catch {
    // Not a day of the calendar; said below.
  }
  throw new RangeError(`"${text}" is not a day between 1900 and 2999: write YYYY-MM-DD, for example 2026-02-28`)
}

/** The first moment of a day in a time zone: midnight, or later where a clock change skips it. */
export const startOfDay = (day: Temporal.PlainDate, timeZone: string): string => momentOf(day.toZonedDateTime({ timeZone }))

/** The moment at which clocks in a time zone show `time` (`09:00`) on a day. */
export const atLocalTime = (day: Temporal.PlainDate, time: string, timeZone: string): string =>
  momentOf(day.toPlainDateTime(Temporal.PlainTime.from(time)).toZonedDateTime(timeZone, { disambiguation: 'compatible' }))

/** The first moment at or after `moment` at which clocks in a time zone show `time`. */
export function nextAtLocalTime(moment: string, time: string, timeZone: string): string {
  const day = localDay(moment, timeZone)
  const sameDay = atLocalTime(day, time, timeZone)
  return sameDay >= moment ? sameDay : atLocalTime(day.add({ days: 1 }), time, timeZone)
}

/** What calendars and clocks in a time zone show at a moment. */
export const localDateTime = (moment: string, timeZone: string): Temporal.ZonedDateTime =>
  Temporal.Instant.from(moment).toZonedDateTimeISO(timeZone)

export const localDay = (moment: string, timeZone: string): Temporal.PlainDate => localDateTime(moment, timeZone).toPlainDate()

/** The day of a moment in a time zone, as text. */
export const dayOf = (moment: string, timeZone: string): string => localDay(moment, timeZone).toString()

/** The moment so many milliseconds after another; before it when they are negative. */
export const after = (moment: string, milliseconds: number): string => new Date(Date.parse(moment) + milliseconds).toISOString()

/** Text order, which for moments and days is time order. */
export const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b))
export const earlier = (a: string, b: string): string => (a < b ? a : b)
export const later = (a: string, b: string): string => (a > b ? a : b)

const momentOf = (local: Temporal.ZonedDateTime): string => local.toInstant().toString({ fractionalSecondDigits: 3 })
