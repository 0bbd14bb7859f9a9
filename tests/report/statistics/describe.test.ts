import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Description, describe, quantile, weightedMean } from '../../../server/report/statistics/describe.ts'
import { isRefused } from '../../../server/report/statistics/outcome.ts'
import { near } from './near.ts'

const described = (values: readonly number[]): Description => {
  const made = describe(values)
  assert.ok(!isRefused(made))
  return made
}
const scores = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 2, maxLength: 60 })

test('n, mean, sd, range, median and quartiles of a few scores', () => {
  assert.deepEqual(described([4, 1, 3, 2]), { n: 4, mean: 2.5, sd: Math.sqrt(5 / 3), min: 1, max: 4, median: 2.5, q1: 1.75, q3: 3.25 })
})

test('one value has a mean and no sd; none have nothing, and say so', () => {
  assert.deepEqual(described([7]), { n: 1, mean: 7, sd: null, min: 7, max: 7, median: 7, q1: 7, q3: 7 })
  assert.deepEqual(describe([]), { refused: 'too-few', n: 0, needed: 1 })
})

test('equal values have an sd of exactly 0, also where their sum is no exact double', () => {
  const { sd, mean } = described([0.1, 0.1, 0.1])
  assert.deepEqual([sd, mean], [0, 0.1])
})

test('what is no number is refused by name, not averaged', () => {
  assert.throws(() => describe([1, Number.NaN]), /finite numbers, not NaN/)
  assert.throws(() => describe([1, Infinity]), RangeError)
})

test('adding a constant moves what says where and leaves what says how wide; multiplying scales all', () => {
  fc.assert(
    fc.property(scores, fc.integer({ min: -1e6, max: 1e6 }), fc.integer({ min: 1, max: 50 }), (values, shift, scale) => {
      const before = described(values)
      const after = described(values.map((value) => value * scale + shift))
      near(after.sd as number, (before.sd as number) * scale, 1e-9, 1)
      for (const part of ['mean', 'min', 'max', 'median', 'q1', 'q3'] as const) near(after[part], before[part] * scale + shift, 1e-12, 1e6)
    }),
  )
})

test('the sd keeps its digits far from 0', () => {
  assert.equal(described([1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16]).sd, Math.sqrt(30))
})

test('half of the values lie at or below the median, and quantiles rise', () => {
  fc.assert(
    fc.property(scores, (values) => {
      const { min, q1, median, q3, max } = described(values)
      assert.ok(min <= q1 && q1 <= median && median <= q3 && q3 <= max)
      assert.ok(values.filter((value) => value <= median).length * 2 >= values.length)
      assert.equal(
        quantile(
          [...values].sort((a, b) => a - b),
          1,
        ),
        max,
      )
    }),
  )
})

test('equal weights change nothing, and a weight of 2 is a value twice', () => {
  assert.deepEqual(weightedMean([1, 2, 6], [1, 1, 1]), { n: 3, weight: 3, mean: 3 })
  assert.deepEqual(weightedMean([1, 2, 6], [2, 1, 1]), { n: 3, weight: 4, mean: 2.5 })
  assert.deepEqual(weightedMean([1, 2], [0, 0]), { refused: 'no-weight' })
  assert.throws(() => weightedMean([1], [-1]), /not below 0/)
  assert.throws(() => weightedMean([1], []), /1 values have 0 weights/)
})
