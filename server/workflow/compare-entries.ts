/** Two typings of the same list: where they differ, and what they come to when somebody has decided. Pure. */
import { canonicalJson } from '../../instruments/canonical-json.ts'
import type { Answer, Answers } from '../../instruments/schema.ts'
import type { Side } from '../db/study-schema/entries.ts'

export interface Difference {
  /** The item; of records the whole group. */
  item: string
  /** Null: not answered. */
  first: Answer | null
  second: Answer | null
}

/** Items that were not answered the same, in the order of `items`. */
export const differences = (first: Answers, second: Answers, items: readonly string[]): Difference[] =>
  items
    .map((item) => ({ item, first: first[item] ?? null, second: second[item] ?? null }))
    .filter((one) => canonicalJson(one.first) !== canonicalJson(one.second))

/** The first typing, with the items of the second where that one counts. */
export function merged(first: Answers, second: Answers, decision: Readonly<Record<string, Side>>): Answers {
  const all: Answers = { ...first }
  for (const [item, side] of Object.entries(decision)) {
    if (side === 'first') continue
    const answer = second[item]
    if (answer === undefined) delete all[item]
    else all[item] = answer
  }
  return all
}
