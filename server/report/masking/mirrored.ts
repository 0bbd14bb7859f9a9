/** Whether the same n, mean and sd can be of other values: how often each occurs is then not told by them. Pure. */

/** How often each value occurs. */
export type Counts = ReadonlyMap<number, number>

export interface Known {
  /** No value lies outside. */
  limits: readonly [low: number, high: number]
  /** What else is printed would be the same. */
  isAlike(counts: Counts): boolean
}

/** So many ways are looked at; a number for which none is found among these is left out. */
const most = 200
/** Of so many different values all of three and four of them are tried; of more only three, the value itself among them. */
const fewValues = 12

/**
 * Whether `isFound` holds for other whole values with the same n, sum and sum of squares. Made by taking three or four of them and mirroring
 * these in their own mean, over and over: x becomes 2s/m - x, where s is the sum of those m. True is certain; false can also be that it was not found.
 */
export function canBeOthers(counts: Counts, value: number, { limits, isAlike }: Known, isFound: (count: number) => boolean): boolean {
  const seen = new Set([keyOf(counts)])
  const next: Counts[] = [counts]
  while (next.length > 0 && seen.size < most) {
    const here = next.pop() as Counts
    for (const other of othersOf(here, value, limits)) {
      const key = keyOf(other)
      if (seen.has(key)) continue
      seen.add(key)
      const count = other.get(value) ?? 0
      if (isFound(count) && isAlike(other)) return true
      // What comes nearer goes first.
      if (count < (here.get(value) ?? 0)) next.push(other)
      else next.unshift(other)
      if (seen.size >= most) break
    }
  }
  return false
}

const keyOf = (counts: Counts): string =>
  [...counts]
    .sort(([a], [b]) => a - b)
    .map(([value, count]) => `${value}:${count}`)
    .join()

function* othersOf(counts: Counts, value: number, [low, high]: Known['limits']): Generator<Counts> {
  const values = [...counts.keys()].sort((a, b) => a - b)
  // Those with the value itself first: they change how often it occurs.
  const chosen = [value, ...values.filter((one) => one !== value)].filter((one) => counts.has(one))
  for (const size of values.length <= fewValues ? [3, 4] : [3])
    for (const taken of some(counts, chosen, size, 0)) {
      if (values.length > fewValues && taken[0] !== value) return
      const twice = 2 * taken.reduce((total, one) => total + one, 0)
      if (twice % size !== 0) continue
      const mirrored = taken.map((one) => twice / size - one)
      if (mirrored.some((one) => one < low || one > high)) continue
      const other = new Map(counts)
      for (const one of taken) add(other, one, -1)
      for (const one of mirrored) add(other, one, 1)
      yield other
    }
}

function add(counts: Map<number, number>, value: number, by: 1 | -1): void {
  const count = (counts.get(value) ?? 0) + by
  if (count === 0) counts.delete(value)
  else counts.set(value, count)
}

/** All ways to take so many, not more of a value than there are. */
function* some(counts: Counts, values: readonly number[], size: number, from: number): Generator<number[]> {
  if (size === 0) return yield []
  for (let at = from; at < values.length; at++) {
    const value = values[at] as number
    for (let times = Math.min(size, counts.get(value) ?? 0); times > 0; times--)
      for (const others of some(counts, values, size - times, at + 1)) yield [...Array<number>(times).fill(value), ...others]
  }
}
