import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { proportion, proportionDifference } from '../../../server/report/statistics/proportions.ts'
import { computed } from './groups.ts'
import { near } from './near.ts'

const part = fc.integer({ min: 1, max: 300 }).chain((of) => fc.record({ count: fc.nat(of), of: fc.constant(of) }))

test('the interval stays within 0 and 1, has the proportion in it, and mirrors that of the others', () => {
  fc.assert(
    fc.property(part, ({ count, of }) => {
      const { estimate, interval } = computed(proportion({ count, of }))
      assert.ok(0 <= interval.from && interval.from <= estimate && estimate <= interval.to && interval.to <= 1)
      assert.ok(interval.from < interval.to)
      const others = computed(proportion({ count: of - count, of }))
      near(others.interval.from, 1 - interval.to, 1e-12, 1)
    }),
  )
})

test('nobody of ten is not certainly nobody', () => {
  const { interval } = computed(proportion({ count: 0, of: 10 }))
  // z^2 / (n + z^2) with z = 1.959964
  assert.equal(interval.from, 0)
  near(interval.to, 3.841458820694124 / 13.841458820694124, 1e-12)
})

test('a difference turned round has its sign turned, and lies between -1 and 1', () => {
  fc.assert(
    fc.property(part, part, (one, other) => {
      const made = computed(proportionDifference(one, other))
      const turned = computed(proportionDifference(other, one))
      near(turned.interval.from, -made.interval.to, 1e-12, 1)
      assert.ok(
        -1 <= made.interval.from && made.interval.from <= made.estimate && made.estimate <= made.interval.to && made.interval.to <= 1,
      )
    }),
  )
})

test('of nobody there is no proportion, and it is said in which group', () => {
  assert.deepEqual(proportion({ count: 0, of: 0 }), { refused: 'too-few', n: 0, needed: 1 })
  assert.deepEqual(proportionDifference({ count: 1, of: 2 }, { count: 0, of: 0 }), { refused: 'too-few', n: 0, needed: 1, group: 1 })
  assert.throws(() => proportion({ count: 3, of: 2 }), /3 is more than all 2/)
  assert.throws(() => proportion({ count: -1, of: 2 }), /not -1/)
})
