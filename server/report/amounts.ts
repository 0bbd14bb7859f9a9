/**
 * How many people each number of a report tells of, and which of these add up to others: what masking has to know, so that a
 * number that is not shown cannot be found by adding and subtracting, in its own table or in another one.
 */

import type { Place } from '../../protocols/report-places.ts'
import type { Measure } from '../../protocols/report-schema.ts'

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
  /** Its cells: row and column. */
  cells: [row: number, column: number][]
  /** Nowhere in the report, but known to whoever subtracts: a box that was not ticked, answers that lack an item. */
  unseen?: true
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
  /** Parts of which none is shown when one is hidden: neighbours, two by two. All parts, each once. */
  units: number[][]
  /** Whether the total is hidden with them. */
  entire: boolean
}

/** Which cases the groups of a report are. */
export interface Groups {
  /** Groups that are made of others. */
  together: Readonly<Record<string, readonly string[]>>
  /** All that are in each of these groups; of no group everybody. */
  members(groups: readonly string[]): ReadonlySet<unknown>
}

/** Amounts, with those that are left where one group is a part of another, and all sums among them. */
export interface Linked {
  amounts: Amount[]
  /** Of each amount: equal where the same is counted of the same cases, however the groups are called. */
  keys: string[]
  relations: Relation[]
}

export function linked(given: readonly Amount[], { together, members }: Groups): Linked {
  const sets = setsOf(members)
  const keyOf = ({ what }: Pick<Amount, 'what'>, set: CaseSet): string => `${set.id} ${what}`
  const amounts = [...given]
  const keys = amounts.map((amount) => keyOf(amount, sets.of(amount.groups)))
  const relations: Relation[] = []
  const splits = Map.groupBy(given.keys(), (index) => `${given[index]?.partOf} ${given[index]?.split ?? ''}`)
  for (const parts of splits.values()) {
    const total = given[parts[0] as number]?.partOf
    if (total !== undefined) relations.push({ total, parts, units: inPairs(parts), entire: given[total]?.entire ?? false })
  }
  const byKey = new Map(keys.map((key, index) => [key, index]))
  // The same amount in several tables counts once.
  const alike = Map.groupBy(byKey.values(), (index) => (given[index] as Amount).what)
  for (const [what, those] of alike) {
    const setAt = (index: number): CaseSet => sets.of((given[index] as Amount).groups)
    const at = (set: CaseSet): number | undefined => byKey.get(keyOf({ what }, set))
    for (const total of those) {
      const whole = given[total] as Amount
      const all = sets.of(whole.groups)
      const inside = those.filter((index) => index !== total && sets.isWithin(setAt(index), all))
      const found = [
        ...inside.map((index) => [index]),
        ...whole.groups.flatMap((name) => {
          const others = whole.groups.filter((other) => other !== name)
          const parts = (together[name] ?? []).map((part) => at(sets.of([...others, part])))
          return parts.length > 1 && parts.every((part) => part !== undefined) ? [parts] : []
        }),
        apart(inside, setAt, sets.isApart),
      ]
      for (const parts of found) {
        if (parts.length === 0) continue
        const rest = sets.less(
          all,
          parts.map((part) => sets.of((given[part] as Amount).groups)),
        )
        const less = (count: (amount: Amount) => number): number =>
          parts.reduce((left, part) => left - count(given[part] as Amount), count(whole))
        const key = keyOf(whole, rest)
        let left = byKey.get(key)
        if (left === undefined && rest.cases.size > 0) {
          left = amounts.length
          byKey.set(key, left)
          keys.push(key)
          amounts.push({ what, groups: [], count: less(({ count }) => count), families: less(familiesOf), cells: [], unseen: true })
        }
        const each = left === undefined || rest.cases.size === 0 ? parts : [...parts, left]
        relations.push({ total, parts: each, units: [each], entire: false })
      }
    }
  }
  return { amounts, keys, relations }
}

/** Of how many families. */
export const familiesOf = ({ count, families = count }: Amount): number => families

interface CaseSet {
  id: string
  cases: ReadonlySet<unknown>
}

/** Sets of cases, each once, by which they are known whatever they are called. */
function setsOf(members: Groups['members']) {
  const known = new Map<string, CaseSet>()
  const sets: CaseSet[] = []
  const same = (cases: ReadonlySet<unknown>): CaseSet => {
    const found = sets.find((one) => one.cases.size === cases.size && isWithin(one.cases, cases))
    if (found) return found
    const made = { id: `${sets.length}`, cases }
    sets.push(made)
    return made
  }
  const kept = (key: string, make: () => ReadonlySet<unknown>): CaseSet => {
    const found = known.get(key) ?? same(make())
    known.set(key, found)
    return found
  }
  const found = new Map<string, boolean>()
  const once = (key: string, find: () => boolean): boolean => {
    const answer = found.get(key) ?? find()
    found.set(key, answer)
    return answer
  }
  return {
    isWithin: (one: CaseSet, all: CaseSet): boolean => once(`${one.id} in ${all.id}`, () => isWithin(one.cases, all.cases)),
    isApart: (one: CaseSet, other: CaseSet): boolean => once(`${one.id} or ${other.id}`, () => one.cases.isDisjointFrom(other.cases)),
    of: (groups: readonly string[]): CaseSet => kept(JSON.stringify(groups.toSorted()), () => members(groups)),
    less: (all: CaseSet, parts: readonly CaseSet[]): CaseSet =>
      kept(
        `${all.id} less ${parts.map(({ id }) => id).sort()}`,
        () => new Set([...all.cases].filter((one) => !parts.some(({ cases }) => cases.has(one)))),
      ),
  }
}

function isWithin(part: ReadonlySet<unknown>, all: ReadonlySet<unknown>): boolean {
  if (part.size > all.size) return false
  for (const one of part) if (!all.has(one)) return false
  return true
}

/** Whether two lists of groups are the same cases, however they are called. */
export function sameGroups({ members }: Groups): (one: readonly string[], other: readonly string[]) => boolean {
  const sets = setsOf(members)
  return (one, other) => sets.of(one) === sets.of(other)
}

/** Some that have no case in common, the smallest first. */
function apart(those: readonly number[], setAt: (index: number) => CaseSet, isApart: (one: CaseSet, other: CaseSet) => boolean): number[] {
  const chosen: number[] = []
  for (const index of those.toSorted((a, b) => setAt(a).cases.size - setAt(b).cases.size || a - b))
    if (chosen.every((other) => isApart(setAt(index), setAt(other)))) chosen.push(index)
  return chosen
}

/** Neighbours two by two, in their order; of an odd number the last three. Which ones does not depend on how many people they tell of. */
function inPairs(parts: readonly number[]): number[][] {
  if (parts.length < 4) return [[...parts]]
  return [parts.slice(0, 2), ...inPairs(parts.slice(2))]
}
