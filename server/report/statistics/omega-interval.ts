import { quantile } from './describe.ts'
import { loadingsOf } from './one-factor.ts'
import { type Interval, tailOf } from './outcome.ts'
import { wholeNumbersFrom } from './random.ts'
import { sum } from './sums.ts'

export interface OmegaOptions {
  /** The same seed gives the same interval. */
  seed: number
  /** How often people are drawn anew. */
  repeats?: number
  level?: number
}

/** A draw is near the data: it starts from their loadings, and its omega is known to ten digits when these stand still. */
const stillness = 1e-11

/**
 * Percentile bootstrap interval of omega: people are drawn with putting back, all their items together, and of each draw omega is worked
 * out anew (Padilla and Divers, Educational and Psychological Measurement 73 (2013), 956-972). Quantiles are of type 7.
 *
 * `columns`: the scores of each item; `loadings`: those of the data themselves. A draw in which everybody answered an item alike has no
 * omega. Null when that is so of more than one in twenty.
 */
export function omegaInterval(
  columns: readonly (readonly number[])[],
  loadings: readonly number[],
  { seed, repeats = repeatsFor(columns[0]?.length ?? 0), level = 0.95 }: OmegaOptions,
): Interval | null {
  const tail = tailOf(level)
  const n = columns[0]?.length ?? 0
  const draw = wholeNumbersFrom(seed)
  const found: number[] = []
  for (let repeat = 0; repeat < repeats; repeat++) {
    const times = new Float64Array(n)
    for (let drawn = 0; drawn < n; drawn++) {
      const at = draw(n)
      times[at] = (times[at] as number) + 1
    }
    const correlations = correlationsOf(columns, times)
    if (!correlations) continue
    const factor = loadingsOf(correlations, { start: loadings, stillness })
    found.push(1 - sum(factor.loadings.map((loading) => 1 - loading ** 2)) / sum(correlations.flat()))
  }
  if (found.length < 0.95 * repeats) return null
  found.sort((one, other) => one - other)
  return { level, from: quantile(found, tail), to: quantile(found, 1 - tail) }
}

/** A thousand; fewer of more people than 2,000, of whom each draw has nearly the same. */
const repeatsFor = (n: number): number => Math.max(200, Math.min(1000, Math.floor(2_000_000 / Math.max(1, n))))

/** Of people who count so many times; null when an item is the same for all of them. Around means of the data, so that no digits are lost. */
function correlationsOf(columns: readonly (readonly number[])[], times: Float64Array): number[][] | null {
  const n = times.length
  const centres = columns.map((column) => {
    let total = 0
    for (let at = 0; at < n; at++) total += (times[at] as number) * (column[at] as number)
    return total / n
  })
  const products = columns.map((first, i) =>
    columns.slice(0, i + 1).map((second, j) => {
      const [one, other] = [centres[i] as number, centres[j] as number]
      let total = 0
      for (let at = 0; at < n; at++) total += (times[at] as number) * ((first[at] as number) - one) * ((second[at] as number) - other)
      return total
    }),
  )
  const sds = products.map((row, i) => Math.sqrt(row[i] as number))
  if (sds.some((sd, i) => sd <= 1e-9 * (1 + Math.abs(centres[i] as number)))) return null
  const at = (i: number, j: number): number =>
    i === j ? 1 : (products[Math.max(i, j)]?.[Math.min(i, j)] as number) / ((sds[i] as number) * (sds[j] as number))
  return columns.map((_, i) => columns.map((__, j) => at(i, j)))
}
