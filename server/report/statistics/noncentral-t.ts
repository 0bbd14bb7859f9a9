import { betaTails } from './beta.ts'
import { normalUpper } from './distributions.ts'
import { poissonDensity } from './gamma.ts'
import { root } from './root.ts'

/**
 * P(T <= t) of the noncentral t distribution:
 *
 *     P(N <= -shift) + 1/2 sum over k >= 0 of sign(shift)^k  Poisson(k/2; shift^2/2)  I((k + 1)/2, df/2) at t^2 / (df + t^2)
 *
 * for t >= 0, and by symmetry below (R.V. Lenth, algorithm AS 243, Applied Statistics 38 (1989), 185-189; his two sums are the even
 * and the odd k). Terms below 1e-17 are left out. Digits are kept to 1e-15 of 1, so not in far tails.
 */
export function noncentralT(t: number, df: number, shift: number): number {
  if (t < 0) return 1 - noncentralT(-t, df, -shift)
  const half = shift ** 2 / 2
  const width = 9 * Math.sqrt(half) + 20
  const ratio = t ** 2 / df
  let total = 0
  for (let k = Math.max(0, Math.floor(2 * (half - width))); k <= 2 * (half + width); k++) {
    const sign = shift < 0 && k % 2 === 1 ? -1 : 1
    total += sign * poissonDensity(k / 2, half) * betaTails((k + 1) / 2, df / 2, ratio / (1 + ratio), 1 / (1 + ratio)).lower
  }
  return normalUpper(shift) + total / 2
}

/** Beyond this the sum would be thousands of terms long, and an effect is not what is being measured. */
const largestT = 100

/**
 * The shifts between which that of the observed t lies with 1 - 2 tail confidence: those at which t would be exceeded, or not be
 * reached, with probability `tail` (Steiger and Fouladi, 1997, in Harlow, Mulaik and Steiger, What if there were no significance
 * tests?). Null when |t| is above 100.
 */
export function shiftInterval(t: number, df: number, tail: number): { from: number; to: number } | null {
  if (Math.abs(t) > largestT) return null
  const where = (probability: number): number => {
    let width = 4
    const off = (shift: number): number => noncentralT(t, df, shift) - probability
    while (off(t - width) < 0 || off(t + width) > 0) width *= 2
    return root(off, t - width, t + width)
  }
  return { from: where(1 - tail), to: where(tail) }
}
