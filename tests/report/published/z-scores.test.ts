import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { randomOf } from '../../../server/demo/random.ts'
import { rounded } from './cells.ts'
import { figuresOf } from './figures.ts'
import { sumOf, zLines } from './published.ts'
import { type Option, scoresWith } from './z-scores.ts'

/** Bands of z in hundredths, as if low were bad. */
const bandOf = (z: number): string => (z > -80 ? 'none' : z > -165 ? 'moderate' : 'serious')
const optionsBetween = (step: number): Option[] =>
  Array.from({ length: 61 }, (_, index) => (index - 40) * step).map((z, raw) => ({ raw, z, band: bandOf(z) }))

/** More people in the middle than at the ends; of a few people at both ends a walk may not find the one way that there is. */
const raw = fc.tuple(fc.nat(20), fc.nat(20), fc.nat(20)).map(sumOf)

test('of whatever z scores people have, others are found with the same bands, mean, spread and range', () => {
  const people = fc
    .record({ step: fc.integer({ min: 5, max: 13 }), raws: fc.array(raw, { minLength: 15, maxLength: 40 }), seed: fc.string() })
    .map(({ step, raws, seed }) => ({ options: optionsBetween(step), raws, seed }))
  fc.assert(
    fc.property(people, ({ options, raws, seed }) => {
      const own = raws.map((raw) => options[raw] as Option)
      const { mean, sd, lowest, highest } = figuresOf(own.map(({ z }) => z / 100))
      const bands = Object.fromEntries(
        ['none', 'moderate', 'serious'].map((name) => [name, own.filter(({ band }) => band === name).length]),
      )
      const wanted = { bands, mean: rounded(mean, 2), sd: rounded(sd, 2), range: [lowest, highest] as const }
      const found = scoresWith(
        raws.map(() => options),
        wanted,
        randomOf(seed),
      )
      const figures = figuresOf(found.map(({ z }) => z / 100))
      assert.deepEqual([figures.n, figures.lowest, figures.highest], [raws.length, lowest, highest])
      // Half a hundredth is a matter of noise here.
      assert.ok(Math.abs(figures.mean - wanted.mean) < 0.00501 && Math.abs(figures.sd - wanted.sd) < 0.00501)
      for (const [name, count] of Object.entries(bands)) assert.equal(found.filter(({ band }) => band === name).length, count)
    }),
    { numRuns: 200 },
  )
})

test('no single population, whatever its mean and sd, makes the printed extremes of the VEO of whole raw scores from 12 to 60', () => {
  const extremes = zLines.flatMap(({ table, range }) => (table === '7.2' && range ? range : [])).sort((a, b) => a - b)
  assert.equal(extremes.length, 6)
  assert.deepEqual(populationsOf(extremes, 12, 60), [])
  // Of two or three there is one; so it is not the search that finds none.
  assert.ok(populationsOf(extremes.slice(0, 3), 12, 60).length > 0)
})

/**
 * Raw scores whose z's round to these, from low to high: z = raw * s - m, where s is 1 / sd and m is mean / sd. For such an m, all differences
 * (raw' - raw) * s have to be within a hundredth of (z' - z), and that is enough; so what is left of s is an interval.
 */
function populationsOf(zs: readonly number[], lowest: number, highest: number): number[][] {
  const from = (raws: readonly number[], [least, most]: readonly [number, number]): number[][] => {
    const z = zs[raws.length]
    if (z === undefined) return [[...raws]]
    const found: number[][] = []
    for (let raw = (raws.at(-1) ?? lowest - 1) + 1; raw <= highest; raw++) {
      let [low, high] = [least, most]
      for (const [index, other] of raws.entries()) {
        const apart = z - (zs[index] as number)
        low = Math.max(low, (apart - 0.01) / (raw - other))
        high = Math.min(high, (apart + 0.01) / (raw - other))
      }
      // What noise may have closed stays open.
      if (low <= high + 1e-9) found.push(...from([...raws, raw], [low, high]))
    }
    return found
  }
  return from([], [0, Number.POSITIVE_INFINITY])
}
