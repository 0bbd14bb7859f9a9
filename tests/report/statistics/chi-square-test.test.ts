import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { chiSquareTest } from '../../../server/report/statistics/chi-square-test.ts'
import { normalUpper } from '../../../server/report/statistics/distributions.ts'
import { computed } from './groups.ts'
import { near } from './near.ts'

// Table 7.3 of the report: bands of social optimism at T0, FU3 and FU9, from none to very serious.
const table73 = [
  [21, 7, 2, 2, 3],
  [11, 2, 0, 2, 2],
  [12, 2, 0, 0, 1],
]

test('the printed counts of table 7.3 have X2(8) = 5.15, and not the X2(6) = 22.00 that is printed beside them', () => {
  const made = computed(chiSquareTest('different-people', table73))
  assert.deepEqual([made.df, made.chiSquare.toFixed(2), made.p.toFixed(2), made.n], [8, '5.15', '0.74', 67])
  assert.deepEqual(
    made.warnings.map((warning) => ({ ...warning, smallest: 0 })),
    [{ code: 'expected-below-5', cells: 11, of: 15, smallest: 0 }],
  )
})

test('a chi-square over waves of the same people is refused, with the reason', () => {
  assert.deepEqual(chiSquareTest('same-people', table73), { refused: 'same-people' })
})

test('bands in which nobody is are left out, and said to be', () => {
  // Table 7.1: nobody is in `serious` at any wave.
  const made = computed(chiSquareTest('different-people', [[19, 6, 2, 0, 9], [10, 7, 1, 0, 4], [0, 0, 0, 0, 0]])) // biome-ignore format: one line
  assert.equal(made.df, 3)
  assert.deepEqual(made.warnings.at(-1), { code: 'empty-left-out', rows: [2], columns: [3] })
  const without = computed(chiSquareTest('different-people', [[19, 6, 2, 9], [10, 7, 1, 4]])) // biome-ignore format: one line
  assert.deepEqual([made.chiSquare, made.p], [without.chiSquare, without.p])
})

const count = fc.integer({ min: 1, max: 60 })
const table = fc
  .integer({ min: 2, max: 4 })
  .chain((width) => fc.array(fc.array(count, { minLength: width, maxLength: width }), { minLength: 2, maxLength: 4 }))

test('rows and columns may be swapped; ten times as many give ten times the chi-square and the same V', () => {
  fc.assert(
    fc.property(table, (counts) => {
      const made = computed(chiSquareTest('different-people', counts))
      const turned = counts[0]?.map((_, column) => counts.map((row) => row[column] as number)) ?? []
      near(computed(chiSquareTest('different-people', turned)).chiSquare, made.chiSquare, 1e-10, 1e-9)
      const tenfold = computed(chiSquareTest('different-people', counts.map((row) => row.map((one) => one * 10)))) // biome-ignore format: one line
      near(tenfold.chiSquare, 10 * made.chiSquare, 1e-10, 1e-9)
      near(tenfold.cramersV, made.cramersV, 1e-10, 1e-9)
      assert.ok(made.cramersV >= 0 && made.cramersV <= 1 + 1e-12)
    }),
  )
})

test('of two by two it is the square of the z of two proportions', () => {
  fc.assert(
    fc.property(count, count, count, count, (a, b, c, d) => {
      const made = computed(chiSquareTest('different-people', [[a, b], [c, d]])) // biome-ignore format: one line
      const [n, m] = [a + b, c + d]
      const pooled = (a + c) / (n + m)
      const z = (a / n - c / m) / Math.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m))
      near(made.chiSquare, z ** 2, 1e-9, 1e-9)
      near(made.p, 2 * normalUpper(Math.abs(z)), 1e-7)
    }),
  )
})

test('one row or column with anybody is nothing to compare; what are no counts are refused by name', () => {
  assert.deepEqual(chiSquareTest('different-people', [[3, 4], [0, 0]]), { refused: 'one-category', rows: 1, columns: 2 }) // biome-ignore format: one line
  assert.deepEqual(chiSquareTest('different-people', []), { refused: 'one-category', rows: 0, columns: 0 })
  assert.throws(() => chiSquareTest('different-people', [[1.5, 2], [1, 2]]), /A count is not 1.5/) // biome-ignore format: one line
  assert.throws(() => chiSquareTest('different-people', [[1, 2], [1]]), /as many columns/)
})
