/**
 * The gamma function and its incomplete ones, in a shape that keeps its digits in both tails: densities by the saddle point of
 * C. Loader, Fast and Accurate Computation of Binomial Probabilities (2000), whose exponents do not cancel; tails by series and
 * continued fractions of the Digital Library of Mathematical Functions (DLMF), dlmf.nist.gov.
 */

/** Of Stirling's series: B(2k) / (2k (2k - 1)) with the numbers of Bernoulli (DLMF 5.11.1). */
const stirlingSeries = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360]

/**
 * How far Stirling's formula is off, for z > 0: ln gamma(z + 1) - ln(sqrt(2 pi z) (z / e)^z). By the series from 16 on, where
 * its next term is below 1e-17; before that by error(z) = error(z + 1) + (z + 1/2) ln(1 + 1/z) - 1, which is
 * gamma(z + 2) = (z + 1) gamma(z + 1).
 */
export function stirlingError(z: number): number {
  let error = 0
  let at = z
  for (; at < 16; at++) error += (at + 0.5) * Math.log1p(1 / at) - 1
  let power = 1 / at
  for (const factor of stirlingSeries) {
    error += factor * power
    power /= at * at
  }
  return error
}

/** ln gamma(z) for z > 0. */
export const logGamma = (z: number): number => stirlingError(z) + (z - 0.5) * Math.log(z) - z + 0.5 * Math.log(2 * Math.PI)

/**
 * Loader's deviance, a ln(a / x) + x - a, for a >= 0 and x > 0; never below 0. Near x = a its terms cancel; there, with
 * v = (x - a) / (x + a), it is (x - a) v - 2 a (v^3 / 3 + v^5 / 5 + ...), from ln(x / a) = 2 artanh v (DLMF 4.6.4).
 */
export function deviance(a: number, x: number): number {
  if (a === 0) return x
  const v = (x - a) / (x + a)
  if (Math.abs(v) > 0.1) return a * Math.log(a / x) + x - a
  let total = (x - a) * v
  let power = 2 * a * v
  for (let odd = 3; ; odd += 2) {
    power *= v * v
    const next = total - power / odd
    // Not `next === total`: of what is no number this would never end.
    if (!(Math.abs(next - total) > 0)) return total
    total = next
  }
}

/** x^a e^-x / gamma(a + 1), the density of Poisson when a is whole, for a >= 0 and x >= 0. */
export function poissonDensity(a: number, x: number): number {
  if (x === 0) return a === 0 ? 1 : 0
  return a === 0 ? Math.exp(-x) : Math.exp(-stirlingError(a) - deviance(a, x)) / Math.sqrt(2 * Math.PI * a)
}

export interface Tails {
  lower: number
  upper: number
}

/**
 * The regularised incomplete gamma functions P(a, x) and Q(a, x), a > 0. The one that may be small is computed, the other is
 * what it leaves of 1: below x = a + 1 P, by the series of DLMF 8.11.4; above it Q, by the continued fraction of DLMF 8.9.2
 * (contracted to its even part).
 */
export function gammaTails(a: number, x: number): Tails {
  if (x <= 0) return { lower: 0, upper: 1 }
  if (x === Infinity) return { lower: 1, upper: 0 }
  const density = poissonDensity(a, x)
  if (x < a + 1) {
    let term = 1
    let total = 1
    for (let n = 1; term > total * 1e-17; n++) {
      term *= x / (a + n)
      total += term
    }
    return { lower: density * total, upper: 1 - density * total }
  }
  // b0 = x + 1 - a, bn = b0 + 2n, an = n (a - n)
  const fraction = lentz(
    x + 1 - a,
    (n) => n * (a - n),
    (n) => x + 1 - a + 2 * n,
  )
  const upper = (density * a) / fraction
  return { lower: 1 - upper, upper }
}

/**
 * The continued fraction first + over(1) / (under(1) + over(2) / (under(2) + ...)), by the method of Lentz as Thompson and Barnett
 * changed it, Journal of Computational Physics 64 (1986), 490-509.
 */
export function lentz(first: number, over: (n: number) => number, under: (n: number) => number): number {
  const tiny = 1e-300
  let value = first || tiny
  let [c, d] = [value, 0]
  for (let n = 1; n < 1e6; n++) {
    d = 1 / (under(n) + over(n) * d || tiny)
    c = under(n) + over(n) / c || tiny
    value *= c * d
    if (!(Math.abs(c * d - 1) > 5e-16)) return value
  }
  throw new RangeError('A continued fraction did not settle')
}
