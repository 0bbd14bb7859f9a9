import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { isEligible, orderOfDraw } from '../../protocols/sample.ts'
import { drawsOf, withEveryDraw } from './draws.ts'

const codes = fc.uniqueArray(fc.stringMatching(/^[A-Z][0-9]{1,3}$/), { maxLength: 30 })

test('the order of a draw follows from seed and codes alone, not from the order in which they are given', () => {
  fc.assert(
    fc.property(codes, fc.string(), fc.string(), (given, seed, shuffle) => {
      const order = orderOfDraw(given, drawsOf(seed))
      assert.deepEqual(order.toSorted(), given.toSorted())
      assert.deepEqual(orderOfDraw(given.toReversed(), drawsOf(seed)), order)
      assert.deepEqual(orderOfDraw(orderOfDraw(given, drawsOf(shuffle)), drawsOf(seed)), order)
    }),
  )
})

test('each sample of two out of five is as likely as any other', () => {
  const samples = withEveryDraw((draw) => orderOfDraw(['A', 'B', 'C', 'D', 'E'], draw).slice(0, 2).toSorted().join(''))
  const times = Object.values(Object.groupBy(samples, (sample) => sample)).map((same = []) => same.length)
  assert.deepEqual(
    times,
    Array.from({ length: 10 }, () => 12),
  )
})

test('eligible are the cases in the arms and cohorts of the sample; all of them where it names none', () => {
  const title = { nl: 'tekst', en: 'text' }
  const place = { arm: 'conference', cohort: 'prospective' }
  assert.ok(isEligible({ title, size: 10 }, place))
  assert.ok(isEligible({ title, size: 10, arms: ['conference'], cohorts: ['prospective'] }, place))
  assert.ok(!isEligible({ title, size: 10, arms: ['shadow'], cohorts: ['prospective'] }, place))
  assert.ok(!isEligible({ title, size: 10, arms: ['conference'], cohorts: ['retrospective'] }, place))
})
