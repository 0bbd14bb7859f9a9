/**
 * Which whole numbers a printed line can be of: n, a mean and a standard deviation (n - 1) with two decimals, and a range.
 *
 * All of it is exhaustive and in whole numbers, so that "there are none" is a proof: every sum that rounds to the mean, every sum of
 * squares that then rounds to the standard deviation, and for each whether so many numbers within the range have both.
 */

export interface Printed {
  n: number
  mean: number
  sd: number
  range: readonly [lowest: number, highest: number]
}

/**
 * What the numbers have together. `rounded`: how often the standard deviation was rounded on its way to two decimals; twice is by way of
 * three, as where a package prints three and somebody takes them over in two (1.0448, 1.045, 1.05).
 */
export interface Attainable {
  n: number
  sum: number
  squares: number
  rounded: 'once' | 'twice'
}

const hundredths = (value: number): number => Math.round(value * 100)

/** Sums of `n` numbers, none below 0, within the range whose mean rounds, half up, to the printed one. */
export function sumsOf({ mean, range: [lowest, highest] }: Printed, n: number): number[] {
  const first = Math.max(0, Math.ceil(((2 * hundredths(mean) - 1) * n) / 200))
  const sums: number[] = []
  for (let sum = first; 200 * sum < (2 * hundredths(mean) + 1) * n; sum++) if (sum >= n * lowest && sum <= n * highest) sums.push(sum)
  return sums
}

/** How often the standard deviation of numbers with this sum and these squares was rounded to become the printed one; undefined when it is another. */
export function roundedTo(sd: number, { n, sum, squares }: Omit<Attainable, 'rounded'>): Attainable['rounded'] | undefined {
  // In thousandths, squared and without division: (sd * 1000)² * n * (n - 1).
  const measured = 4_000_000 * (n * squares - sum * sum)
  const bound = (thousandths: number): number => Math.max(0, 2 * thousandths) ** 2 * n * (n - 1)
  const printed = 10 * hundredths(sd)
  if (measured >= bound(printed - 5) && measured < bound(printed + 5)) return 'once'
  if (measured >= bound(printed - 5.5) && measured < bound(printed - 5)) return 'twice'
  return undefined
}

/** All sums and squares that `n` numbers of the printed line can have, those that were rounded once first. */
export function attainableAt(printed: Printed, n: number): Attainable[] {
  const [lowest, highest] = printed.range
  const found = sumsOf(printed, n).flatMap((sum) => {
    const most = n * Math.max(lowest ** 2, highest ** 2)
    const all: Attainable[] = []
    for (let squares = Math.ceil(sum ** 2 / n); squares <= most; squares++) {
      const rounded = roundedTo(printed.sd, { n, sum, squares })
      if (rounded && numbersWith({ n, sum, squares }, printed.range)) all.push({ n, sum, squares, rounded })
    }
    return all
  })
  return found.sort((a, b) => Number(a.rounded === 'twice') - Number(b.rounded === 'twice'))
}

/** The largest n, from the printed one down, for which there are such numbers; undefined when there are none for any n. */
export function largestAttainable(printed: Printed, rounded: Attainable['rounded'] = 'twice'): Attainable | undefined {
  for (let n = printed.n; n > 1; n--) {
    const [first] = attainableAt(printed, n).filter((one) => rounded === 'twice' || one.rounded === 'once')
    if (first) return first
  }
  return undefined
}

type Totals = Pick<Attainable, 'n' | 'sum' | 'squares'>

/** `n` whole numbers with this sum and these squares, from low to high, of which the range is exactly this one; undefined when there are none. */
export function numbersWith({ n, sum, squares }: Totals, [lowest, highest]: Printed['range']): number[] | undefined {
  if (n === 1) return lowest === highest && sum === lowest && squares === lowest ** 2 ? [lowest] : undefined
  const inner = { n: n - 2, sum: sum - lowest - highest, squares: squares - lowest ** 2 - highest ** 2 }
  return numbersWithin(inner, [lowest, highest])
    ?.concat(lowest, highest)
    .sort((a, b) => a - b)
}

/** The same with a range that lies within this one. */
export function numbersWithin(wanted: Totals, [lowest, highest]: Printed['range']): number[] | undefined {
  const hopeless = new Set<string>()
  const from = (value: number, { n, sum, squares }: Totals): number[] | undefined => {
    if (n === 0) return sum === 0 && squares === 0 ? [] : undefined
    if (value > highest || !isWithinReach({ n, sum, squares }, value, highest)) return undefined
    const key = `${value} ${n} ${sum} ${squares}`
    if (hopeless.has(key)) return undefined
    for (const times of likelyFirst({ n, sum, squares }, value, highest)) {
      const rest = from(value + 1, { n: n - times, sum: sum - times * value, squares: squares - times * value ** 2 })
      if (rest) return [...Array.from({ length: times }, () => value), ...rest]
    }
    hopeless.add(key)
    return undefined
  }
  return from(lowest, wanted)
}

/** How often the lowest value may come, beginning with its share in a normal population, so that what is found first looks like scores. */
function likelyFirst({ n, sum, squares }: Totals, lowest: number, highest: number): number[] {
  const mean = sum / n
  const variance = Math.max(squares / n - mean ** 2, 0.05)
  const weights = Array.from({ length: highest - lowest + 1 }, (_, step) => Math.exp(-((lowest + step - mean) ** 2) / (2 * variance)))
  const share = (n * (weights[0] ?? 0)) / weights.reduce((total, weight) => total + weight, 0)
  return Array.from({ length: n + 1 }, (_, times) => times).sort((a, b) => Math.abs(a - share) - Math.abs(b - share))
}

/** Squares are least when the numbers lie together, and most when they lie at both ends; and they are odd when the sum is. */
function isWithinReach({ n, sum, squares }: Totals, lowest: number, highest: number): boolean {
  if (sum < n * lowest || sum > n * highest || (squares - sum) % 2 !== 0) return false
  const even = Math.floor(sum / n)
  const above = sum - n * even
  const least = (n - above) * even ** 2 + above * (even + 1) ** 2
  const width = highest - lowest
  const atTop = width === 0 ? 0 : Math.floor((sum - n * lowest) / width)
  const between = sum - atTop * highest - (n - atTop - 1) * lowest
  const most = atTop === n ? n * highest ** 2 : atTop * highest ** 2 + (n - atTop - 1) * lowest ** 2 + between ** 2
  return squares >= least && squares <= most
}
