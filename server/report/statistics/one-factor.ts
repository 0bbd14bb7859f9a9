import { sum } from './sums.ts'

/** No loading leaves an item a uniqueness below this, as in R's `psych` and `factanal`. */
const leastUniqueness = 0.005

/**
 * The loadings of items on one factor by minimum residuals: those for which the squared differences between the correlations of
 * different items and the products of their loadings are least (Harman and Jones, Psychometrika 31 (1966), 351-368). Loading by
 * loading the best one is sum(r_ij l_j) / sum(l_j^2) over the other items j, until none moves: every step comes nearer.
 *
 * `atBound`: items of which the uniqueness came out at its least (Heywood cases). The signs are such that the loadings add up to
 * something positive. `start`: loadings near the ones that are sought; `stillness`: below which moves it stops.
 */
export function loadingsOf(
  correlations: readonly Float64Array[],
  { start = startOf(correlations), stillness = 1e-14 }: { start?: readonly number[]; stillness?: number } = {},
): { loadings: number[]; atBound: number[] } {
  const most = Math.sqrt(1 - leastUniqueness)
  const loadings = Float64Array.from(start)
  for (let round = 0; round < 100_000; round++) if (improve(loadings, correlations, most) < stillness) break
  const sign = sum(loadings) < 0 ? -1 : 1
  const atBound = [...loadings.keys()].filter((item) => Math.abs(loadings[item] as number) >= most)
  return { loadings: Array.from(loadings, (loading) => sign * loading), atBound }
}

/** One round; returns by how much the loading moved that moved most. Nearly all time goes here, where little fits one factor. */
function improve(loadings: Float64Array, correlations: readonly Float64Array[], most: number): number {
  const k = loadings.length
  let moved = 0
  for (let i = 0; i < k; i++) {
    const row = correlations[i] as Float64Array
    let products = 0
    let squares = 0
    for (let j = 0; j < k; j++) {
      if (j === i) continue
      const loading = loadings[j] as number
      products += (row[j] as number) * loading
      squares += loading * loading
    }
    const best = squares === 0 ? 0 : Math.max(-most, Math.min(most, products / squares))
    moved = Math.max(moved, Math.abs(best - (loadings[i] as number)))
    loadings[i] = best
  }
  return moved
}

/** The main direction of the correlations, by the power method; a start at equal loadings would not see items that go against others. */
function startOf(correlations: readonly Float64Array[]): number[] {
  let direction = correlations.map((_, index) => 1 + index / 100)
  for (let round = 0; round < 50; round++) {
    const next = correlations.map((row) => sum(row.map((r, j) => r * (direction[j] as number))))
    const length = Math.hypot(...next) / Math.sqrt(correlations.length)
    if (length > 0) direction = next.map((one) => one / length)
  }
  return direction.map((one) => one / 2)
}
