/** What adds up to what among the amounts of a report: categories to their n, groups to their total. */
import { type Amount, familiesOf, type Relation } from './amounts.ts'
import { apart, type CaseSet, type Groups, setsOf } from './case-sets.ts'
import { inPairs } from './in-pairs.ts'
import { linkAnswers } from './linked-answers.ts'
import { linkSpreads } from './linked-spreads.ts'

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
  const relations = linkSpreads(amounts, keys)
  const splits = Map.groupBy(given.keys(), (index) => `${given[index]?.partOf} ${given[index]?.split ?? ''}`)
  for (const parts of splits.values()) {
    const total = given[parts[0] as number]?.partOf
    if (total !== undefined) relations.push({ total, parts, units: inPairs(parts), entire: given[total]?.entire ?? false })
  }
  const byKey = new Map([...given.keys()].flatMap((index) => (given[index]?.spread ? [] : [[keys[index] as string, index] as const])))
  /** What is left of a total beside some parts; undefined where nothing can be. */
  const restOf = (total: number, parts: readonly number[], key: string, own: Partial<Amount>): number => {
    const known = byKey.get(key)
    if (known !== undefined) return known
    const whole = given[total] as Amount
    const count = parts.reduce((left, part) => left - (given[part] as Amount).count, whole.count)
    byKey.set(key, amounts.length)
    keys.push(key)
    return amounts.push({ what: whole.what, groups: [], count, cells: [], unseen: true, ...own }) - 1
  }
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
        apart(inside, setAt, sets),
      ]
      for (const parts of found) {
        if (parts.length === 0) continue
        const rest = sets.less(
          all,
          parts.map((part) => sets.of((given[part] as Amount).groups)),
        )
        const families = parts.reduce((left, part) => left - familiesOf(given[part] as Amount), familiesOf(whole))
        const left = rest.cases.size === 0 ? undefined : restOf(total, parts, keyOf(whole, rest), { families })
        const each = left === undefined ? parts : [...parts, left]
        relations.push({ total, parts: each, units: [each], entire: false })
      }
    }
  }
  relations.push(...linkAnswers(amounts, keys))
  return { amounts, keys, relations }
}
