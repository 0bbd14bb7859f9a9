import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { wholeNumbersFrom } from '../../../server/report/statistics/random.ts'
import { cronbachsAlpha, mcdonaldsOmega } from '../../../server/report/statistics/reliability.ts'
import { computed } from './groups.ts'
import { near } from './near.ts'

/** Answers of 5 to 30 people to four items with something in common. */
const answers = fc
  .array(fc.tuple(fc.nat(6), fc.nat(3), fc.nat(3), fc.nat(3), fc.nat(3)), { minLength: 5, maxLength: 30 })
  .map((people) => people.map(([level, ...own]) => own.map((one) => level + one)))
  .filter((rows) => !('refused' in cronbachsAlpha(rows)) && !('refused' in mcdonaldsOmega(rows)))

test('neither the order of items nor a constant added to one changes alpha or omega; other units for one do not change omega', () => {
  fc.assert(
    fc.property(answers, (rows) => {
      const [alpha, omega] = [computed(cronbachsAlpha(rows)), computed(mcdonaldsOmega(rows))]
      const moved = rows.map(([a = 0, b = 0, c = 0, d = 0]) => [d, c + 7, b, a])
      near(computed(cronbachsAlpha(moved)).estimate, alpha.estimate, 1e-10, 1)
      assert.ok(alpha.interval && alpha.interval.from < alpha.estimate && alpha.estimate < alpha.interval.to)
      assert.ok(alpha.estimate <= 1 && omega.estimate < 1)
      // Where one factor does not fit there may be two best ones.
      if (omega.warnings.length > 0) return
      near(computed(mcdonaldsOmega(moved)).estimate, omega.estimate, 1e-7, 1)
      const scaled = rows.map(([a = 0, ...others]) => [3 * a, ...others])
      near(computed(mcdonaldsOmega(scaled)).estimate, omega.estimate, 1e-7, 1)
    }),
    { numRuns: 40 },
  )
})

test('items that say the same have an alpha of 1; what one factor explains wholly has a known omega', () => {
  near(computed(cronbachsAlpha([[1, 1, 1], [3, 3, 3], [4, 4, 4]])).estimate, 1, 1e-14) // biome-ignore format: one line
  // Four patterns of which all correlations are 1/2: loadings sqrt(1/2), so omega = 1 - 3/2 / 6.
  const rows = [
    [1, 1, 0],
    [1, 0, 1],
    [0, 1, 1],
    [2, 2, 2],
  ]
  const correlation = 0.5
  near(computed(mcdonaldsOmega(rows)).estimate, 1 - (3 * (1 - correlation)) / (3 + 6 * correlation), 1e-10)
})

test('an item that was not turned round is pointed at', () => {
  const rows = [1, 2, 3, 4, 5, 6].map((level) => [level, level + (level % 2), 7 - level, level - (level % 3)])
  assert.deepEqual(computed(cronbachsAlpha(rows)).warnings, [{ code: 'reversed-items', items: [2] }])
  assert.deepEqual(computed(mcdonaldsOmega(rows)).warnings[0], { code: 'reversed-items', items: [2] })
})

test('items that one factor does not fit are pointed at', () => {
  // Correlations .9, .9 and .5: the first loading would have to be above 1.
  const rows = [[3, 4, 2], [-3, -4, -2], [3, 2, 4], [-3, -2, -4], [1, 0, 0], [-1, 0, 0]] // biome-ignore format: one line
  const { warnings, estimate } = computed(mcdonaldsOmega(rows))
  assert.deepEqual(warnings, [{ code: 'improper-solution', items: [0] }])
  assert.ok(estimate > 0 && estimate < 1)
})

test('omega with a seed has an interval, the same each time, narrower for more people, and none where draws have no omega', () => {
  const random = wholeNumbersFrom(1)
  const people = (n: number): number[][] =>
    Array.from({ length: n }, () => {
      const level = random(5)
      return Array.from({ length: 4 }, () => level + random(4))
    })
  const rows = people(40)
  const made = computed(mcdonaldsOmega(rows, { seed: 7 }))
  assert.deepEqual(computed(mcdonaldsOmega(rows, { seed: 7 })), made)
  assert.ok(made.interval && made.interval.from < made.estimate && made.estimate < made.interval.to && made.interval.to < 1)
  const width = ({ interval }: typeof made): number => (interval ? interval.to - interval.from : Number.NaN)
  assert.ok(width(computed(mcdonaldsOmega(people(400), { seed: 7 }))) < width(made) / 2)
  // In a third of the draws nobody is the one who answered the last item otherwise.
  const alone = rows.map((row, at) => [...row, Number(at === 0)])
  assert.equal(computed(mcdonaldsOmega(alone, { seed: 7 })).interval, null)
  assert.equal(computed(mcdonaldsOmega(rows)).interval, null)
})

test('of many people, drawn in groups, the interval is as wide as of people drawn one by one', () => {
  const random = wholeNumbersFrom(3)
  for (const n of [1001, 3500]) {
    const rows = Array.from({ length: n }, () => {
      const level = random(4)
      return Array.from({ length: 5 }, (_, item) => level + random(3 + item))
    })
    const [inGroups, oneByOne] = [1000, n].map((groups) => computed(mcdonaldsOmega(rows, { seed: 7, groups })).interval)
    assert.ok(inGroups && oneByOne)
    const width = oneByOne.to - oneByOne.from
    near(inGroups.to - inGroups.from, width, 0.15)
    // By how much of the width the middle is off.
    near((inGroups.from + inGroups.to - oneByOne.from - oneByOne.to) / (2 * width), 0, 0.1, 1)
  }
})

test('only people with an answer to every item count, and the others are counted', () => {
  const whole = [[1, 2, 3], [2, 2, 4], [4, 5, 4], [3, 1, 2]] // biome-ignore format: one line
  for (const coefficient of [cronbachsAlpha, mcdonaldsOmega]) {
    const made = computed(coefficient([...whole, [1, null, 1]]))
    assert.deepEqual([made.n, made.leftOut, made.items], [4, 1, 3])
    assert.equal(made.estimate, computed(coefficient(whole)).estimate)
  }
})

test('what cannot be computed is refused', () => {
  assert.deepEqual(cronbachsAlpha([[1], [2]]), { refused: 'too-few', n: 1, needed: 2 })
  assert.deepEqual(cronbachsAlpha([[1, 2]]), { refused: 'too-few', n: 1, needed: 2 })
  assert.deepEqual(cronbachsAlpha([[1, 3], [2, 2]]), { refused: 'no-variance' }) // biome-ignore format: one line
  assert.deepEqual(mcdonaldsOmega([[1, 2], [2, 1]]), { refused: 'too-few', n: 2, needed: 3 }) // biome-ignore format: one line
  assert.deepEqual(mcdonaldsOmega([[1, 2, 3], [1, 4, 2], [1, 3, 4]]), { refused: 'no-variance', items: [0] }) // biome-ignore format: one line
  // All correlations are -1/2: what the items have in sum has no variance, also where their standardised values alone cancel out.
  const cancelling = [[0, 1, 2], [1, 2, 0], [2, 0, 1]] // biome-ignore format: one line
  assert.deepEqual(cronbachsAlpha(cancelling), { refused: 'no-variance' })
  assert.deepEqual(mcdonaldsOmega(cancelling), { refused: 'no-variance' })
  assert.deepEqual(mcdonaldsOmega(cancelling.map(([a = 0, b = 0, c = 0]) => [a, b, 10 * c])), { refused: 'no-variance' })
  // The sum is 0 for everybody, but for the rounding of tenths.
  const rounded = [[1.1, 1.1, -2.2], [1, 1.2, -2.2], [1.1, 1, -2.1], [0.7, 0.1, -0.8]] // biome-ignore format: one line
  assert.deepEqual(cronbachsAlpha(rounded), { refused: 'no-variance' })
  assert.throws(() => cronbachsAlpha([[1, 2], [1]]), /as many items/)
})
