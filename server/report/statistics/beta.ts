import { deviance, lentz, stirlingError, type Tails } from './gamma.ts'

/**
 * The regularised incomplete beta functions I_x(a, b) and 1 - I_x(a, b), for a, b > 0 and x + y = 1: whoever knows x knows y
 * without subtracting. By the continued fraction of A.R. DiDonato and A.H. Morris, algorithm 708, ACM Transactions on Mathematical
 * Software 18 (1992), 360-373, eq. 9, in which nothing cancels for large a or b either. It is taken on the side where it settles
 * soon, which is the side of the smaller tail but for a factor.
 */
export function betaTails(a: number, b: number, x: number, y: number): Tails {
  if (x <= 0) return { lower: 0, upper: 1 }
  if (y <= 0) return { lower: 1, upper: 0 }
  const isLower = x <= (a + 1) / (a + b + 2)
  const tail = isLower ? lowerTail(a, b, x, y) : lowerTail(b, a, y, x)
  return isLower ? { lower: tail, upper: 1 - tail } : { lower: 1 - tail, upper: tail }
}

function lowerTail(a: number, b: number, x: number, y: number): number {
  const excess = a * y - b * x
  const fraction = lentz(
    (a * (excess + 1)) / (a + 1),
    (n) => ((a + n - 1) * (a + b + n - 1) * n * (b - n) * x * x) / (a + 2 * n - 1) ** 2,
    (n) => n + (n * (b - n) * x) / (a + 2 * n - 1) + ((a + n) * (excess + 1 + n * (1 + y))) / (a + 2 * n + 1),
  )
  return kernel(a, b, x, y) / fraction
}

/**
 * x^a y^b / B(a, b), from Stirling's formula for the three gammas of B: what is left are three small errors and two deviances
 * (Loader, 2000), none of which is large unless the result is small.
 */
function kernel(a: number, b: number, x: number, y: number): number {
  const both = a + b
  const error = stirlingError(both) - stirlingError(a) - stirlingError(b)
  return Math.exp(error - deviance(a, both * x) - deviance(b, both * y)) * Math.sqrt((a * b) / (2 * Math.PI * both))
}
