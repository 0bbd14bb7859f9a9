import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { roundedTest } from '../../../server/report/masking/rounded.ts'
import { testSentence } from '../../../server/report/output/sentences.ts'
import type { TestOutcome } from '../../../server/report/result.ts'
import { both } from '../../instruments/small-files.ts'

const points = fc.oneof(
  fc.double({ min: -100, max: 100, noNaN: true }),
  // As close to a half as it goes.
  fc.tuple(fc.integer({ min: -99, max: 99 }), fc.integer({ min: -60, max: 60 })).map(([whole, by]) => whole + 0.5 + by / 10_000),
)

test('a difference of shares is rounded once: a report without small numbers says the same as one with', () => {
  const said = (outcome: TestOutcome): string =>
    testSentence({ kind: 'chi-square', title: both('Test'), between: [both('one'), both('other')], sides: 'two', outcome }).nl
  fc.assert(
    fc.property(points, points, points, (value, from, to) => {
      const share = { category: both('Yes'), value, interval: { level: 0.95, from, to } }
      const outcome: TestOutcome = {
        ...{ statistic: 'X2', value: 4.1, df: [1], p: 0.04, n: [1201, 1250], significant: true, warnings: [] },
        share,
      }
      const rounded = roundedTest(outcome)
      assert.equal(said(rounded), said(outcome))
      assert.ok([rounded.share?.value, rounded.share?.interval.from, rounded.share?.interval.to].every(Number.isInteger))
    }),
    { examples: [[12.4962, 1.4951, 23]] },
  )
})
