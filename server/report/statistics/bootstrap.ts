import { quantile } from './describe.ts'
import { normalQuantile, normalUpper } from './distributions.ts'
import { type Interval, type Refused, tailOf, type Warning } from './outcome.ts'
import { wholeNumbersFrom } from './random.ts'
import { assertFinite, largest, mean, spreadRefusal, sum, variance } from './sums.ts'

export interface BootstrapOptions {
  /** The same seed gives the same interval. */
  seed: number
  /** How often the data are drawn anew; 10,000 unless there are very many. */
  repeats?: number
  level?: number
}

export interface BootstrapInterval {
  /** The mean, or the difference of means (first - second), of the data themselves. */
  estimate: number
  n: number[]
  /** `percentile` and `bca`, bias-corrected and accelerated. */
  percentile: Interval
  bca: Interval
  /** What the two corrections of `bca` were: both 0 where it is the same as `percentile`. */
  bias: number
  acceleration: number
  seed: number
  repeats: number
  warnings: Warning[]
}

/**
 * Bootstrap intervals of the mean of one group, or of the difference of the means of two groups of different people, each drawn
 * anew from itself (Efron and Tibshirani, An Introduction to the Bootstrap, 1993, chapters 13 and 14). Quantiles of what was drawn
 * are of type 7 (`quantile`).
 *
 *     bca:  from = quantile at P(bias + (bias + z) / (1 - acceleration (bias + z))), z that of the tail, and likewise to
 *     bias: the z below which that share of the drawn estimates lies that is below the estimate (half of those equal to it)
 *     acceleration: sum(d^3) / (6 sum(d^2)^(3/2)), d the influence of each case, (x - mean of its group) / n of its group,
 *         with the other sign in the second group (Davison and Hinkley, Bootstrap Methods and their Application, 1997, 5.3.2)
 *
 * Refused when a group has fewer than two or all are the same; fewer than 20 are warned about.
 */
export function bootstrapMeans(
  groups: readonly [readonly number[]] | readonly [readonly number[], readonly number[]],
  { seed, repeats = repeatsFor(groups), level = 0.95 }: BootstrapOptions,
): BootstrapInterval | Refused {
  const tail = tailOf(level)
  assertFinite(...groups)
  for (const [group, { length: n }] of groups.entries()) if (n < 2) return { refused: 'too-few', n, needed: 2, group }
  const refusals = groups.map((group) => spreadRefusal(Math.sqrt(variance(group)), largest(group)))
  const beyond = refusals.find((refusal) => refusal?.refused === 'beyond-numbers')
  if (beyond) return beyond
  if (!refusals.includes(null)) return { refused: 'no-variance' }
  const estimate = differenceOf(groups.map(mean))
  const drawn = drawnMeans(groups, seed, repeats).toSorted((one, other) => one - other)
  // Sums of decimal scores in another order differ in their last digits.
  const slack = 1e-12 * largest(...groups)
  const below = drawn.filter((one) => one < estimate - slack).length + drawn.filter((one) => Math.abs(one - estimate) <= slack).length / 2
  const share = Math.min(repeats - 0.5, Math.max(0.5, below)) / repeats
  const bias = -normalQuantile(share)
  const acceleration = accelerationOf(groups)
  const at = (z: number): number => normalUpper(-(bias + (bias + z) / (1 - acceleration * (bias + z))))
  const z = normalQuantile(tail)
  const interval = (from: number, to: number): Interval => ({ level, from: quantile(drawn, from), to: quantile(drawn, to) })
  const fewest = Math.min(...groups.map(({ length }) => length))
  return {
    estimate,
    n: groups.map(({ length }) => length),
    percentile: interval(tail, 1 - tail),
    bca: interval(at(-z), at(z)),
    bias,
    acceleration,
    seed,
    repeats,
    warnings: fewest < 20 ? [{ code: 'few-for-bootstrap', n: fewest }] : [],
  }
}

/** Ten thousand; fewer of more values than 20,000, of which each draw has nearly the same mean. */
const repeatsFor = (groups: readonly (readonly number[])[]): number =>
  Math.max(2000, Math.min(10_000, Math.floor(200_000_000 / Math.max(1, groups.flat().length))))

/** The mean, or the difference of means, of as many values drawn from each group with putting back as it has; in the order drawn. */
export function drawnMeans(groups: readonly (readonly number[])[], seed: number, repeats: number): number[] {
  const draw = wholeNumbersFrom(seed)
  const meanOfDrawn = (group: readonly number[]): number => {
    let total = 0
    for (let drawn = 0; drawn < group.length; drawn++) total += group[draw(group.length)] as number
    return total / group.length
  }
  return Array.from({ length: repeats }, () => differenceOf(groups.map(meanOfDrawn)))
}

const differenceOf = ([first = 0, second = 0]: readonly number[]): number => first - second

function accelerationOf(groups: readonly (readonly number[])[]): number {
  const influences = groups.flatMap((group, index) => {
    const middle = mean(group)
    return group.map((value) => ((index === 0 ? 1 : -1) * (value - middle)) / group.length)
  })
  return sum(influences.map((one) => one ** 3)) / (6 * sum(influences.map((one) => one ** 2)) ** 1.5)
}
