/** What follows from the numbers of a report that are shown, for whoever knows which of them add up. Pure. */
import type { Amount, Relation } from './amounts.ts'

/**
 * Those of the unknown amounts that can be only one number: by solving the sums, or because all that is unknown in a sum together leaves
 * no room (counts are whole and not below 0).
 */
export function revealed(amounts: readonly Amount[], relations: readonly Relation[], unknown: ReadonlySet<number>): number[] {
  const equations = relations.map((relation) => equationOf(amounts, unknown, relation)).filter(({ terms }) => terms.size > 0)
  return apart(equations).flatMap((linked) => [...new Set([...solved(linked), ...squeezed(linked)])])
}

/** What is unknown in a sum, each with its sign, comes to `rest`. */
interface Equation {
  terms: Map<number, number>
  rest: number
}

function equationOf(amounts: readonly Amount[], unknown: ReadonlySet<number>, { total, parts }: Relation): Equation {
  const terms = new Map<number, number>()
  let rest = 0
  for (const [place, sign] of [[total, -1] as const, ...parts.map((part) => [part, 1] as const)])
    if (!unknown.has(place)) rest -= sign * (amounts[place]?.count ?? 0)
    else {
      const its = (terms.get(place) ?? 0) + sign
      if (its === 0) terms.delete(place)
      else terms.set(place, its)
    }
  return { terms, rest }
}

/** Equations that have nothing unknown in common tell nothing of each other. */
function apart(equations: readonly Equation[]): Equation[][] {
  const byPlace = new Map<number, Equation[]>()
  for (const equation of equations) for (const place of equation.terms.keys()) byPlace.set(place, [...(byPlace.get(place) ?? []), equation])
  const left = new Set(equations)
  const found: Equation[][] = []
  for (const start of equations) {
    if (!left.delete(start)) continue
    const linked = [start]
    for (const one of linked)
      for (const place of one.terms.keys()) for (const other of byPlace.get(place) ?? []) if (left.delete(other)) linked.push(other)
    found.push(linked)
  }
  return found
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
