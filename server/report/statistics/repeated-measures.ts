import { chiSquareUpper, fUpper } from './distributions.ts'
import { logDeterminant } from './matrix.ts'
import type { Refused } from './outcome.ts'
import { assertFinite, covariances, largest, mean, spreadRefusal, sum, variance } from './sums.ts'

export interface RepeatedMeasures {
  test: 'repeated-measures'
  f: number
  /** Without correction. */
  df: [number, number]
  /** Without correction: right only if differences between any two waves have the same variance (sphericity). */
  p: number
  /** Lower bound 1 / (k - 1), and 1 under sphericity; what df are multiplied by. */
  epsilon: { greenhouseGeisser: number; huynhFeldt: number }
  /** With the df multiplied by these epsilons. The first is the one to report. */
  corrected: { greenhouseGeisser: Corrected; huynhFeldt: Corrected }
  /** Mauchly's test of sphericity; null for two waves, where there is nothing to test, and for too few cases. */
  mauchly: { w: number; chiSquare: number; df: number; p: number } | null
  /** Cases with a value at every wave: only these count. */
  n: number
  /** Cases of which a value is missing. */
  leftOut: number
  /** Of the complete cases, at each wave. */
  means: number[]
  sds: number[]
  squares: { waves: number; cases: number; error: number }
  /** waves / (waves + error). */
  partialEtaSquared: number
}

interface Corrected {
  df: [number, number]
  p: number
}

/**
 * Analysis of variance of the same cases over waves; a row is a case with its value at each wave, or null. F = (waves / (k - 1)) /
 * (error / ((k - 1)(n - 1))), with df corrected by
 *
 *     Greenhouse and Geisser, Psychometrika 24 (1959), 95-112: e = tr(S)^2 / ((k - 1) tr(S^2)), S the covariances of contrasts
 *     Huynh and Feldt, Journal of Educational Statistics 1 (1976), 69-82: (n (k-1) e - 2) / ((k-1) (n - 1 - (k-1) e)), from e to 1
 *
 * tr(S) and tr(S^2) are those of the covariances of the waves after each case's own mean is taken off. Refused for fewer than two waves or
 * complete cases, and when cases do not differ in how they change.
 */
export function repeatedMeasures(rows: readonly (readonly (number | null)[])[]): RepeatedMeasures | Refused {
  const complete = rows.filter((row): row is readonly number[] => row.every((value) => value !== null))
  assertFinite(...complete)
  const [n, k] = [complete.length, rows[0]?.length ?? 0]
  if (rows.some(({ length }) => length !== k)) throw new RangeError('Every case has as many waves')
  if (k < 2) return { refused: 'too-few', n: k, needed: 2 }
  if (n < 2) return { refused: 'too-few', n, needed: 2 }
  const columns = Array.from({ length: k }, (_, wave) => complete.map((row) => row[wave] as number))
  // Each case less its own mean: what is left is how it changed.
  const changes = columns.map((column) => column.map((value, index) => value - mean(complete[index] as readonly number[])))
  const centred = covariances(changes)
  const trace = sum(centred.map((row, index) => row[index] as number))
  const refused = spreadRefusal(Math.sqrt(trace / (k - 1)), largest(...complete))
  if (refused) return refused
  const means = columns.map(mean)
  const middle = mean(means)
  const waves = n * sum(means.map((one) => (one - middle) ** 2))
  const error = (n - 1) * trace
  const cases = k * sum(complete.map((row) => (mean(row) - middle) ** 2))
  const df: [number, number] = [k - 1, (k - 1) * (n - 1)]
  const f = waves / df[0] / (error / df[1])
  const greenhouseGeisser = k === 2 ? 1 : trace ** 2 / ((k - 1) * sum(centred.flat().map((value) => value ** 2)))
  const above = n * (k - 1) * greenhouseGeisser - 2
  const below = (k - 1) * (n - 1 - (k - 1) * greenhouseGeisser)
  const huynhFeldt = k === 2 || below <= 0 ? 1 : Math.min(1, Math.max(greenhouseGeisser, above / below))
  const correct = (epsilon: number): Corrected => {
    const smaller: [number, number] = [df[0] * epsilon, df[1] * epsilon]
    return { df: smaller, p: fUpper(f, ...smaller) }
  }
  return {
    test: 'repeated-measures',
    f,
    df,
    p: fUpper(f, ...df),
    epsilon: { greenhouseGeisser, huynhFeldt },
    corrected: { greenhouseGeisser: correct(greenhouseGeisser), huynhFeldt: correct(huynhFeldt) },
    mauchly: mauchlyOf(centred, trace, n),
    n,
    leftOut: rows.length - n,
    means,
    sds: columns.map((column) => Math.sqrt(variance(column))),
    squares: { waves, cases, error },
    partialEtaSquared: waves / (waves + error),
  }
}

/**
 * Mauchly, Annals of Mathematical Statistics 11 (1940), 204-209: W = det(S) / (tr(S) / p)^p of the covariances S of p = k - 1
 * orthonormal contrasts; -rho (n - 1) ln W is chi-square but for a term of second order, which is taken along (T.W. Anderson,
 * An Introduction to Multivariate Statistical Analysis, 10.7.4). Successive differences are contrasts too, though not orthonormal:
 * the determinant of their covariances is k times that of S.
 */
function mauchlyOf(centred: readonly (readonly number[])[], trace: number, n: number): RepeatedMeasures['mauchly'] {
  const k = centred.length
  const p = k - 1
  if (p < 2 || n - 1 < p) return null
  const at = (row: number, column: number): number => centred[row]?.[column] as number
  const differences = Array.from({ length: p }, (_, i) =>
    Array.from({ length: p }, (_, j) => at(i, j) - at(i + 1, j) - at(i, j + 1) + at(i + 1, j + 1)),
  )
  const determinant = logDeterminant(differences)
  if (determinant === null) return null
  const logW = determinant - Math.log(k) - p * Math.log(trace / p)
  const df = (p * (p + 1)) / 2 - 1
  const rho = 1 - (2 * p ** 2 + p + 2) / (6 * p * (n - 1))
  const second = ((p + 2) * (p - 1) * (p - 2) * (2 * p ** 3 + 6 * p ** 2 + 3 * p + 2)) / (288 * ((n - 1) * p * rho) ** 2)
  const chiSquare = -rho * (n - 1) * logW
  const tail = chiSquareUpper(chiSquare, df)
  return { w: Math.exp(logW), chiSquare, df, p: Math.min(1, tail + second * (chiSquareUpper(chiSquare, df + 4) - tail)) }
}
