/**
 * How many people each number of a table tells of, and which of these add up to others: what masking has to know, so that a
 * number that is not shown cannot be found by subtraction.
 */

import type { Place } from '../../protocols/report-places.ts'
import type { Measure } from '../../protocols/report-schema.ts'

/** Something of which the number of people is known: a count, or all statistics of a mean. */
export interface Amount {
  /** Equal for what is counted in the same way; tells groups apart by `groups`. */
  what: string
  groups: readonly string[]
  /** Of what and of whom, where tests can be of the same. */
  of?: { measure: Measure; place: Place }
  /** How many people it tells of. */
  count: number
  /** Its cells: row and column. */
  cells: [row: number, column: number][]
  /** The amount of which it is a part, by place in the list: a category of its n. */
  partOf?: number
  /** The n that it stands beside without being a part that adds up to it: a box that was ticked, missing answers. By place in the list. */
  within?: number
}

/** The n beside which an amount stands; undefined for one that stands by itself. */
export const wholeOf = ({ partOf, within }: Amount): number | undefined => partOf ?? within

/** The amount at `total` is the sum of those at `parts`. Places in the list of amounts. */
export interface Relation {
  total: number
  parts: number[]
}

/** All sums among the amounts: categories that make up an n, and groups that are together another one. */
export function relationsOf(amounts: readonly Amount[], together: Readonly<Record<string, readonly string[]>>): Relation[] {
  const byKey = new Map(amounts.map((amount, index) => [keyOf(amount), index]))
  const ofWholes = [...Map.groupBy(amounts.keys(), (index) => amounts[index]?.partOf)].flatMap(([total, parts]) =>
    total === undefined ? [] : [{ total, parts }],
  )
  const ofGroups = amounts.flatMap(({ what, groups }, total) =>
    groups.flatMap((name) => {
      const others = groups.filter((other) => other !== name)
      const parts = (together[name] ?? []).map((part) => byKey.get(keyOf({ what, groups: [...others, part] })))
      return parts.length > 0 && parts.every((part) => part !== undefined) ? [{ total, parts }] : []
    }),
  )
  return [...ofWholes, ...ofGroups]
}

/** Equal for amounts of the same people, counted in the same way. */
export const keyOf = ({ what, groups }: Pick<Amount, 'what' | 'groups'>): string => JSON.stringify([what, groups.toSorted()])
