/** Days and moments as SPSS counts them: seconds since the beginning of 14 October 1582, in the Gregorian calendar. */

const epoch = Date.UTC(1582, 9, 14)

/**
 * Of `YYYY-MM-DD`, or of a moment in UTC as ISO 8601 has it; null when it is neither.
 *
 * Of a day before 1582-10-14 the number is below zero, by the same calendar: SPSS shows no date for it, the number stays.
 */
export function spssSeconds(text: string): number | null {
  const moment = /^\d{4}-\d\d-\d\d(T[\d:.]+Z)?$/.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(moment) ? null : (moment - epoch) / 1000
}
