import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { armAt } from '../../protocols/allocation.ts'
import { orderOfDraw } from '../../protocols/sample.ts'
import { drawsFrom } from '../../server/access/draws.ts'

const seed = Buffer.from('2008')

// Figures worked out by another program: Python's hmac, hashlib and struct, from what docs/designs.md says.
test('draws are what docs/designs.md says, in another language too', () => {
  const draw = drawsFrom(seed, 'sample', 'interviews')
  assert.deepEqual(
    Array.from({ length: 20 }, () => draw(1000)),
    [63, 936, 442, 481, 888, 854, 214, 502, 558, 896, 258, 800, 197, 53, 15, 191, 375, 610, 267, 243],
  )
  const codes = Array.from({ length: 30 }, (_, index) => `F-${String(index + 1).padStart(3, '0')}`)
  assert.deepEqual(orderOfDraw(codes, drawsFrom(seed, 'sample', 'interviews')).slice(0, 10), [
    ...['F-017', 'F-022', 'F-012', 'F-021', 'F-015', 'F-020', 'F-006', 'F-011', 'F-024', 'F-025'],
  ])
  const lots = { ratio: { conference: 1, usual: 1 }, blocks: [1, 2, 3], strata: [] }
  const key = Buffer.from(`${'00'.repeat(31)}01`, 'hex')
  assert.equal(
    Array.from({ length: 20 }, (_, index) =>
      armAt(lots, index + 1, (block) => drawsFrom(key, 'lots', 'trial', 'region=amsterdam', block)).slice(0, 1),
    ).join(''),
    'cuucucuccucuucucccuu',
  )
})

test('a draw is a whole number below its bound, and every stream has its own', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 ** 32 }), fc.string(), (below, word) => {
      const [draw, same, other] = [drawsFrom(seed, word), drawsFrom(seed, word), drawsFrom(seed, word, '')]
      const numbers = Array.from({ length: 12 }, () => draw(below))
      for (const number of numbers) assert.ok(Number.isInteger(number) && number >= 0 && number < below)
      assert.deepEqual(
        Array.from({ length: 12 }, () => same(below)),
        numbers,
      )
      if (below > 2 ** 16)
        assert.notDeepEqual(
          Array.from({ length: 12 }, () => other(below)),
          numbers,
        )
    }),
  )
})

test('numbers from which some would come more often are passed over', () => {
  // Three quarters of 2^32: taken modulo, the lowest third would come twice as often as the rest.
  const below = 3 * 2 ** 30
  const draw = drawsFrom(seed, 'thirds')
  const thirds = Object.values(
    Object.groupBy(
      Array.from({ length: 3000 }, () => Math.floor(draw(below) / 2 ** 30)),
      String,
    ),
  ).map((same = []) => same.length)
  assert.equal(thirds.length, 3)
  const chiSquare = thirds.reduce((sum, times) => sum + (times - 1000) ** 2 / 1000, 0)
  assert.ok(chiSquare < 13.8, String(thirds))
})

test('a bound that is none is refused', () => {
  for (const below of [0, -1, 1.5, Number.NaN, 2 ** 32 + 1]) assert.throws(() => drawsFrom(seed)(below), RangeError)
})
