import { logGamma } from './gamma.ts'
import { shiftInterval } from './noncentral-t.ts'
import { type Interval, type Refused, tailOf, type Warning } from './outcome.ts'
import { mean, variance } from './sums.ts'
import { differencesOf, pairedT, twoGroupsT } from './t-test.ts'

export interface EffectSize {
  /** What the difference of the means is divided by: see the functions. */
  by: 'pooled-sd' | 'sd-of-differences' | 'mean-sd'
  /** Cohen's d; above 0 when the first mean is the greater one. */
  d: number
  /** d corrected for the few observations it comes of (Hedges' g): d times gamma(df/2) / (sqrt(df/2) gamma((df - 1)/2)). */
  g: number
  n: [number, number]
  /** Of d. Null when the effect is beyond what its interval is computed for; a warning says so. */
  interval: Interval | null
  /** `noncentral-t` is exact for normal values; `algina-keselman` takes the correlation of the pairs as if it were known. */
  method: 'noncentral-t' | 'algina-keselman'
  warnings: Warning[]
}

/**
 * Cohen's d of two groups of different people, (mean1 - mean2) / pooled sd (Cohen, Statistical Power Analysis, 1988, 2.5.1). Its
 * interval inverts the noncentral t distribution: t = d sqrt(n1 n2 / (n1 + n2)). Refused when the t test is.
 */
export function twoGroupsD(first: readonly number[], second: readonly number[], level = 0.95): EffectSize | Refused {
  const test = twoGroupsT('student', first, second, { sides: 'two', level })
  if ('refused' in test) return test
  const perT = Math.sqrt(1 / test.n[0] + 1 / test.n[1])
  return { by: 'pooled-sd', n: test.n, method: 'noncentral-t', ...scaled(test.t, test.df, perT, level) }
}

/**
 * Cohen's d of the same people twice. By the sd of the differences (d_z): d = t / sqrt(n), with an exact interval. By the mean
 * sd, sqrt((v1 + v2) / 2) (d_av), which compares with a d of two groups: the same limits times sd of the differences / mean sd
 * (Algina and Keselman, Educational and Psychological Measurement 63 (2003), 537-553), approximately.
 */
export function pairedD(
  by: 'sd-of-differences' | 'mean-sd',
  first: readonly number[],
  second: readonly number[],
  level = 0.95,
): EffectSize | Refused {
  const test = pairedT(first, second, { sides: 'two', level })
  if ('refused' in test) return test
  const [n] = test.n
  const differences = differencesOf(first, second)
  const factor = by === 'mean-sd' ? Math.sqrt(variance(differences) / mean([test.sds[0] ** 2, test.sds[1] ** 2])) : 1
  const method = by === 'mean-sd' ? 'algina-keselman' : 'noncentral-t'
  return { by, n: test.n, method, ...scaled(test.t, test.df, factor / Math.sqrt(n), level) }
}

function scaled(t: number, df: number, perT: number, level: number) {
  const limits = shiftInterval(t, df, tailOf(level))
  const d = t * perT
  const g = df < 2 ? d : d * Math.exp(logGamma(df / 2) - logGamma((df - 1) / 2) - Math.log(df / 2) / 2)
  const interval = limits && { level, from: limits.from * perT, to: limits.to * perT }
  const warnings: Warning[] = limits ? [] : [{ code: 'no-interval' }]
  return { d, g, interval, warnings }
}
