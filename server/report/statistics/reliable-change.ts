import type { Refused } from './outcome.ts'
import { assertFinite } from './sums.ts'

export type Change = 'recovered' | 'improved' | 'unchanged' | 'deteriorated'

/** What is known of the scale and its population. */
export interface ReliableChangeRule {
  /** Standard deviation of the scale in the norm group, and its reliability there (alpha, or test-retest). */
  sd: number
  reliability: number
  /** Which end of the scale is the bad one. */
  worse: 'high' | 'low'
  /** The score from which on somebody belongs to those with problems (see `cutoffBetween`, `cutoffOfNorm`); null: nobody is called recovered. */
  cutoff: number | null
}

export interface ReliableChange {
  /** (after - before) / (sd sqrt(2) sqrt(1 - reliability)): in standard errors of a difference. */
  index: number
  change: Change
}

/** Beyond this an index is chance in fewer than 5 of 100 (Jacobson and Truax, 1991). */
const reliable = 1.96

/**
 * The reliable change index of each case (N.S. Jacobson and P. Truax, Journal of Consulting and Clinical Psychology 59 (1991), 12-19).
 * More than 1.96 standard errors of a difference towards the good end is *improved*, towards the bad end *deteriorated*; improved
 * from at or beyond the cutoff to the good side of it is *recovered*; all else is *unchanged*.
 *
 * Refused when the reliability is not from 0 up to 1, or the sd is 0.
 */
export function reliableChange(
  pairs: readonly { before: number; after: number }[],
  { sd, reliability, worse, cutoff }: ReliableChangeRule,
): ReliableChange[] | Refused {
  assertFinite(
    pairs.flatMap(({ before, after }) => [before, after]),
    [sd],
  )
  if (!(reliability >= 0 && reliability < 1)) return { refused: 'reliability', reliability }
  if (!(sd > 0)) return { refused: 'no-variance' }
  const standardError = sd * Math.sqrt(2 * (1 - reliability))
  const sign = worse === 'high' ? 1 : -1
  const isWithProblems = (score: number): boolean => cutoff !== null && sign * (score - cutoff) >= 0
  return pairs.map(({ before, after }) => {
    const index = (after - before) / standardError
    const worsened = sign * index
    if (worsened > reliable) return { index, change: 'deteriorated' }
    if (worsened >= -reliable) return { index, change: 'unchanged' }
    return { index, change: isWithProblems(before) && !isWithProblems(after) ? 'recovered' : 'improved' }
  })
}

/**
 * Cutoff c of Jacobson and Truax: where a score is as far from those with problems as from the norm group, in their own sd's:
 * (sd1 mean2 + sd2 mean1) / (sd1 + sd2).
 */
export const cutoffBetween = (one: { mean: number; sd: number }, other: { mean: number; sd: number }): number =>
  (one.sd * other.mean + other.sd * one.mean) / (one.sd + other.sd)

/** Cutoff b: two sd from the mean of the norm group, towards the bad end; where nothing is known of those with problems. */
export const cutoffOfNorm = ({ mean, sd }: { mean: number; sd: number }, worse: 'high' | 'low'): number =>
  worse === 'high' ? mean + 2 * sd : mean - 2 * sd
