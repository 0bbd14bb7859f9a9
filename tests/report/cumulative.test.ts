/** Response over time: counted once more by other means, and without what tells of few. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { cumulative } from '../../server/report/statistics/cumulative.ts'

const steps = 8
const came = fc.array(fc.option(fc.nat(steps - 1)), { maxLength: 60 })

test('each count is of those who came by then, and its share is of all who were asked', () => {
  fc.assert(
    fc.property(came, (all) => {
      const { counts, shares, isWholeTold } = cumulative(all, steps, null)
      assert.equal(isWholeTold, true)
      for (let step = 0; step < steps; step++) {
        const by = all.filter((one) => one !== null && one <= step).length
        assert.equal(counts[step], by)
        assert.equal(shares[step], all.length === 0 ? null : (100 * by) / all.length)
      }
    }),
  )
})

test('with small numbers left out no count, no difference of two counts and no rest tells of 1 to 4', () => {
  fc.assert(
    fc.property(came, (all) => {
      const { counts, shares, isWholeTold } = cumulative(all, steps, 5)
      const plain = cumulative(all, steps, null).counts
      const told = [0, ...counts.filter((count) => count !== null)]
      for (const [at, count] of counts.entries()) assert.ok(count === null || count === plain[at])
      const known = isWholeTold ? [...told, all.length] : told
      for (const [at, one] of known.entries())
        for (const other of known.slice(0, at)) assert.ok(one - other === 0 || one - other >= 5, `${other} and ${one} of ${known}`)
      if (!isWholeTold) assert.ok(shares.every((share) => share === null))
    }),
  )
})

test('nobody of nobody is no share', () => {
  assert.deepEqual(cumulative([], 2, 5), { counts: [0, 0], shares: [null, null], isWholeTold: true })
})
