import { quantile } from './describe.ts'
import { loadingsOf } from './one-factor.ts'
import { type Interval, tailOf } from './outcome.ts'
import { wholeNumbersFrom } from './random.ts'
import { mean } from './sums.ts'

export interface OmegaOptions {
  /** The same seed gives the same interval. */
  seed: number
  /** How often people are drawn anew. */
  repeats?: number
  /** More people than this are drawn in so many groups. */
  groups?: number
  level?: number
}

/** A draw is near the data: it starts from their loadings, and its omega is known to ten digits when these stand still. */
const stillness = 1e-11

/**
 * Percentile bootstrap interval of omega: people are drawn with putting back, all their items together, and of each draw omega is worked
 * out anew (Padilla and Divers, Educational and Psychological Measurement 73 (2013), 956-972). Quantiles are of type 7.
 *
 * More than a thousand people are put by chance into a thousand groups of as many, or one more, and whole groups are drawn (random
 * groups: Wolter, Introduction to Variance Estimation, 2007, chapter 2). Of a group its sums and sums of products are enough, so that a draw takes
 * as long of a hundred thousand people. The variance between draws is that of drawing people, but for 1 / sqrt(2 x 1000) = 2% of its
 * standard error, which is less than a thousand draws leave to chance.
 *
 * `columns`: the scores of each item; `loadings`: those of the data themselves. A draw in which everybody answered an item alike,
 * or in which the items cancel each other out, has no omega. Null when that is so of more than one in twenty.
 */
export function omegaInterval(
  columns: readonly (readonly number[])[],
  loadings: readonly number[],
  { seed, repeats = 1000, groups = 1000, level = 0.95 }: OmegaOptions,
): Interval | null {
  const tail = tailOf(level)
  const draw = wholeNumbersFrom(seed)
  const sums = sumsOfGroups(columns, groups, draw)
  const found: number[] = []
  const times = new Float64Array(sums.length)
  for (let repeat = 0; repeat < repeats; repeat++) {
    times.fill(0)
    for (let drawn = 0; drawn < times.length; drawn++) {
      const at = draw(times.length)
      times[at] = (times[at] as number) + 1
    }
    const correlations = correlationsOf(columns.length, sums, times)
    const omega = correlations && omegaOf(correlations, loadingsOf(correlations, { start: loadings, stillness }).loadings)
    if (omega !== null) found.push(omega)
  }
  if (found.length < 0.95 * repeats) return null
  found.sort((one, other) => one - other)
  return { level, from: quantile(found, tail), to: quantile(found, 1 - tail) }
}

/**
 * 1 - sum of uniquenesses / sum of correlations. Null when the items cancel each other out: the sum of the correlations is the variance of
 * the sum of the standardised items, and without variance there is nothing of which a part could be reliable.
 */
export function omegaOf(correlations: readonly Float64Array[], loadings: readonly number[]): number | null {
  let [unique, whole] = [0, 0]
  for (const [i, row] of correlations.entries()) {
    unique += 1 - (loadings[i] as number) ** 2
    for (const correlation of row) whole += correlation
  }
  return whole <= 1e-12 * correlations.length ** 2 ? null : 1 - unique / whole
}

/**
 * Of each group how many they are, the sum of each item, and the sum of the products of each two, row by row below the diagonal. Around the
 * means of all, so that no digits are lost. Of so few people that each is a group by itself, in their order.
 */
function sumsOfGroups(columns: readonly (readonly number[])[], most: number, draw: (below: number) => number): Float64Array[] {
  const [k, n] = [columns.length, columns[0]?.length ?? 0]
  const centres = columns.map(mean)
  const order = n > most ? shuffled(n, draw) : null
  const sums = Array.from({ length: Math.min(n, most) }, () => new Float64Array(1 + k + (k * (k + 1)) / 2))
  const values = new Float64Array(k)
  for (let place = 0; place < n; place++) {
    const group = sums[place % sums.length] as Float64Array
    const person = order === null ? place : (order[place] as number)
    for (let i = 0; i < k; i++) values[i] = ((columns[i] as readonly number[])[person] as number) - (centres[i] as number)
    group[0] = (group[0] as number) + 1
    let at = k + 1
    for (let i = 0; i < k; i++) {
      const value = values[i] as number
      group[i + 1] = (group[i + 1] as number) + value
      for (let j = 0; j <= i; j++, at++) group[at] = (group[at] as number) + value * (values[j] as number)
    }
  }
  return sums
}

/** 0 to n - 1 in an order by chance (Fisher and Yates). */
function shuffled(n: number, draw: (below: number) => number): Int32Array {
  const order = Int32Array.from({ length: n }, (_, at) => at)
  for (let last = n - 1; last > 0; last--) {
    const other = draw(last + 1)
    const moved = order[last] as number
    order[last] = order[other] as number
    order[other] = moved
  }
  return order
}

/** Of groups that count so many times; null when an item is the same for all of them. */
function correlationsOf(k: number, sums: readonly Float64Array[], times: Float64Array): Float64Array[] | null {
  const totals = new Float64Array(sums[0]?.length ?? 0)
  for (let group = 0; group < times.length; group++) {
    const count = times[group] as number
    if (count === 0) continue
    const own = sums[group] as Float64Array
    for (let at = 0; at < totals.length; at++) totals[at] = (totals[at] as number) + count * (own[at] as number)
  }
  const n = totals[0] as number
  const sds = new Float64Array(k)
  const rows = Array.from({ length: k }, () => new Float64Array(k))
  let at = k + 1
  for (let i = 0; i < k; i++)
    for (let j = 0; j <= i; j++, at++) {
      const product = (totals[at] as number) - ((totals[i + 1] as number) * (totals[j + 1] as number)) / n
      if (i !== j) (rows[i] as Float64Array)[j] = product
      // What is left of squares that are all the same is rounding.
      else if (product <= 1e-12 * (totals[at] as number)) return null
      else sds[i] = Math.sqrt(product)
    }
  for (let i = 0; i < k; i++) {
    const row = rows[i] as Float64Array
    row[i] = 1
    for (let j = 0; j < i; j++) {
      row[j] = (row[j] as number) / ((sds[i] as number) * (sds[j] as number))
      ;(rows[j] as Float64Array)[i] = row[j] as number
    }
  }
  return rows
}
