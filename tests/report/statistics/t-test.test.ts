import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { oneWay } from '../../../server/report/statistics/analysis-of-variance.ts'
import { describe } from '../../../server/report/statistics/describe.ts'
import { pairedT, twoGroupsT } from '../../../server/report/statistics/t-test.ts'
import { computed, group } from './groups.ts'
import { near } from './near.ts'

/** So many of each score, from the first score on. */
const scores = (first: number, ...counts: number[]): number[] =>
  counts.flatMap((count, index) => Array.from({ length: count }, () => first + index))
const rounded = (value: number, decimals: number): string => value.toFixed(decimals)

// Table 3.3 of the report: number of different problems. Whole numbers that have exactly the printed n, mean, sd and range; of the
// smaller group there are no others, and all others of the larger one have the same t.
const withoutConference = scores(1, 16, 4, 1)
const withConference = scores(1, 43, 31, 11, 1, 1)

test('the published t test: 21 and 87 families, means 1.29 and 1.69, sd .56 and .83: t(106) = -2.12, p = .036', () => {
  for (const [values, n, mean, sd, min, max] of [
    [withoutConference, 21, '1.29', '0.56', 1, 3],
    [withConference, 87, '1.69', '0.83', 1, 5],
  ] as const) {
    const made = computed(describe(values))
    assert.deepEqual([made.n, rounded(made.mean, 2), rounded(made.sd ?? 0, 2), made.min, made.max], [n, mean, sd, min, max])
  }
  const made = computed(twoGroupsT('student', withoutConference, withConference, { sides: 'two' }))
  assert.deepEqual([made.df, rounded(made.t, 2), rounded(made.p, 3), made.n], [106, '-2.12', '0.036', [21, 87]])
})

test('swapping the groups turns the sign; a one-sided p is half of the two-sided one, or what it leaves of 1', () => {
  fc.assert(
    fc.property(group, group, fc.constantFrom('student', 'welch'), (one, other, kind) => {
      const made = computed(twoGroupsT(kind, one, other, { sides: 'two' }))
      const swapped = computed(twoGroupsT(kind, other, one, { sides: 'two' }))
      near(swapped.t, -made.t, 1e-12, 1)
      near(swapped.p, made.p, 1e-10)
      near(swapped.interval.from, -made.interval.to, 1e-10, 1)
      const greater = computed(twoGroupsT(kind, one, other, { sides: 'greater' }))
      const less = computed(twoGroupsT(kind, one, other, { sides: 'less' }))
      near(greater.p + less.p, 1, 1e-12)
      near(Math.min(greater.p, less.p), made.p / 2, 1e-10)
      assert.equal(greater.p < less.p, made.t > 0)
      assert.deepEqual(greater.interval, made.interval)
    }),
  )
})

test('moving or stretching all scores changes neither t nor p; the interval has 0 in it just when p is above .05', () => {
  fc.assert(
    fc.property(group, group, fc.integer({ min: -500, max: 500 }), fc.integer({ min: 1, max: 20 }), (one, other, shift, scale) => {
      const move = (values: number[]): number[] => values.map((value) => value * scale + shift)
      for (const kind of ['student', 'welch'] as const) {
        const made = computed(twoGroupsT(kind, one, other, { sides: 'two' }))
        const moved = computed(twoGroupsT(kind, move(one), move(other), { sides: 'two' }))
        near(moved.t, made.t, 1e-9, 1e-3)
        near(moved.p, made.p, 1e-8)
        near(moved.estimate, made.estimate * scale, 1e-10, 1)
        if (Math.abs(made.p - 0.05) > 1e-9) assert.equal(made.interval.from < 0 && made.interval.to > 0, made.p > 0.05)
      }
    }),
  )
})

test('F of two groups is the square of their t, and groups of one size have the same t by Welch', () => {
  fc.assert(
    fc.property(group, group, (one, other) => {
      const made = computed(twoGroupsT('student', one, other, { sides: 'two' }))
      const variance = computed(oneWay([one, other]))
      near(variance.f, made.t ** 2, 1e-10, 1e-6)
      near(variance.p, made.p, 1e-8)
      const n = Math.min(one.length, other.length)
      const [short, asShort] = [one.slice(0, n), other.slice(0, n)]
      const student = twoGroupsT('student', short, asShort, { sides: 'two' })
      const welch = twoGroupsT('welch', short, asShort, { sides: 'two' })
      if ('refused' in student || 'refused' in welch) assert.deepEqual(student, welch)
      else {
        near(welch.t, student.t, 1e-10, 1e-6)
        assert.ok(welch.df <= student.df + 1e-9)
      }
    }),
  )
})

test('a paired test is one of the differences: whatever both waves have in common does not count', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(9), fc.nat(9), fc.nat(99)), { minLength: 3, maxLength: 30 }), (people) => {
      const [before, after] = [people.map(([one]) => one), people.map(([, two]) => two)]
      const made = pairedT(before, after, { sides: 'two' })
      const level = people.map(([, , common]) => common)
      const moved = pairedT(
        before.map((value, index) => value + (level[index] as number)),
        after.map((value, index) => value + (level[index] as number)),
        { sides: 'two' },
      )
      if ('refused' in made || 'refused' in moved) assert.deepEqual(moved, made)
      else near(moved.t, made.t, 1e-9, 1e-6)
    }),
  )
})

test('what cannot be tested is refused with the reason', () => {
  const sides = 'two'
  assert.deepEqual(twoGroupsT('welch', [1, 2], [3], { sides }), { refused: 'too-few', n: 1, needed: 2, group: 1 })
  assert.deepEqual(twoGroupsT('student', [], [3, 4], { sides }), { refused: 'too-few', n: 0, needed: 2, group: 0 })
  assert.deepEqual(twoGroupsT('student', [2, 2], [3, 3], { sides }), { refused: 'no-variance' })
  assert.deepEqual(pairedT([1], [2], { sides }), { refused: 'too-few', n: 1, needed: 2 })
  assert.deepEqual(pairedT([0.3, 0.2], [0.2, 0.1], { sides }), { refused: 'no-variance' })
  assert.throws(() => pairedT([1, 2], [1], { sides }), /two equally long rows, not of 2 and 1/)
  assert.throws(() => twoGroupsT('welch', [1, 2], [1, 3], { sides, level: 95 }), /between 0 and 1, not 95/)
})
