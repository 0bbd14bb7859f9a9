/** One statistic of numbers that were observed. */
import type { Statistic } from '../../protocols/report-schema.ts'
import type { Observation } from './observe.ts'
import type { StatisticResult } from './result.ts'
import { bootstrapMeans } from './statistics/bootstrap.ts'
import { type Description, describe, weightedMean } from './statistics/describe.ts'
import { tQuantile } from './statistics/distributions.ts'
import { isRefused } from './statistics/outcome.ts'
import { sum } from './statistics/sums.ts'

/** Of every interval of a report. */
export const level = 0.95
/** The same data give the same bootstrap interval. */
export const bootstrapSeed = 20_080_101

/**
 * The statistic; its numbers are null where there is none. Weighted, where weights differ from 1: mean = sum(w x) / sum(w), and
 * sd = sqrt(sum(w (x - mean)^2) / (sum(w) - 1)), weights being numbers of opinions (as `WEIGHT BY` of SPSS takes them).
 */
export function statisticOf(kind: Exclude<Statistic, 'alpha' | 'omega'>, observations: readonly Observation[]): StatisticResult {
  const values = observations.map(({ value }) => Number(value))
  if (kind === 'n') return { kind, value: values.length }
  const described = describe(values)
  const found = isRefused(described) ? null : described
  if (kind === 'range') return { kind, low: found?.min ?? null, high: found?.max ?? null }
  if (kind === 'median') return { kind, value: found?.median ?? null }
  if (kind === 'sum') return { kind, value: found ? sum(values) : null }
  if (kind === 'interval') return { kind, level, ...intervalOf(found) }
  if (kind === 'bootstrap-interval') return { kind, level, ...bootstrapped(values) }
  const { mean, sd } = centreOf(observations, values, found)
  if (kind === 'mean-sd') return { kind, mean, sd }
  return { kind, value: kind === 'mean' ? mean : sd }
}

function centreOf(
  observations: readonly Observation[],
  values: readonly number[],
  found: Description | null,
): { mean: number | null; sd: number | null } {
  if (observations.every(({ weight }) => weight === 1)) return { mean: found?.mean ?? null, sd: found?.sd ?? null }
  const weights = observations.map(({ weight }) => weight)
  const weighted = weightedMean(values, weights)
  if (isRefused(weighted)) return { mean: null, sd: null }
  const { mean, weight } = weighted
  const squares = sum(values.map((value, index) => (weights[index] as number) * (value - mean) ** 2))
  return { mean, sd: values.length > 1 && weight > 1 ? Math.sqrt(squares / (weight - 1)) : null }
}

/** Of the mean, by the t distribution. */
function intervalOf(found: Description | null): { low: number | null; high: number | null } {
  if (!found || found.sd === null) return { low: null, high: null }
  const half = (tQuantile((1 - level) / 2, found.n - 1) * found.sd) / Math.sqrt(found.n)
  return { low: found.mean - half, high: found.mean + half }
}

function bootstrapped(values: readonly number[]): { low: number | null; high: number | null } {
  const found = bootstrapMeans([values], { seed: bootstrapSeed, level })
  return isRefused(found) ? { low: null, high: null } : { low: found.bca.from, high: found.bca.to }
}
