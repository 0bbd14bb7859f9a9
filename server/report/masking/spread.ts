/** What n, mean and sd together say of single families, and when that is too much to show them. Pure. */
import { type Counts, canBeOthers } from './mirrored.ts'

/** The values behind a mean and all that is made with it. */
export interface Spread {
  /** Equal for the same number of whichever people: what was measured, by which list, when. */
  of: string
  values: readonly Valued[]
  /** As the list has them: nobody can have less or more. */
  limits: readonly [low: number, high: number]
  /** Whether a range stands beside it, and a median. */
  range?: boolean
  median?: boolean
}

interface Valued {
  /** The family. */
  of: object
  /** Whose value it is. */
  who: string
  value: number
}

/**
 * Whether mean and sd would say of some value that 1 to `below` - 1 families have it, or about which one family has. Mean, sd and all that is made of them
 * are shown or left out together: that they are left out can then be for so many reasons that it tells nothing.
 */
export function isTelling({ values, limits, range = false, median = false }: Spread, below: number): boolean {
  const families = new Map<object, number[]>()
  for (const { of, value } of values) families.set(of, [...(families.get(of) ?? []), value])
  if (families.size === 0) return false
  // Of fewer, that it is left out for what they answered would say what they did.
  if (families.size < 2 * below || isOfOne([...families.values()])) return true
  // Scores such as thirds are whole, too, when they are counted by thirds.
  const times = [...Array(24).keys()].map((at) => at + 1).find((by) => values.every(({ value }) => isWhole(value * by)))
  const at = (value: number): number => (times === undefined ? value : Math.round(value * times))
  const holders = Map.groupBy(values, ({ value }) => at(value))
  const held = new Map([...holders].map(([value, those]) => [value, new Set(those.map(({ of }) => of)).size]))
  const isFew = (count: number): boolean => count > 0 && count < below
  // All but a few of them have the same: the mean is then that of the few.
  const [usual] = [...held].reduce((one, other) => (other[1] > one[1] ? other : one))
  if (isFew(new Set(values.filter(({ value }) => at(value) !== usual).map(({ of }) => of)).size)) return true
  if (times === undefined) return false
  const counts: Counts = new Map([...holders].map(([value, those]) => [value, those.length]))
  const besideOf = (these: Counts, holding: Counts): string => {
    const isShown = (value: number): boolean => (holding.get(value) ?? 0) >= below
    return [range ? endsOf(these, isShown) : '', median ? middleOf(these, isShown) : ''].join()
  }
  const beside = besideOf(counts, held)
  const known = {
    limits: [Math.ceil(limits[0] * times - 1e-9), Math.floor(limits[1] * times + 1e-9)],
    isAlike: (other: Counts) => !isOfFew(other, below) && beside === besideOf(other, other),
  } as const
  return [...held].some(([value, count]) => isFew(count) && !canBeOthers(counts, value, known, (its) => !isFew(its)))
}

const isWhole = (value: number): boolean => Math.abs(value - Math.round(value)) < 1e-9

/** The same of so many families with each value: one makes up most, or all but a few have the same. */
function isOfFew(counts: Counts, below: number): boolean {
  const each = [...counts]
  const n = total(each.map(([, count]) => count))
  const others = n - Math.max(...each.map(([, count]) => count))
  if (others > 0 && others < below) return true
  const sum = total(each.map(([value, count]) => value * count))
  const squares = each.map(([value, count]) => ({ one: (value - sum / n) ** 2, count }))
  if (Math.max(...squares.map(({ one }) => one)) > total(squares.map(({ one, count }) => one * count)) / 2 + 1e-9) return true
  const values = each.map(([value]) => value)
  return values.every((value) => value >= 0) && Math.max(...values) > sum / 2 + 1e-9
}

/** Whether one family makes up more than half of the sum, or of the sum of squares around the mean: those would be about its own number. */
function isOfOne(families: readonly number[][]): boolean {
  const all = families.flat()
  const mean = total(all) / all.length
  const squares = families.map((its) => total(its.map((value) => (value - mean) ** 2)))
  if (Math.max(...squares) > total(squares) / 2 + 1e-9) return true
  const sums = families.map((its) => total(its))
  return all.every((value) => value >= 0) && Math.max(...sums) > total(sums) / 2 + 1e-9
}

const total = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0)

/** The range as it is printed; a star where one of its ends is of few. */
function endsOf(counts: Counts, isShown: (value: number) => boolean): string {
  const values = [...counts.keys()]
  const ends = [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))]
  return ends.every(isShown) ? ends.join(' ') : '*'
}

/** The same of the median. */
function middleOf(counts: Counts, isShown: (value: number) => boolean): string {
  const ends = middleIn([...counts].sort(([a], [b]) => a - b))
  return ends.every(isShown) ? ends.join(' ') : '*'
}

/** The value or the two values in the middle, of values with how often they occur, from low to high. */
export function middleIn(counts: readonly (readonly [value: number, count: number])[]): [number, number] {
  const n = total(counts.map(([, count]) => count))
  const at = (place: number): number => {
    let before = 0
    for (const [value, count] of counts) {
      before += count
      if (before > place) return value
    }
    return Number.NaN
  }
  return [at(Math.floor((n - 1) / 2)), at(Math.floor(n / 2))]
}
