/**
 * The natural logarithm of the determinant of a symmetric matrix, by Cholesky's factors (Golub and Van Loan, Matrix Computations, 4.2).
 * Null when it is not positive definite, but for rounding.
 */
export function logDeterminant(matrix: readonly (readonly number[])[]): number | null {
  const factor: number[][] = []
  let total = 0
  for (const [i, row] of matrix.entries()) {
    const made: number[] = []
    factor.push(made)
    for (let j = 0; j <= i; j++) {
      let rest = row[j] as number
      for (let k = 0; k < j; k++) rest -= (made[k] as number) * (factor[j]?.[k] as number)
      if (j < i) made.push(rest / (factor[j]?.[j] as number))
      else if (rest <= 1e-12 * (row[i] as number)) return null
      else {
        made.push(Math.sqrt(rest))
        total += Math.log(rest)
      }
    }
  }
  return total
}
