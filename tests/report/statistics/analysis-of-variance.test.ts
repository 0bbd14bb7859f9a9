import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { oneWay } from '../../../server/report/statistics/analysis-of-variance.ts'
import { repeatedMeasures } from '../../../server/report/statistics/repeated-measures.ts'
import { pairedT } from '../../../server/report/statistics/t-test.ts'
import { computed, group } from './groups.ts'
import { near } from './near.ts'

const groups = fc.array(group, { minLength: 2, maxLength: 5 })
/** Cases with a value at three waves. */
const cases = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 40 })), {
    minLength: 4,
    maxLength: 30,
  })
  .filter((rows) => !('refused' in repeatedMeasures(rows)))

test('squares between and within add up to those of all, in whatever order the groups are', () => {
  fc.assert(
    fc.property(groups, (some) => {
      const made = computed(oneWay(some))
      const all = some.flat()
      const middle = all.reduce((sum, value) => sum + value, 0) / all.length
      const total = all.reduce((sum, value) => sum + (value - middle) ** 2, 0)
      near(made.squares.between + made.squares.within, total, 1e-10)
      assert.ok(made.etaSquared >= 0 && made.etaSquared <= 1)
      const turned = computed(oneWay(some.toReversed()))
      near(turned.f, made.f, 1e-9, 1e-6)
      near(turned.p, made.p, 1e-8)
    }),
  )
})

test('one-way: what cannot be computed is refused', () => {
  assert.deepEqual(oneWay([[1, 2]]), { refused: 'too-few', n: 1, needed: 2 })
  assert.deepEqual(oneWay([[1, 2], []]), { refused: 'too-few', n: 0, needed: 1, group: 1 })
  assert.deepEqual(oneWay([[1], [2]]), { refused: 'too-few', n: 2, needed: 3 })
  assert.deepEqual(oneWay([[1, 1], [2, 2]]), { refused: 'no-variance' }) // biome-ignore format: one line
  assert.deepEqual(computed(oneWay([[1, 3], [2]])).sds, [Math.SQRT2, null])
})

test('over two waves F is the square of the paired t, and there is nothing to correct', () => {
  fc.assert(
    fc.property(cases, (rows) => {
      const two = rows.map((row) => row.slice(0, 2))
      const made = repeatedMeasures(two)
      const paired = pairedT(
        rows.map(([first]) => first),
        rows.map(([, second]) => second),
        { sides: 'two' },
      )
      if ('refused' in made || 'refused' in paired) return assert.deepEqual(made, paired)
      near(made.f, paired.t ** 2, 1e-9, 1e-6)
      near(made.p, paired.p, 1e-8)
      assert.deepEqual([made.epsilon, made.mauchly], [{ greenhouseGeisser: 1, huynhFeldt: 1 }, null])
    }),
  )
})

test('epsilon lies between 1 / (k - 1) and 1; the order of waves and the level of a case do not count', () => {
  fc.assert(
    fc.property(cases, fc.integer({ min: -50, max: 50 }), (rows, shift) => {
      const made = computed(repeatedMeasures(rows))
      const { greenhouseGeisser, huynhFeldt } = made.epsilon
      assert.ok(greenhouseGeisser >= 0.5 - 1e-9 && greenhouseGeisser <= 1 + 1e-9)
      assert.ok(huynhFeldt >= greenhouseGeisser - 1e-9 && huynhFeldt <= 1)
      for (const { p } of [made, ...Object.values(made.corrected)]) assert.ok(p > 0 && p <= 1)
      if (made.mauchly) assert.ok(made.mauchly.w > 0 && made.mauchly.w <= 1 + 1e-9 && made.mauchly.p >= 0 && made.mauchly.p <= 1)
      const moved = computed(repeatedMeasures(rows.map((row, index) => row.map((value) => value + shift * index).toReversed())))
      near(moved.f, made.f, 1e-8, 1e-3)
      near(moved.epsilon.greenhouseGeisser, greenhouseGeisser, 1e-8)
      if (made.mauchly && moved.mauchly) near(moved.mauchly.w, made.mauchly.w, 1e-6, 1e-3)
    }),
  )
})

test('only cases with a value at every wave count, and the others are counted', () => {
  const whole = [[3, 5, 4], [1, 4, 6], [2, 2, 5], [4, 7, 7]] // biome-ignore format: one line
  const made = computed(repeatedMeasures([...whole, [9, null, 9], [null, null, null]]))
  assert.deepEqual({ ...made, leftOut: 0 }, computed(repeatedMeasures(whole)))
  assert.deepEqual([made.n, made.leftOut], [4, 2])
})

test('repeated measures: what cannot be computed is refused', () => {
  assert.deepEqual(repeatedMeasures([[1, 2, 3], [1, null, 4]]), { refused: 'too-few', n: 1, needed: 2 }) // biome-ignore format: one line
  assert.deepEqual(repeatedMeasures([]), { refused: 'too-few', n: 0, needed: 2 })
  assert.deepEqual(repeatedMeasures([[1], [2]]), { refused: 'too-few', n: 1, needed: 2 })
  assert.deepEqual(repeatedMeasures([[1, 2, 3], [2, 3, 4], [5, 6, 7]]), { refused: 'no-variance' }) // biome-ignore format: one line
  assert.throws(() => repeatedMeasures([[1, 2], [1]]), /as many waves/)
})
