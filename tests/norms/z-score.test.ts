import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { zScore } from '../../norms/z-score.ts'

// docs/scoring.md, "Standard score": (61 - 48.5) / 10 = 1.25, (1475/24 - 52) / 8 = 1.1822...
test('a standard score is the distance from the mean in standard deviations, with two decimals', () => {
  assert.equal(zScore(61, 48.5, 10), 1.25)
  assert.equal(zScore(1475 / 24, 52, 8), 1.18)
  assert.equal(zScore(48.5, 48.5, 10), 0)
  assert.equal(zScore(0, 954, 200), -4.77)
})

test('halves are rounded away from zero, also where doubles fall short of the half', () => {
  // (1.285 - 0) / 1 and its like: 1.285 as a double is 1.28499999999999992...
  for (const [raw, mean, sd, z] of [
    [1.285, 0, 1, 1.29],
    [-1.285, 0, 1, -1.29],
    [1.005, 0, 1, 1.01],
    [12.85, 0, 10, 1.29],
    [87.4, 74.55, 10, 1.29],
    [61.7, 74.55, 10, -1.29],
    [0.015, 0, 1, 0.02],
    [1000.015, 1000, 1, 0.02],
    [2.675, 0, 1, 2.68],
  ] as const)
    assert.equal(zScore(raw, mean, sd), z, `(${raw} - ${mean}) / ${sd}`)
})

test('just beside a half is not a half', () => {
  assert.equal(zScore(1.2849999, 0, 1), 1.28)
  assert.equal(zScore(1.2850001, 0, 1), 1.29)
  assert.equal(zScore(-1.2849999, 0, 1), -1.28)
})

test('noise of adding up decimal answers does not hide a half', () => {
  // 0.1 + 0.2 = 0.30000000000000004; (0.3 - 0.285) / 1 = 0.015 exactly
  assert.equal(zScore(0.1 + 0.2, 0.285, 1), 0.02)
  assert.equal(zScore(1.1 + 2.2 - 2.015, 0, 1), 1.29)
})

test('what rounds to nothing is 0, never -0', () => {
  for (const z of [zScore(50, 50, 10), zScore(49.96, 50, 10), zScore(-0, 0, 1), zScore(0, 0.004, 1)]) assert.ok(Object.is(z, 0))
})

test('very large and very small numbers keep their exact value', () => {
  assert.equal(zScore(1e15, 0, 1e14), 10)
  assert.equal(zScore(1.5e-7, 0, 1e-7), 1.5)
})

/** Rounds p / q (q above 0) to hundredths, halves away from zero, in whole numbers only. */
function exactHundredths(p: bigint, q: bigint): number {
  const negative = p < 0n
  const hundredfold = (negative ? -p : p) * 100n
  let whole = hundredfold / q
  if ((hundredfold % q) * 2n >= q) whole += 1n
  return whole === 0n ? 0 : Number(negative ? -whole : whole) / 100
}

const hundredths = fc.integer({ min: -30_000, max: 30_000 })
const spread = fc.integer({ min: 1, max: 5000 })

test('z equals exact rational arithmetic, for whole and for prorated raw scores, on both sides of the mean', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -500, max: 500 }),
      fc.integer({ min: 1, max: 200 }),
      fc.integer({ min: 1, max: 200 }),
      hundredths,
      spread,
      (sum, items, answered, mean, sd) => {
        const expected = exactHundredths(BigInt(sum * items) * 100n - BigInt(mean * answered), BigInt(answered * sd))
        assert.ok(Object.is(zScore((sum * items) / answered, mean / 100, sd / 100), expected))
      },
    ),
    { numRuns: 5000 },
  )
})

test('z equals exact rational arithmetic on every exact half', () => {
  // raw = mean + sd * (2k + 1) / 200, so that z lies exactly between two hundredths.
  fc.assert(
    fc.property(hundredths, spread, fc.integer({ min: -500, max: 500 }), (mean, sd, k) => {
      const rawInTwentyThousandths = 200 * mean + sd * (2 * k + 1)
      const expected = exactHundredths(BigInt(2 * k + 1), 200n)
      assert.ok(Object.is(zScore(rawInTwentyThousandths / 20_000, mean / 100, sd / 100), expected))
    }),
    { numRuns: 5000 },
  )
})

test('mirroring raw score and mean mirrors z', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1500 }), hundredths, spread, (raw, mean, sd) => {
      assert.equal(zScore(-raw / 7, -mean / 100, sd / 100) + zScore(raw / 7, mean / 100, sd / 100), 0)
    }),
  )
})
