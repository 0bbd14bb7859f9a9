/** Dates and moments as a spreadsheet counts them: days since 30 December 1899, moments with a fraction. */

const day = 86_400_000
const epoch = Date.UTC(1899, 11, 30)

/** Excel has a 29 February 1900, and counts each day before it one less than everybody else; it has no year 1899 and none after 9999. */
const first = 61
const last = 2_958_466

/** The number of a date (`YYYY-MM-DD`) or moment (ISO 8601, UTC); nothing for what is neither, or a day that Excel does not have. */
export function serial(text: string): number | undefined {
  if (!/^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d{1,3})?Z)?$/.test(text)) return undefined
  const moment = Date.parse(text)
  // A day such as 30 February goes over into the next month when it is parsed with a time.
  if (Number.isNaN(moment) || !new Date(moment).toISOString().startsWith(text.slice(0, 10))) return undefined
  const days = (moment - epoch) / day
  return days >= first && days < last ? days : undefined
}
