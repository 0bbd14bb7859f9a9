import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { clockTime, createTimer } from '../../client/respond/timer/interview-timer.ts'

test('a timer goes on from what it ran before, and counts only while it runs', () => {
  let now = 5000
  const timer = createTimer(60, () => now)
  now += 10_000
  assert.deepEqual([timer.seconds(), timer.isRunning()], [60, false])
  timer.start()
  now += 1999
  assert.equal(timer.seconds(), 61)
  timer.start()
  now += 1
  assert.deepEqual([timer.seconds(), timer.isRunning()], [62, true], 'starting what runs changes nothing')
  timer.pause()
  now += 60_000
  assert.equal(timer.seconds(), 62)
})

test('it tells when it starts and when it pauses, and nothing in between', () => {
  const timer = createTimer(0, () => 0)
  let told = 0
  const forget = timer.subscribe(() => told++)
  for (const act of [timer.pause, timer.start, timer.start, timer.pause, timer.pause]) act()
  assert.equal(told, 2)
  forget()
  timer.start()
  assert.equal(told, 2)
})

test('whatever is pressed and whenever, it shows the whole seconds in which it ran, also when the clock goes back', () => {
  const acts = fc.array(fc.tuple(fc.integer({ min: -2000, max: 20_000 }), fc.boolean()))
  fc.assert(
    fc.property(acts, (steps) => {
      let now = 0
      let ran = 0
      let began: number | null = null
      const timer = createTimer(0, () => now)
      for (const [wait, runs] of steps) {
        now += wait
        if (began !== null && !runs) ran += Math.max(0, now - began)
        if (runs) began ??= now
        else began = null
        if (runs) timer.start()
        else timer.pause()
        assert.equal(timer.seconds(), Math.floor((ran + (began === null ? 0 : Math.max(0, now - began))) / 1000))
      }
    }),
  )
})

test('time is written as on a clock', () => {
  assert.deepEqual([0, 59, 61, 3599, 3600, 36_061].map(clockTime), ['0:00', '0:59', '1:01', '59:59', '1:00:00', '10:01:01'])
})
