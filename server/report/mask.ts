/**
 * Which numbers of a table are not shown when small ones may not be. First all that tell of few people; then as many others as it
 * takes that none of those can be worked out from what is left (Willenborg and De Waal, Elements of Statistical Disclosure
 * Control, 2001, chapter 4: primary and secondary suppression). Pure.
 */
import { type Amount, type Relation, wholeOf } from './amounts.ts'

/** The amounts (by their places) that are hidden: those of 1 to `below` - 1 people, all that stands beside such an n, and what protects them. */
export function hiddenAmounts(amounts: readonly Amount[], relations: readonly Relation[], below: number): Set<number> {
  const few = ({ count }: Amount): boolean => count > 0 && count < below
  const hidden = new Set(
    amounts.flatMap((amount, index) => {
      const whole = amounts[wholeOf(amount) ?? -1]
      // Where n is small, zeros beside the one category that is left would say what everybody answered.
      return few(amount) || (whole && few(whole)) ? [index] : []
    }),
  )
  for (;;) {
    const found = [...revealed(amounts, relations, hidden)]
    // A sum in which nothing else is hidden gives it away whatever is hidden in others: those first.
    const bare = relations.filter((relation) => placesIn(relation).filter((place) => hidden.has(place)).length === 1)
    const first = found.find((place) => bare.some((relation) => placesIn(relation).includes(place))) ?? found[0]
    if (first === undefined) return hidden
    const more = protection(amounts, relations, hidden, first)
    // Nothing that it adds up with is shown: then nothing reveals it.
    if (more === undefined) return hidden
    hidden.add(more)
  }
}

/** The smallest amount that is shown in a sum with the one that can be worked out; a total only when nothing else is left. */
function protection(
  amounts: readonly Amount[],
  relations: readonly Relation[],
  hidden: ReadonlySet<number>,
  found: number,
): number | undefined {
  const near = relations.filter((relation) => placesIn(relation).includes(found))
  const bare = near.find((relation) => placesIn(relation).filter((place) => hidden.has(place)).length === 1)
  const tied = bare ? [bare] : near
  const shown = (places: number[]): number[] => [...new Set(places)].filter((place) => !hidden.has(place)).sort(bySize(amounts))
  const [part] = shown(tied.flatMap(({ parts }) => parts))
  const [total] = shown(tied.map((relation) => relation.total))
  const [elsewhere] = shown(relations.flatMap(placesIn))
  return part ?? total ?? elsewhere
}

const placesIn = ({ total, parts }: Relation): number[] => [total, ...parts]

/** Those of somebody before those of nobody: a zero protects little. */
const bySize = (amounts: readonly Amount[]) => (a: number, b: number) => {
  const [one, other] = [amounts[a]?.count ?? 0, amounts[b]?.count ?? 0]
  return Number(one === 0) - Number(other === 0) || one - other || a - b
}

/**
 * The hidden amounts that follow from what is shown: by solving the sums, or because all that is hidden in a sum together leaves
 * no room (counts are whole and not below 0).
 */
export function revealed(amounts: readonly Amount[], relations: readonly Relation[], hidden: ReadonlySet<number>): Set<number> {
  const equations = relations.map(({ total, parts }) => equationOf(amounts, hidden, total, parts)).filter(({ terms }) => terms.size > 0)
  return new Set([...solved(equations), ...squeezed(equations)])
}

/** What is hidden in a sum, each with its sign, comes to `rest`. */
interface Equation {
  terms: Map<number, number>
  rest: number
}

function equationOf(amounts: readonly Amount[], hidden: ReadonlySet<number>, total: number, parts: readonly number[]): Equation {
  const terms = new Map<number, number>()
  let rest = 0
  for (const [place, sign] of [[total, -1] as const, ...parts.map((part) => [part, 1] as const)])
    if (hidden.has(place)) terms.set(place, (terms.get(place) ?? 0) + sign)
    else rest -= sign * (amounts[place]?.count ?? 0)
  return { terms, rest }
}

/** By elimination: an amount that is left alone in an equation is known. */
function solved(equations: readonly Equation[]): number[] {
  const rows = equations.map(({ terms }) => new Map(terms))
  const columns = [...new Set(rows.flatMap((row) => [...row.keys()]))]
  let next = 0
  for (const column of columns) {
    const pivot = rows.findIndex((row, index) => index >= next && isTerm(row.get(column)))
    const chosen = rows[pivot]
    if (!chosen) continue
    rows[pivot] = rows[next] as Map<number, number>
    rows[next] = chosen
    const by = chosen.get(column) as number
    for (const row of rows) {
      const factor = (row.get(column) ?? 0) / by
      if (row === chosen || !isTerm(factor)) continue
      for (const [place, value] of chosen) row.set(place, (row.get(place) ?? 0) - factor * value)
      for (const [place, value] of row) if (!isTerm(value)) row.delete(place)
    }
    next++
  }
  return rows.flatMap((row) => (row.size === 1 ? [...row.keys()] : []))
}

const isTerm = (value: number | undefined): boolean => value !== undefined && Math.abs(value) > 1e-9

/** By the least and the most that each can be, given the others, until nothing becomes narrower. */
function squeezed(equations: readonly Equation[]): number[] {
  const bounds = new Map(
    equations.flatMap(({ terms }) => [...terms.keys()].map((place) => [place, [0, Infinity] as [number, number]] as const)),
  )
  for (let changed = true; changed; ) {
    changed = false
    for (const { terms, rest } of equations)
      for (const [place, sign] of terms) {
        const others = [...terms].filter(([other]) => other !== place)
        const reach = (end: 0 | 1): number =>
          others.reduce((total, [other, its]) => total + its * (bounds.get(other)?.[its > 0 ? end : end === 0 ? 1 : 0] ?? 0), 0)
        const ends = [(rest - reach(1)) / sign, (rest - reach(0)) / sign].sort((a, b) => a - b) as [number, number]
        const [low, high] = bounds.get(place) as [number, number]
        const [least, most] = [Math.max(low, ends[0]), Math.min(high, ends[1])]
        if (least > low || most < high) {
          bounds.set(place, [least, most])
          changed = true
        }
      }
  }
  return [...bounds].flatMap(([place, [low, high]]) => (low === high ? [place] : []))
}
