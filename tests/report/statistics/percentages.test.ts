import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { percentages } from '../../../server/report/statistics/percentages.ts'

const counts = fc.array(fc.nat(200), { minLength: 1, maxLength: 12 }).filter((some) => some.some((count) => count > 0))
const decimals = fc.integer({ min: 0, max: 2 })
const total = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0)

test('table 3.6 of the report: the bands of NOSIK at T0', () => {
  assert.deepEqual(percentages([17, 4, 2, 4, 8]), [49, 11, 6, 11, 23])
})

test('three thirds: 99 when each is rounded by itself, 100 when they are to add up', () => {
  assert.deepEqual(percentages([1, 1, 1]), [33, 33, 33])
  assert.deepEqual(percentages([1, 1, 1], 'adds-to-100'), [34, 33, 33])
  assert.deepEqual(percentages([1, 1, 1], 'adds-to-100', 1), [33.4, 33.3, 33.3])
})

test('halves go up, also where doubles fall short of the half', () => {
  assert.deepEqual(percentages([1, 7]), [13, 88])
  assert.deepEqual(percentages([23, 177]), [12, 89])
  assert.deepEqual(percentages([5, 1995], 'plain', 1), [0.3, 99.8])
})

test('of nothing there is no percentage', () => {
  assert.deepEqual(percentages([]), { refused: 'too-few', n: 0, needed: 1 })
  assert.deepEqual(percentages([0, 0]), { refused: 'too-few', n: 0, needed: 1 })
  assert.throws(() => percentages([1, -1]), /A count is not -1/)
  assert.throws(() => percentages([1, Number.NaN]), RangeError)
})

test('plain percentages are at most half a unit off', () => {
  fc.assert(
    fc.property(counts, decimals, (some, digits) => {
      for (const [index, rounded] of (percentages(some, 'plain', digits) as number[]).entries())
        assert.ok(Math.abs(rounded - (100 * (some[index] as number)) / total(some)) <= 0.5 / 10 ** digits + 1e-9)
    }),
  )
})

test('adjusted percentages add to 100, are less than a unit off, and a larger count never gets less', () => {
  fc.assert(
    fc.property(counts, decimals, (some, digits) => {
      const adjusted = percentages(some, 'adds-to-100', digits) as number[]
      assert.equal(Math.round(total(adjusted) * 10 ** digits), 100 * 10 ** digits)
      for (const [index, rounded] of adjusted.entries()) {
        assert.ok(Math.abs(rounded - (100 * (some[index] as number)) / total(some)) < 1 / 10 ** digits + 1e-9)
        for (const [other, count] of some.entries()) if (count > (some[index] as number)) assert.ok((adjusted[other] as number) >= rounded)
      }
    }),
  )
})
