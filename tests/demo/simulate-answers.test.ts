import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { answerChecker } from '../../instruments/answers.ts'
import { scoreScale } from '../../instruments/score.ts'
import { loadDefinitions } from '../../server/definitions/load.ts'
import { randomOf } from '../../server/demo/random.ts'
import { simulateAnswers } from '../../server/demo/simulate-answers.ts'

const { instruments } = loadDefinitions()
const anyInstrument = fc.constantFrom(...instruments.all())

test('invented answers to any instrument are accepted as they are, and say which questions were left open', () => {
  fc.assert(
    fc.property(anyInstrument, fc.integer(), fc.constantFrom(0, 0.1, 0.9), (instrument, seed, leaveOpen) => {
      const { answers, skipped } = simulateAnswers(instrument, randomOf(seed), { aims: {}, leaveOpen })
      const check = answerChecker(instrument)(answers)
      assert.deepEqual(check.problems, [])
      assert.deepEqual(check.required, [])
      assert.deepEqual(check.answers, answers)
      assert.deepEqual(
        skipped,
        check.open.map(({ item }) => item),
      )
    }),
  )
})

test('with every question answered a sum comes out at the score that was aimed at', () => {
  const scales = instruments.all().flatMap((instrument) => instrument.scales.map((scale) => ({ instrument, scale })))
  const sums = scales.filter(({ scale }) => scale.method === 'sum')
  assert.ok(sums.length > 0)
  fc.assert(
    fc.property(
      fc.constantFrom(...sums),
      fc.integer(),
      fc.double({ min: 0, max: 1, noNaN: true }),
      ({ instrument, scale }, seed, share) => {
        const [lowest, highest] = scale.range
        const aim = Math.round(lowest + share * (highest - lowest))
        const { answers } = simulateAnswers(instrument, randomOf(seed), { aims: { [scale.id]: aim }, leaveOpen: 0 })
        const { notApplicable } = answerChecker(instrument)(answers)
        // A scale whose items were not all asked has no exact sum to come out at.
        fc.pre(scale.items.every((item) => !notApplicable.includes(item)))
        assert.equal(scoreScale(scale, answers, notApplicable).raw, aim)
      },
    ),
  )
})

test('every whole score of a sum can be aimed at, also where its share of one item has no end', () => {
  const instrument = instruments.latest('veo') ?? assert.fail()
  const total = instrument.scales.find(({ id }) => id === 'total') ?? assert.fail()
  for (let aim = 12; aim <= 60; aim++) {
    const { answers } = simulateAnswers(instrument, randomOf('whole', aim), { aims: { total: aim }, leaveOpen: 0 })
    assert.equal(scoreScale(total, answers, []).raw, aim)
  }
})

test('with a day of answering, dates are invented too, and nothing ends before it began', () => {
  const timed = instruments.all().filter(({ scales }) => scales.some(({ method }) => method === 'duration'))
  assert.ok(timed.length > 0)
  const found = new Set<string>()
  fc.assert(
    fc.property(fc.constantFrom(...timed.map(({ id }) => id)), fc.integer(), (id, seed) => {
      const instrument = instruments.latest(id) ?? assert.fail()
      const { answers } = simulateAnswers(instrument, randomOf(seed), { aims: {}, leaveOpen: 0, today: '2026-03-02' })
      const { problems, notApplicable } = answerChecker(instrument)(answers)
      assert.deepEqual(problems, [])
      for (const scale of instrument.scales) {
        if (scale.method !== 'duration') continue
        const { raw, reason } = scoreScale(scale, answers, notApplicable, { completedOn: '2026-03-02', prices: new Map() })
        assert.notEqual(reason, 'end-before-start', instrument.id)
        if (raw !== null && raw > 0) found.add(instrument.id)
      }
    }),
    { numRuns: 300 },
  )
  assert.deepEqual([...found].sort(), timed.map(({ id }) => id).sort())
})

test('as many events happened as were aimed at', () => {
  const instrument = instruments.latest('nosi-b')
  assert.ok(instrument)
  const family = instrument.scales.find(({ id }) => id === 'family')
  assert.ok(family)
  for (const aim of [0, 1, 2, 3, 4]) {
    const { answers } = simulateAnswers(instrument, randomOf('events', aim), { aims: { family: aim }, leaveOpen: 0 })
    assert.equal(scoreScale(family, answers, []).raw, aim)
  }
})

test('what did not happen is answered with a no, not with "not known"', () => {
  const instrument = instruments.latest('problems-at-start')
  const total = instrument?.scales.find(({ id }) => id === 'total')
  assert.ok(instrument && total?.missing.answers)
  for (const aim of [0, 6, 15]) {
    const { answers } = simulateAnswers(instrument, randomOf('known', aim), { aims: { total: aim }, leaveOpen: 0 })
    assert.equal(scoreScale(total, answers, []).raw, aim)
  }
})

test('the same seed gives the same answers, another one others', () => {
  const instrument = instruments.latest('nosik')
  assert.ok(instrument)
  const answersOf = (seed: string) => simulateAnswers(instrument, randomOf(seed), { aims: { total: 80 }, leaveOpen: 0.1 })
  assert.deepEqual(answersOf('a'), answersOf('a'))
  assert.notDeepEqual(answersOf('a'), answersOf('b'))
})
