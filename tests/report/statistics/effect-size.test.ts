import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { pairedD, twoGroupsD } from '../../../server/report/statistics/effect-size.ts'
import { twoGroupsT } from '../../../server/report/statistics/t-test.ts'
import { computed, group } from './groups.ts'
import { near } from './near.ts'

const few = { numRuns: 25 }

test('d of two groups does not know units, turns its sign with the groups, lies in its interval, and shrinks to g', () => {
  fc.assert(
    fc.property(group, group, fc.integer({ min: 1, max: 50 }), fc.integer({ min: -99, max: 99 }), (one, other, scale, shift) => {
      const made = computed(twoGroupsD(one, other))
      if (!made.interval) return assert.deepEqual(made.warnings, [{ code: 'no-interval' }])
      const moved = computed(
        twoGroupsD(...([one, other].map((values) => values.map((value) => value * scale + shift)) as [number[], number[]])),
      )
      near(moved.d, made.d, 1e-9, 1e-3)
      const turned = computed(twoGroupsD(other, one))
      near(turned.d, -made.d, 1e-12, 1e-3)
      near(turned.interval?.from ?? 0, -made.interval.to, 1e-8, 1e-2)
      assert.ok(made.interval.from < made.d && made.d < made.interval.to)
      assert.ok(Math.abs(made.g) <= Math.abs(made.d))
    }),
    few,
  )
})

test('the interval of d leaves 0 out just when the t test says p < .05', () => {
  fc.assert(
    fc.property(group, group, (one, other) => {
      const { interval } = computed(twoGroupsD(one, other))
      const { p } = computed(twoGroupsT('student', one, other, { sides: 'two' }))
      if (interval && Math.abs(p - 0.05) > 1e-9) assert.equal(interval.from > 0 || interval.to < 0, p < 0.05)
    }),
    few,
  )
})

test('of pairs, what d is divided by is told apart: the sd of the differences, or the mean sd of both waves', () => {
  const [before, after] = [
    [4, 6, 8, 10, 12],
    [3, 6, 6, 9, 10],
  ]
  // Differences 1, 0, 2, 1, 2: mean 1.2, variance 0.7. Variances of the waves 10 and 7.7.
  const byDifferences = computed(pairedD('sd-of-differences', before, after))
  const byMean = computed(pairedD('mean-sd', before, after))
  near(byDifferences.d, 1.2 / Math.sqrt(0.7), 1e-14)
  near(byMean.d, 1.2 / Math.sqrt(8.85), 1e-14)
  assert.deepEqual([byDifferences.method, byMean.method], ['noncentral-t', 'algina-keselman'])
})

test('an effect beyond measure has no interval, and says so', () => {
  const { d, interval, warnings } = computed(twoGroupsD([1, 1.001, 0.999], [9, 9.001, 9]))
  assert.ok(d < -1000)
  assert.deepEqual([interval, warnings], [null, [{ code: 'no-interval' }]])
})

test('d is refused where t is', () => {
  assert.deepEqual(twoGroupsD([1], [2, 3]), { refused: 'too-few', n: 1, needed: 2, group: 0 })
  assert.deepEqual(twoGroupsD([1, 1], [2, 2]), { refused: 'no-variance' })
  assert.deepEqual(pairedD('mean-sd', [1, 2], [2, 3]), { refused: 'no-variance' })
})
