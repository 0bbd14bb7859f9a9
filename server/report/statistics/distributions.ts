/**
 * Upper tails P(X > x) of the distributions that the tests use, each computed as such: 1 minus a lower tail has no digits left where
 * it matters. And their counterparts: the value that is exceeded with a given probability.
 */
import { betaTails } from './beta.ts'
import { gammaTails } from './gamma.ts'
import { root } from './root.ts'

/** Standard normal: half of Q(1/2, z^2 / 2) (DLMF 7.11.2). */
export function normalUpper(z: number): number {
  const { lower, upper } = gammaTails(0.5, (z * z) / 2)
  return z < 0 ? (1 + lower) / 2 : upper / 2
}

/** Student's t: half of I(df / 2, 1 / 2) at df / (df + t^2) (DLMF 8.17, Abramowitz and Stegun 26.7.1). */
export function tUpper(t: number, df: number): number {
  const ratio = (t / Math.sqrt(df)) ** 2
  const { lower, upper } = betaTails(df / 2, 0.5, 1 / (1 + ratio), ratio === Infinity ? 1 : ratio / (1 + ratio))
  return t < 0 ? (1 + upper) / 2 : lower / 2
}

/** F: I(df2 / 2, df1 / 2) at df2 / (df2 + df1 f) (Abramowitz and Stegun 26.6.2). */
export function fUpper(f: number, df1: number, df2: number): number {
  if (f <= 0) return 1
  const ratio = (df1 / df2) * f
  return betaTails(df2 / 2, df1 / 2, 1 / (1 + ratio), ratio === Infinity ? 1 : ratio / (1 + ratio)).lower
}

/** Chi-square: Q(df / 2, x / 2) (Abramowitz and Stegun 26.4.2). */
export const chiSquareUpper = (x: number, df: number): number => gammaTails(df / 2, x / 2).upper

/** The z above which a share p of the standard normal distribution lies, 0 < p < 1. */
export const normalQuantile = (p: number): number => symmetric(normalUpper, p)

/** The t above which a share p lies. */
export const tQuantile = (p: number, df: number): number => symmetric((t) => tUpper(t, df), p)

/** The F above which a share p lies. */
export const fQuantile = (p: number, df1: number, df2: number): number => exceeded((f) => fUpper(f, df1, df2), p)

/** The chi-square above which a share p lies. */
export const chiSquareQuantile = (p: number, df: number): number => exceeded((x) => chiSquareUpper(x, df), p)

function symmetric(upper: (x: number) => number, p: number): number {
  if (p === 0.5) return 0
  return p < 0.5 ? exceeded(upper, p) : -exceeded(upper, 1 - p)
}

/** Where a falling tail of what is not below 0 comes to p. In logarithms, where tails are nearly straight. */
function exceeded(upper: (x: number) => number, p: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError(`A probability lies between 0 and 1, not ${p}`)
  let most = 1
  while (upper(most) > p) most *= 2
  if (most === Infinity) return most
  return root((x) => Math.log(upper(x) / p), 0, most)
}
