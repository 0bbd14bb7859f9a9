/** What stood in a group stands by itself in a record, where there are no groups: it is asked when both conditions hold. */
import { longestCondition } from './enable-when.ts'

/** Words between two conditions that bind less than `and`, also as SurveyJS writes them. */
const loose = /\b(or|xor|implies)\b|\|\||=>/i

/** One condition for both; undefined when none is given. Throws a RangeError when it is longer than a condition can be. */
export function bothHold(outer: unknown, own: unknown): string | undefined {
  const conditions = [outer, own].filter((condition) => condition !== undefined).map(String)
  if (conditions.length < 2) return conditions[0]
  const both = conditions.map((condition) => (loose.test(condition) ? `(${condition})` : condition)).join(' and ')
  if (both.length <= longestCondition) return both
  throw new RangeError(`together with its own condition it would have ${both.length} characters, and ${longestCondition} is the most`)
}
