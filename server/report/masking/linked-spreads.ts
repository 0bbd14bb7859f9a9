/** Which means can be worked out from which: from that of all and that of a part follows that of the others, and so do sd and n. */
import type { Amount, Relation } from './amounts.ts'
import { apart, setsOf } from './case-sets.ts'
import type { Spread } from './spread.ts'

type Spreading = Amount & { spread: Spread }

/**
 * Adds what is left of a mean beside parts of it to `amounts` with its key, and gives the sums. Who is within whom is seen by the values themselves:
 * groups, but also those who answered later, too.
 */
export function linkSpreads(amounts: Amount[], keys: string[]): Relation[] {
  const relations: Relation[] = []
  const places = [...amounts.keys()].filter((index) => amounts[index]?.spread)
  for (const [of, those] of Map.groupBy(places, (index) => (amounts[index] as Spreading).spread.of)) {
    const own = new Map(those.map((index) => [index, new Set((amounts[index] as Spreading).spread.values.map(identity))]))
    const sets = setsOf(([index]) => own.get(Number(index)) ?? new Set())
    const setAt = (index: number) => sets.of([`${index}`])
    const byKey = new Map<string, number>()
    const keyOf = (set: ReturnType<typeof setAt>): string => `spread ${of} ${set.id}`
    for (const index of those) {
      keys[index] = keyOf(setAt(index))
      byKey.set(keys[index], index)
    }
    const once = [...byKey.values()]
    for (const total of once) {
      const all = setAt(total)
      const inside = once.filter((index) => index !== total && own.get(index)?.size !== 0 && sets.isWithin(setAt(index), all))
      for (const parts of [...inside.map((index) => [index]), apart(inside, setAt, sets)]) {
        if (parts.length === 0) continue
        const rest = sets.less(all, parts.map(setAt))
        const key = keyOf(rest)
        if (rest.cases.size > 0 && !byKey.has(key)) {
          const { spread } = amounts[total] as Spreading
          const values = spread.values.filter((value) => rest.cases.has(identity(value)))
          own.set(amounts.length, new Set(values.map(identity)))
          byKey.set(key, amounts.length)
          keys.push(key)
          amounts.push({
            ...{ what: 'spread', groups: [], count: values.length, families: new Set(values.map((one) => one.of)).size },
            ...{ cells: [], unseen: true, spread: { of, values, limits: spread.limits } },
          })
        }
        const each = rest.cases.size > 0 ? [...parts, byKey.get(key) as number] : parts
        relations.push({ total, parts: each, units: [each], entire: false })
      }
    }
    // Of the same in several tables all that stands beside it is known.
    for (const alike of Map.groupBy(those, (index) => keys[index]).values()) {
      const spreads = alike.map((index) => (amounts[index] as Spreading).spread)
      const beside = { range: spreads.some(({ range }) => range), median: spreads.some(({ median }) => median) }
      for (const index of alike) {
        const amount = amounts[index] as Spreading
        amounts[index] = { ...amount, spread: { ...amount.spread, ...beside } }
      }
    }
  }
  return relations
}

const identity = ({ who, value }: Spread['values'][number]): string => `${who} = ${value}`
