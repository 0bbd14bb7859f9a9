import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { cutoffBetween, cutoffOfNorm, reliableChange } from '../../../server/report/statistics/reliable-change.ts'
import { near } from './near.ts'

// sd 10 and reliability .82: a difference has a standard error of 10 sqrt(.36) = 6, so that 12 points are reliable and 11 are not.
const rule = { sd: 10, reliability: 0.82, worse: 'high', cutoff: 60 } as const
const changeOf = (before: number, after: number, changed = {}): string => {
  const made = reliableChange([{ before, after }], { ...rule, ...changed })
  return 'refused' in made ? made.refused : (made[0]?.change ?? '')
}

test('a change beyond 1.96 standard errors counts, and recovered is who came over the cutoff by it', () => {
  assert.equal(changeOf(72, 59), 'recovered')
  assert.equal(changeOf(60, 47), 'recovered')
  assert.equal(changeOf(80, 60), 'improved')
  assert.equal(changeOf(59, 40), 'improved')
  assert.equal(changeOf(62, 51), 'unchanged')
  assert.equal(changeOf(40, 51), 'unchanged')
  assert.equal(changeOf(40, 52), 'deteriorated')
  assert.equal(changeOf(72, 59, { cutoff: null }), 'improved')
})

test('where low is bad everything is the other way round', () => {
  const mirror = { worse: 'low', cutoff: -60 } as const
  fc.assert(
    fc.property(fc.integer({ min: 20, max: 99 }), fc.integer({ min: 20, max: 99 }), (before, after) => {
      assert.equal(changeOf(-before, -after, mirror), changeOf(before, after))
      const back = { recovered: 'deteriorated', improved: 'deteriorated', unchanged: 'unchanged' }[changeOf(before, after)]
      if (back) assert.equal(changeOf(after, before), back)
    }),
  )
})

test('the index is in standard errors of a difference', () => {
  const made = reliableChange([{ before: 50, after: 65 }], rule)
  assert.ok(!('refused' in made))
  near(made[0]?.index ?? 0, 2.5, 1e-12)
})

test('a scale that measures without error, or not at all, is refused', () => {
  assert.deepEqual(reliableChange([], { ...rule, reliability: 1 }), { refused: 'reliability', reliability: 1 })
  assert.deepEqual(reliableChange([], { ...rule, reliability: -0.1 }), { refused: 'reliability', reliability: -0.1 })
  assert.deepEqual(reliableChange([], { ...rule, sd: 0 }), { refused: 'no-variance' })
})

test('cutoffs: nearer the group of the smaller sd, or two sd from the norm', () => {
  near(cutoffBetween({ mean: 40, sd: 5 }, { mean: 70, sd: 10 }), 50, 1e-14)
  assert.equal(cutoffOfNorm({ mean: 50, sd: 10 }, 'high'), 70)
  assert.equal(cutoffOfNorm({ mean: 50, sd: 10 }, 'low'), 30)
})
