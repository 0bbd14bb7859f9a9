import { fUpper } from './distributions.ts'
import type { Refused } from './outcome.ts'
import { assertFinite, largest, mean, spreadRefusal, squaresAround, sum } from './sums.ts'

export interface AnalysisOfVariance {
  test: 'one-way'
  f: number
  df: [number, number]
  p: number
  /** Of each group. */
  n: number[]
  means: number[]
  /** null for a group of one. */
  sds: (number | null)[]
  /** Sums of squares between and within groups. */
  squares: { between: number; within: number }
  /** Share of the variance that goes with the group: between / (between + within). */
  etaSquared: number
}

/**
 * One-way analysis of variance of groups of different people, with equal variances (Fisher, 1925):
 * F = (between / (k - 1)) / (within / (n - k)). Refused for fewer than two groups, an empty one, nobody left within, or no
 * variance within the groups.
 */
export function oneWay(groups: readonly (readonly number[])[]): AnalysisOfVariance | Refused {
  assertFinite(...groups)
  if (groups.length < 2) return { refused: 'too-few', n: groups.length, needed: 2 }
  for (const [group, { length: n }] of groups.entries()) if (n === 0) return { refused: 'too-few', n, needed: 1, group }
  const all = groups.flat()
  const df: [number, number] = [groups.length - 1, all.length - groups.length]
  if (df[1] < 1) return { refused: 'too-few', n: all.length, needed: groups.length + 1 }
  const within = sum(groups.map(squaresAround))
  const refused = spreadRefusal(Math.sqrt(within / df[1]), largest(all))
  if (refused) return refused
  const middle = mean(all)
  const means = groups.map(mean)
  const between = sum(groups.map(({ length }, index) => length * ((means[index] as number) - middle) ** 2))
  const f = between / df[0] / (within / df[1])
  const sds = groups.map((group) => (group.length < 2 ? null : Math.sqrt(squaresAround(group) / (group.length - 1))))
  const n = groups.map(({ length }) => length)
  const squares = { between, within }
  return { test: 'one-way', f, df, p: fUpper(f, ...df), n, means, sds, squares, etaSquared: between / (between + within) }
}
