import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  chiSquareQuantile,
  chiSquareUpper,
  fQuantile,
  fUpper,
  normalQuantile,
  normalUpper,
  tQuantile,
  tUpper,
} from '../../../server/report/statistics/distributions.ts'
import { logGamma } from '../../../server/report/statistics/gamma.ts'
import { noncentralT, shiftInterval } from '../../../server/report/statistics/noncentral-t.ts'
import { root } from '../../../server/report/statistics/root.ts'
import { near } from './near.ts'

const df = fc.oneof(fc.integer({ min: 1, max: 500 }), fc.double({ min: 1, max: 500, noNaN: true }))
const place = fc.double({ min: -30, max: 30, noNaN: true })
const share = fc.double({ min: 0.0005, max: 0.9995, noNaN: true })

test('the two tails of z and of t are 1 together', () => {
  fc.assert(
    fc.property(place, df, (z, n) => {
      near(normalUpper(z) + normalUpper(-z), 1, 1e-14)
      near(tUpper(z, n) + tUpper(-z, n), 1, 1e-14)
    }),
  )
})

test('F of 1 and n is the square of t of n, F turned over has its df turned over, chi-square of 1 is the square of z', () => {
  fc.assert(
    fc.property(place, df, df, (z, n, m) => {
      near(fUpper(z ** 2, 1, n), 2 * tUpper(Math.abs(z), n), 1e-11)
      near(chiSquareUpper(z ** 2, 1), 2 * normalUpper(Math.abs(z)), 1e-11)
      if (Math.abs(z) > 1e-3) near(fUpper(Math.abs(z), m, n) + fUpper(1 / Math.abs(z), n, m), 1, 1e-12)
    }),
  )
})

test('tails that can be written down: t of 1 and of 2, chi-square of 2, F of 2 and n', () => {
  fc.assert(
    fc.property(fc.double({ min: 0.01, max: 1e6, noNaN: true }), df, (x, n) => {
      near(tUpper(x, 1), Math.atan2(1, x) / Math.PI, 1e-12)
      near(tUpper(x, 2), 1 / (2 + x ** 2 + x * Math.sqrt(2 + x ** 2)), 1e-11)
      const z = Math.min(x, 1300)
      near(chiSquareUpper(z, 2), Math.exp(-z / 2), 1e-11)
      near(fUpper(x, 2, n), Math.exp((-n / 2) * Math.log1p((2 * x) / n)), 1e-10)
    }),
  )
})

test('tails of F where R 4.2.2 loses its digits: those of mpmath 1.2.1, computed with 60', () => {
  near(fUpper(88.026274196924106, 39.499959141817662, 1000), 2.83318215039557e-294, 1e-11)
  near(fUpper(51.311251170902672, 67.622916560382265, 1000), 4.2847935530883e-277, 1e-11)
  near(fUpper(99.45142605565464, 33.58607108145952, 1000), 1.32901344197305e-291, 1e-11)
})

test('tails fall, from 1 to 0', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 50, noNaN: true }), fc.double({ min: 0.01, max: 50, noNaN: true }), df, df, (x, more, n, m) => {
      for (const tail of [
        normalUpper,
        (at: number) => tUpper(at, n),
        (at: number) => chiSquareUpper(at, n),
        (at: number) => fUpper(at, n, m),
      ])
        assert.ok(tail(x) > tail(x + more) || tail(x) === 0 || 1 - tail(x + more) < 1e-12)
    }),
  )
  for (const tail of [normalUpper, (at: number) => tUpper(at, 3), (at: number) => chiSquareUpper(at, 3), (at: number) => fUpper(at, 3, 4)])
    assert.deepEqual([tail(-Infinity), tail(Infinity)], [1, 0])
})

test('a quantile is exceeded with its probability', () => {
  fc.assert(
    fc.property(share, df, df, (p, n, m) => {
      near(normalUpper(normalQuantile(p)), p, 1e-12)
      near(tUpper(tQuantile(p, n), n), p, 1e-12)
      near(chiSquareUpper(chiSquareQuantile(p, n), n), p, 1e-12)
      near(fUpper(fQuantile(p, n, m), n, m), p, 1e-12)
    }),
  )
  assert.throws(() => normalQuantile(0), /between 0 and 1/)
  assert.throws(() => chiSquareQuantile(1, 3), /between 0 and 1/)
})

test('on the very border between the two ways of computing it, a tail is there', () => {
  const [n, m] = [499.99999999999955, 499.9999999999665]
  fc.assert(
    fc.property(fc.double({ min: 0.999999, max: 1.000001, noNaN: true }), (f) => near(fUpper(f, n, m), 0.5, 1e-4)),
    { numRuns: 500 },
  )
  near(fUpper(fQuantile(0.0005, n, m), n, m), 0.0005, 1e-12)
})

test('gamma is what it should be: factorials, and gamma(z) gamma(1 - z) = pi / sin(pi z)', () => {
  let factorial = 1
  for (let n = 1; n <= 30; n++) {
    near(logGamma(n), Math.log(factorial), 1e-13, 1)
    factorial *= n
  }
  fc.assert(
    fc.property(fc.double({ min: 0.001, max: 0.999, noNaN: true }), (z) =>
      near(logGamma(z) + logGamma(1 - z), Math.log(Math.PI / Math.sin(Math.PI * z)), 1e-12, 1),
    ),
  )
})

test('noncentral t without a shift is t, and turned over it is itself', () => {
  fc.assert(
    fc.property(fc.double({ min: -8, max: 8, noNaN: true }), df, fc.double({ min: -8, max: 8, noNaN: true }), (t, n, shift) => {
      near(noncentralT(t, n, 0), tUpper(-t, n), 1e-12, 1)
      near(noncentralT(t, n, shift) + noncentralT(-t, n, -shift), 1, 1e-12)
    }),
    { numRuns: 50 },
  )
})

test('the shifts of an interval leave the observed t in either tail', () => {
  fc.assert(
    fc.property(fc.double({ min: -12, max: 12, noNaN: true }), fc.integer({ min: 2, max: 150 }), (t, n) => {
      const { from, to } = shiftInterval(t, n, 0.025) ?? assert.fail('no interval')
      near(noncentralT(t, n, from), 0.975, 1e-11)
      near(noncentralT(t, n, to), 0.025, 1e-10)
      const turned = shiftInterval(-t, n, 0.025) ?? assert.fail('no interval')
      near(turned.from, -to, 1e-9, 1)
    }),
    { numRuns: 20 },
  )
  assert.equal(shiftInterval(101, 20, 0.025), null)
})

test('a root is found to the last digits, and none is made up', () => {
  near(
    root((x) => x ** 3 - 2, 0, 8),
    Math.cbrt(2),
    1e-15,
  )
  near(
    root((x) => Math.atan(x - 7) * 1e-8, -1000, 1e6),
    7,
    1e-14,
  )
  assert.throws(() => root((x) => x ** 2 + 1, -1, 1), /no root/)
})
