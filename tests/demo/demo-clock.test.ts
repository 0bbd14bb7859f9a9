import assert from 'node:assert/strict'
import { test } from 'node:test'
import { demoClock } from '../../server/demo/demo-clock.ts'

test('a clock without a real one stands still until it is set', () => {
  const clock = demoClock('2026-01-01T09:00:00.000Z')
  assert.equal(clock.now(), '2026-01-01T09:00:00.000Z')
  clock.setAhead('2026-01-02T09:00:00.000Z')
  assert.equal(clock.now(), '2026-01-02T09:00:00.000Z')
})

test('with a real one it runs on from where it was', () => {
  let real = '2030-06-01T12:00:00.000Z'
  const clock = demoClock('2026-01-01T09:00:00.000Z', { now: () => real })
  real = '2030-06-01T12:00:05.000Z'
  assert.equal(clock.now(), '2026-01-01T09:00:05.000Z')
  clock.setAhead('2026-02-01T09:00:00.000Z')
  real = '2030-06-01T12:00:07.000Z'
  assert.equal(clock.now(), '2026-02-01T09:00:02.000Z')
})

test('it cannot be set back, and a real clock that is set back does not take it along', () => {
  let real = '2030-06-01T12:00:00.000Z'
  const clock = demoClock('2026-01-01T09:00:00.000Z', { now: () => real })
  assert.throws(() => clock.setAhead('2026-01-01T08:59:59.999Z'), /cannot go back/)
  real = '2030-05-01T12:00:00.000Z'
  assert.equal(clock.now(), '2026-01-01T09:00:00.000Z')
})
