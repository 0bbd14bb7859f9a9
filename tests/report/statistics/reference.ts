/** What R made of data (reference.R), and what our functions make of the same. */
import assert from 'node:assert/strict'
import { intraclass, type KappaWeights, kappa, limitsOfAgreement } from '../../../server/report/statistics/agreement.ts'
import { oneWay } from '../../../server/report/statistics/analysis-of-variance.ts'
import { bootstrapMeans } from '../../../server/report/statistics/bootstrap.ts'
import { chiSquareTest } from '../../../server/report/statistics/chi-square-test.ts'
import { describe, weightedMean } from '../../../server/report/statistics/describe.ts'
import * as distributions from '../../../server/report/statistics/distributions.ts'
import { pairedD, twoGroupsD } from '../../../server/report/statistics/effect-size.ts'
import { noncentralT } from '../../../server/report/statistics/noncentral-t.ts'
import type { Sides } from '../../../server/report/statistics/outcome.ts'
import { proportionDifference } from '../../../server/report/statistics/proportions.ts'
import { cronbachsAlpha, type ItemRows, mcdonaldsOmega } from '../../../server/report/statistics/reliability.ts'
import { reliableChange } from '../../../server/report/statistics/reliable-change.ts'
import { repeatedMeasures } from '../../../server/report/statistics/repeated-measures.ts'
import { pairedT, twoGroupsT } from '../../../server/report/statistics/t-test.ts'
import { near } from './near.ts'

export interface Reference {
  /** Versions. */
  R: string
  psych: string
  seed: number
  cases: { of: string; input: unknown; expected: unknown; within: number }[]
}

interface Pair {
  first: number[]
  second: number[]
  level?: number
  sides: Sides
}
interface Rated {
  categories: string[]
  first: string[]
  second: string[]
  weights: KappaWeights
}
type Part = { count: number; of: number }

const tail =
  (of: (...args: never[]) => number) =>
  (input: unknown): number =>
    of(...(input as never[]))

/** By the name that R gave it. */
const ours: Record<string, (input: never) => unknown> = {
  normalUpper: tail(distributions.normalUpper),
  tUpper: tail(distributions.tUpper),
  fUpper: tail(distributions.fUpper),
  chiSquareUpper: tail(distributions.chiSquareUpper),
  normalQuantile: tail(distributions.normalQuantile),
  tQuantile: tail(distributions.tQuantile),
  fQuantile: tail(distributions.fQuantile),
  chiSquareQuantile: tail(distributions.chiSquareQuantile),
  noncentralT: tail(noncentralT),
  describe,
  weightedMean: ({ values, weights }: { values: number[]; weights: number[] }) => weightedMean(values, weights),
  twoGroupsT: ({ kind, first, second, ...options }: Pair & { kind: 'student' | 'welch' }) => twoGroupsT(kind, first, second, options),
  pairedT: ({ first, second, ...options }: Pair) => pairedT(first, second, options),
  twoGroupsD: ({ first, second, level }: Pair) => twoGroupsD(first, second, level),
  pairedD: ({ by, first, second, level }: Pair & { by: 'mean-sd' }) => pairedD(by, first, second, level),
  oneWay,
  repeatedMeasures,
  chiSquareTest: (counts: number[][]) => {
    const made = chiSquareTest('different-people', counts)
    assert.ok(!('refused' in made))
    const warning = made.warnings.find(({ code }) => code === 'expected-below-5')
    return { ...made, few: warning && 'cells' in warning ? warning.cells : 0 }
  },
  proportionDifference: ({ first, second, level }: { first: Part; second: Part; level: number }) =>
    proportionDifference(first, second, level),
  cronbachsAlpha: (rows: ItemRows) => cronbachsAlpha(rows),
  mcdonaldsOmega: (rows: ItemRows) => mcdonaldsOmega(rows),
  omegaInterval: ({ rows, ...options }: { rows: ItemRows; seed: number; repeats: number; groups?: number }) =>
    mcdonaldsOmega(rows, options),
  kappa: ({ categories, first, second, weights }: Rated) => kappa(categories, pairsOf(first, second), weights),
  intraclass: ({ first, second }: Pair) => intraclass(first, second),
  limitsOfAgreement: ({ first, second }: Pair) => limitsOfAgreement(first, second),
  reliableChange: ({ before, after, ...rule }: { before: number[]; after: number[] } & Parameters<typeof reliableChange>[1]) => {
    const made = reliableChange(
      pairsOf(before, after).map(([one, other]) => ({ before: one, after: other })),
      rule,
    )
    assert.ok(!('refused' in made))
    return { index: made.map(({ index }) => index), change: made.map(({ change }) => change) }
  },
  bootstrapMeans: ({ groups, ...options }: { groups: [number[]]; seed: number; repeats: number }) => bootstrapMeans(groups, options),
}

const pairsOf = <T>(first: readonly T[], second: readonly T[]): [T, T][] => first.map((one, index) => [one, second[index] as T])

/** Holds every number of the reference beside ours; returns how many there were of each function. */
export function holdAgainst({ cases }: Reference): Map<string, number> {
  const held = new Map<string, number>()
  for (const [index, { of, input, expected, within }] of cases.entries()) {
    const made = ours[of]?.(input as never)
    hold(made, expected, within, `${of}, case ${index}:`)
    held.set(of, (held.get(of) ?? 0) + 1)
  }
  return held
}

/** A p is as small as it is; anything else may come near 0 by subtraction, of numbers that are not. */
function hold(made: unknown, expected: unknown, within: number, where: string): void {
  if (typeof expected === 'number') {
    assert.equal(typeof made, 'number', `${where} ${JSON.stringify(made)} is no number`)
    const isTail = where.endsWith('.p') || where.includes('Upper')
    near(made as number, expected, within, isTail ? 0 : 1e-3, where)
  } else if (expected !== null && typeof expected === 'object')
    for (const [key, value] of Object.entries(expected)) hold((made as Record<string, unknown>)?.[key], value, within, `${where}.${key}`)
  else assert.equal(made ?? null, expected, where)
}
