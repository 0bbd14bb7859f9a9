import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { intraclass, kappa, limitsOfAgreement, sameCategory } from '../../../server/report/statistics/agreement.ts'
import { transitions } from '../../../server/report/statistics/transitions.ts'
import { computed } from './groups.ts'
import { near } from './near.ts'

const bands = ['none', 'moderate', 'serious'] as const
type Band = (typeof bands)[number]
const band = fc.constantFrom(...bands)
const ratings = fc.array(fc.tuple(band, band), { minLength: 3, maxLength: 50 }).filter((pairs) => new Set(pairs.flat()).size > 1)
const weights = fc.constantFrom('none', 'linear', 'quadratic')

test('kappa: 1 for two sources that say the same, 0 for a table of chance, and which source comes first does not count', () => {
  const agreed: [Band, Band][] = bands.map((one) => [one, one])
  const chance: [Band, Band][] = bands.flatMap((one) => bands.map((other): [Band, Band] => [one, other]))
  fc.assert(
    fc.property(ratings, weights, (pairs, kind) => {
      near(computed(kappa(bands, agreed, kind)).estimate, 1, 1e-14)
      near(computed(kappa(bands, chance, kind)).estimate, 0, 1e-14, 1)
      const made = computed(kappa(bands, pairs, kind))
      const swapped = computed(kappa(bands, pairs.map(([one, other]) => [other, one]), kind)) // biome-ignore format: one line
      near(swapped.estimate, made.estimate, 1e-12, 1)
      near(swapped.interval.to, made.interval.to, 1e-9, 1)
      assert.ok(made.estimate <= 1 && made.interval.from <= made.estimate && made.estimate <= made.interval.to)
      const { count, of } = sameCategory(bands, pairs)
      assert.equal(made.same, count / of)
    }),
  )
})

test('of two categories the weights do not matter', () => {
  const pairs: [Band, Band][] = [['none', 'none'], ['none', 'serious'], ['serious', 'serious'], ['none', 'none']] // biome-ignore format: one line
  const [plain, linear] = (['none', 'linear'] as const).map((kind) => computed(kappa(['none', 'serious'], pairs, kind)))
  assert.deepEqual({ ...plain, weights: '' }, { ...linear, weights: '' })
})

test('a pair of which one is missing is left out, and counted; one category throughout is refused', () => {
  const made = computed(kappa(bands, [['none', 'none'], ['serious', null], ['serious', 'moderate']], 'linear')) // biome-ignore format: one line
  assert.deepEqual([made.n, made.leftOut], [2, 1])
  assert.deepEqual(kappa(bands, [['none', 'none'], ['none', 'none']], 'none'), { refused: 'no-variance' }) // biome-ignore format: one line
  assert.deepEqual(kappa(bands, [['none', null]], 'none'), { refused: 'too-few', n: 0, needed: 2 })
  assert.throws(() => kappa(['none'], [['none', 'other' as 'none']], 'none'), /no category other/)
})

const marks = fc.array(fc.tuple(fc.nat(20), fc.nat(20)), { minLength: 3, maxLength: 40 })

test('the intraclass correlation sees a source that is always higher, which a correlation would not', () => {
  const first = [2, 5, 7, 9, 12]
  near(computed(intraclass(first, first)).estimate, 1, 1e-14)
  const higher = computed(intraclass(first, first.map((mark) => mark + 4))) // biome-ignore format: one line
  assert.ok(higher.estimate < 0.7)
  fc.assert(
    fc.property(marks, fc.integer({ min: -50, max: 50 }), fc.integer({ min: 1, max: 9 }), (pairs, shift, scale) => {
      const [one, other] = [pairs.map(([mark]) => mark), pairs.map(([, mark]) => mark)]
      const made = intraclass(one, other)
      if ('refused' in made) return
      const move = (values: number[]): number[] => values.map((value) => value * scale + shift)
      const moved = computed(intraclass(move(other), move(one)))
      near(moved.estimate, made.estimate, 1e-9, 1)
      if (!made.interval || !moved.interval) return assert.deepEqual(made.warnings, moved.warnings)
      near(moved.interval.from, made.interval.from, 1e-7, 1)
      assert.ok(made.interval.from <= made.interval.to && made.interval.to <= 1 + 1e-12)
      if (made.estimate > 0) assert.ok(made.interval.from <= made.estimate && made.estimate <= made.interval.to + 1e-9)
    }),
  )
  assert.deepEqual(intraclass([3, 3, 3], [3, 3, 3]), { refused: 'no-variance' })
  const opposed = computed(intraclass([1, 2, 3], [3, 2, 1]))
  assert.deepEqual([opposed.estimate < -0.9, opposed.interval, opposed.warnings], [true, null, [{ code: 'no-interval' }]])
  assert.deepEqual(intraclass([0, 1], [1, 0]), { refused: 'too-few', n: 2, needed: 3 })
})

test('limits of agreement lie 1.96 sd around the mean difference', () => {
  fc.assert(
    fc.property(marks, (pairs) => {
      const made = computed(limitsOfAgreement(pairs.map(([mark]) => mark), pairs.map(([, mark]) => mark))) // biome-ignore format: one line
      near(made.upper.estimate - made.lower.estimate, 2 * 1.96 * made.sd, 1e-12, 1)
      near((made.upper.estimate + made.lower.estimate) / 2, made.bias.estimate, 1e-12, 1)
      const width = ({ interval }: { interval: { from: number; to: number } }): number => interval.to - interval.from
      if (made.sd > 0) assert.ok(width(made.upper) > width(made.bias))
    }),
  )
  assert.deepEqual(limitsOfAgreement([1], [2]), { refused: 'too-few', n: 1, needed: 2 })
  assert.equal(computed(limitsOfAgreement([1, 2], [3, 4])).sd, 0)
})

test('transitions: everybody went somewhere, stayed, or is counted as left out', () => {
  const made = transitions(bands, [['none', 'serious'], ['serious', 'none'], ['serious', 'none'], ['moderate', 'moderate'], [null, 'none']]) // biome-ignore format: one line
  assert.deepEqual(made, {
    categories: bands,
    counts: [
      [0, 0, 1],
      [0, 1, 0],
      [2, 0, 0],
    ],
    n: 4,
    leftOut: 1,
    earlier: 2,
    same: 1,
    later: 1,
  })
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.option(band), fc.option(band))), (pairs) => {
      const { counts, n, leftOut, earlier, same, later } = transitions(bands, pairs)
      assert.equal(n + leftOut, pairs.length)
      assert.equal(earlier + same + later, n)
      assert.equal(counts.flat().reduce((sum, count) => sum + count, 0), n) // biome-ignore format: one line
      const turned = transitions(bands, pairs.map(([before, after]) => [after, before])) // biome-ignore format: one line
      assert.deepEqual([turned.earlier, turned.later], [later, earlier])
    }),
  )
})
