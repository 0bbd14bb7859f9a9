import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { shuffled } from '../../protocols/shuffle.ts'
import { drawsOf, withEveryDraw } from './draws.ts'

test('every order comes of exactly one row of draws: each is as likely as any other', () => {
  for (const [size, orders] of [
    [0, 1],
    [1, 1],
    [2, 2],
    [3, 6],
    [4, 24],
    [5, 120],
    [6, 720],
  ] as const) {
    const elements = Array.from({ length: size }, (_, index) => index)
    const made = withEveryDraw((draw) => shuffled(elements, draw).join())
    assert.equal(made.length, orders)
    assert.equal(new Set(made).size, orders)
  }
})

test('nothing is lost or added, what was given stays as it is, and the same draws give the same order', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20)), fc.string(), (elements, seed) => {
      const before = [...elements]
      const made = shuffled(elements, drawsOf(seed))
      assert.deepEqual(elements, before)
      assert.deepEqual(made.toSorted(), elements.toSorted())
      assert.deepEqual(shuffled(elements, drawsOf(seed)), made)
    }),
  )
})
