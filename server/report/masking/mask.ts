/**
 * Which numbers of a report are not shown when small ones may not be. First all that tell of few families; then as many others as it
 * takes that none of those can be worked out from what is left (Willenborg and De Waal, Elements of Statistical Disclosure
 * Control, 2001, chapter 4: primary and secondary suppression).
 *
 * What is hidden beside a small number is never chosen by how large it is: whoever knows the rule would read that choice backwards.
 * Neighbours go together, two by two, whichever of them was small. Pure.
 */
import { type Amount, familiesOf, type Relation, wholeOf } from './amounts.ts'
import type { Linked } from './linked.ts'
import { revealed } from './revealed.ts'
import { isTelling } from './spread.ts'

/**
 * The amounts (by their places) that are hidden: those of 1 to `below` - 1 families, in every place where the same is counted, with what
 * protects them.
 */
export function hiddenAmounts({ amounts, keys, relations }: Linked, below: number): Set<number> {
  const first = sameAmounts(amounts, keys)
  const at = (index: number): number => first[index] as number
  const sums = distinct(
    relations.map(({ total, parts, units, entire }) => ({
      ...{ total: at(total), parts: parts.map(at), units: units.map((unit) => unit.map(at)), entire },
    })),
  )
  const unseen = new Set(amounts.keys().filter((index) => at(index) === index))
  for (const [index, amount] of amounts.entries()) if (!amount.unseen) unseen.delete(at(index))
  const few = new Set(
    amounts.flatMap((amount, index) => {
      const whole = amounts[wholeOf(amount) ?? -1]
      // Where n is small, zeros beside it say what everybody answered.
      if ((isFew(amount, below) && !amount.told) || (whole && isFew(whole, below))) return [at(index)]
      return amount.spread && at(index) === index && isTelling(amount.spread, below) ? [index] : []
    }),
  )
  const hidden = new Set([...few].filter((index) => !unseen.has(index)))
  const spreads = [...amounts.keys()].filter((index) => amounts[index]?.spread && at(index) === index)
  const means = Map.groupBy(spreads, (index) => amounts[index]?.spread?.of ?? '')
  const state: State = { below, amounts, sums, means, unseen, few, hidden, wide: new Set() }
  do grow(state)
  while (widen(state))
  return new Set(amounts.keys().filter((index) => hidden.has(at(index))))
}

const isFew = (amount: Amount, below: number): boolean =>
  familiesOf(amount) > 0 && (familiesOf(amount) < below || (amount.among ?? Infinity) < 2 * below)

interface State {
  below: number
  amounts: readonly Amount[]
  sums: readonly Relation[]
  /** By the numbers that they are of. */
  means: ReadonlyMap<string, readonly number[]>
  /** Shown nowhere. */
  unseen: ReadonlySet<number>
  few: ReadonlySet<number>
  hidden: Set<number>
  /** Sums of which all parts go together. */
  wide: Set<Relation>
}

/**
 * Until nothing is added: with a part that may not be known its neighbours, with a total its parts. A set of small numbers leads to one set
 * of hidden ones, and any of the hidden could have been small.
 */
function grow({ amounts, sums, means, unseen, few, hidden, wide }: State): void {
  const isZero = (index: number): boolean => amounts[index]?.count === 0
  const isSeen = (index: number): boolean => !unseen.has(index) && !hidden.has(index)
  for (let size = -1; size < hidden.size; ) {
    size = hidden.size
    // Where the total is seen to be nobody, so are its parts: to hide them would hide nothing.
    const nobody = new Set(sums.flatMap(({ total, parts }) => (isZero(total) && isSeen(total) ? parts : [])))
    const hide = (index: number): void => {
      if (!unseen.has(index) && !nobody.has(index)) hidden.add(index)
    }
    for (const index of [...hidden]) for (const mean of means.get(amounts[index]?.ofNumbers ?? '') ?? []) hide(mean)
    for (const sum of sums) {
      if (hidden.has(sum.total)) for (const part of sum.parts) hide(part)
      for (const unit of wide.has(sum) ? [sum.parts] : sum.units) {
        if (!unit.some((part) => hidden.has(part) || few.has(part))) continue
        for (const part of unit) hide(part)
        if (sum.entire) hide(sum.total)
      }
    }
  }
}

/** More is hidden of the sums of what still follows from the rest: all parts, then the totals. False when nothing follows, or all is hidden. */
function widen(state: State): boolean {
  const { sums, unseen, few, hidden } = state
  const unknown = new Set([...hidden, ...unseen])
  const small = sums.filter((sum) => !unknown.has(sum.total) && isFewTogether(state, sum))
  if (small.length > 0) return take(state, small)
  const found = new Set(revealed(state.amounts, sums, unknown).filter((index) => hidden.has(index) || few.has(index)))
  if (found.size === 0) return false
  const near = sums.filter(({ total, parts }) => found.has(total) || parts.some((part) => found.has(part)))
  return take(state, near)
}

/** Of these sums all parts, or where these are hidden their totals. */
function take({ amounts, unseen, hidden, wide }: State, these: readonly Relation[]): boolean {
  const narrow = these.filter((sum) => sum.units.length > 1 && !wide.has(sum))
  for (const sum of narrow) wide.add(sum)
  if (narrow.length > 0) return true
  const totals = these.map(({ total }) => total).filter((total) => !hidden.has(total) && !unseen.has(total) && !amounts[total]?.told)
  for (const total of totals) hidden.add(total)
  return totals.length > 0
}

/** Whether what is hidden of a sum is a small number by itself: the total less what is shown. */
function isFewTogether({ amounts, hidden, unseen, below }: State, { total, parts }: Relation): boolean {
  if (amounts[total]?.spread) return false
  const unknown = parts.filter((part) => hidden.has(part) || unseen.has(part))
  const families = unknown.reduce((sum, part) => sum + familiesOf(amounts[part] as Amount), 0)
  return unknown.some((part) => hidden.has(part)) && families > 0 && families < below
}

/** Of each amount the first one that is the same: counted in the same way, or of the very same people. */
function sameAmounts(amounts: readonly Amount[], keys: readonly string[]): number[] {
  const first = [...amounts.keys()]
  const root = (index: number): number => {
    let at = index
    while (first[at] !== at) at = first[at] as number
    return at
  }
  const known = new Map<string, number>()
  for (const [index, amount] of amounts.entries())
    for (const key of [keys[index] as string, ...(amount.who === undefined ? [] : [`of ${amount.who}`])]) {
      const other = known.get(key)
      if (other === undefined) known.set(key, index)
      else {
        const [one, two] = [root(index), root(other)]
        first[Math.max(one, two)] = Math.min(one, two)
      }
    }
  return first.map((_, index) => root(index))
}

/** Each sum once, however many tables have it. */
const distinct = (sums: readonly Relation[]): Relation[] => [
  ...new Map(sums.map((sum) => [`${sum.total}=${sum.parts} ${sum.units.length}`, sum])).values(),
]
