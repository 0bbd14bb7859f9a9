/** Response over time: counted once more by other means, and without what tells of few. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { cumulative } from '../../server/report/statistics/cumulative.ts'

const steps = 8
/** Two people of some families. */
const came = fc
  .array(fc.option(fc.nat(steps - 1)), { maxLength: 60 })
  .map((all) => all.map((step, at) => ({ step, family: at % 7 === 0 ? at : at - 1 })))

test('each count is of those who came by then, and its share is of all who were asked', () => {
  fc.assert(
    fc.property(came, (all) => {
      const { counts, shares } = cumulative(all, steps, null)
      for (let place = 0; place < steps; place++) {
        const by = all.filter(({ step }) => step !== null && step <= place).length
        assert.equal(counts[place], by)
        assert.equal(shares[place], all.length === 0 ? null : (100 * by) / all.length)
      }
    }),
  )
})

test('with small numbers left out no two counts that are told, nor the last and all who came, are 1 to 4 families apart', () => {
  let hidden = 0
  fc.assert(
    fc.property(came, (all) => {
      const { counts, shares } = cumulative(all, steps, 5)
      const plain = cumulative(all, steps, null).counts
      let last = -1
      for (const [place, count] of counts.entries()) {
        hidden += count === null ? 1 : 0
        assert.equal(shares[place] === null, count === null || all.length === 0)
        if (count === null) continue
        assert.equal(count, plain[place])
        const families = new Set(all.flatMap(({ step, family }) => (step !== null && step > last && step <= place ? [family] : [])))
        assert.ok(families.size === 0 || families.size >= 5, `${families.size} families since step ${last}`)
        last = place
      }
      const rest = new Set(all.flatMap(({ step, family }) => (step !== null && step > last ? [family] : [])))
      // Nothing was told at all where so few came.
      assert.ok(rest.size === 0 || rest.size >= 5 || counts.every((count) => count === null || count === 0))
    }),
  )
  assert.ok(hidden > 100)
})

test('nobody of nobody is no share', () => {
  assert.deepEqual(cumulative([], 2, 5), { counts: [0, 0], shares: [null, null] })
})
