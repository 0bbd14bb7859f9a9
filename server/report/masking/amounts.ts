/**
 * How many people each number of a report tells of, and which of these add up to others: what masking has to know, so that a
 * number that is not shown cannot be found by adding and subtracting, in its own table or in another one.
 */

import type { Place } from '../../../protocols/report-places.ts'
import type { Measure } from '../../../protocols/report-schema.ts'
import type { Answered, Chosen } from './chosen.ts'
import type { Spread } from './spread.ts'

/** Something of which the number of people is known: a count, or all statistics of a mean. */
export interface Amount {
  /** Equal for what is counted in the same way, in whichever table; tells groups apart by `groups`. */
  what: string
  groups: readonly string[]
  /** Of what and of whom, where tests can be of the same. */
  of?: { measure: Measure; place: Place }
  /** The number itself: of lists, records or families. */
  count: number
  /** How many families it tells of, which is what makes it small; where it is not given, `count`. */
  families?: number
  /** Equal for amounts of the very same people, whatever is counted of them; undefined of nobody. */
  who?: string | undefined
  /** Of a category: whose answers it counts, and which of them; `of` is equal for answers to the same, of whomever. */
  answers?: { of: string; behind: readonly Answered[]; chosen: Chosen }
  /** The same by the names of its place and groups: which values it takes together, and of what. A chi-square is of rows of the same names. */
  chosen?: { of: string; values: readonly (number | string)[] }
  /** Of a category: of which numbers, as `spread.of` has it. Where it is a star, their mean would help to find it. */
  ofNumbers?: string
  /** It tells what some of so many families have; of fewer than twice the small ones that is too near. */
  among?: number
  /** Of a mean with what is made with it: whose values these are, of which n, mean and sd must not tell. */
  spread?: Spread
  /** Its cells: row and column. */
  cells: [row: number, column: number][]
  /** Nowhere in the report, but known to whoever subtracts: a box that was not ticked, answers that lack an item. */
  unseen?: true
  /** It may be told, however few they are; what these have may not. */
  told?: true
  /** The amount of which it is a part, by place in the list: a category of its n. */
  partOf?: number
  /** Which parts of it add up together, where it is split in several ways. */
  split?: string
  /** Its parts and itself are all shown or none of them: whether lists came, of which the total is how many were asked. */
  entire?: true
  /** The n that it stands beside without being a part that adds up to it: missing answers. By place in the list. */
  within?: number
}

/** The n beside which an amount stands; undefined for one that stands by itself. */
export const wholeOf = ({ partOf, within }: Amount): number | undefined => partOf ?? within

/** The amount at `total` is the sum of those at `parts`. Places in the list of amounts. */
export interface Relation {
  total: number
  parts: number[]
  /** Parts of which none is shown when one is hidden: neighbours, two by two. All parts, each once; none where the sum is only solved. */
  units: number[][]
  /** Whether the total is hidden with them. */
  entire: boolean
}

/** Of how many families. */
export const familiesOf = ({ count, families = count }: Amount): number => families
