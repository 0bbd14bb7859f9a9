import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { readTyped, type TypedField } from '../../client/survey/typed.ts'
import { answerSchema } from '../../instruments/answer-schema.ts'
import type { Question } from '../../instruments/schema.ts'
import { anySign } from '../harness/any-sign.ts'

const mark: TypedField = { type: 'text', inputType: 'number', min: 1, max: 10, step: 0.5 }

test('a number may have a comma or a point, spaces and a sign', () => {
  for (const [typed, answer] of [
    ['7', 7],
    [' 7,5 ', 7.5],
    ['7.5', 7.5],
    ['+2', 2],
    ['1 0', 10],
  ] as const)
    assert.deepEqual(readTyped(mark, typed), { answer, problem: null })
  assert.deepEqual(readTyped({ ...mark, min: -5 }, '-0'), { answer: 0, problem: null })
})

test('what is not a number says so, and what is out of range says which limit it passes', () => {
  assert.deepEqual(readTyped(mark, 'zeven').problem, { code: 'not-a-number' })
  assert.deepEqual(readTyped(mark, '1e5').problem, { code: 'not-a-number' })
  const open: TypedField = { type: 'text', inputType: 'number' }
  assert.deepEqual(readTyped(open, '9'.repeat(15)).answer, 999_999_999_999_999)
  assert.deepEqual(readTyped(open, '9'.repeat(16)).problem, { code: 'too-high', limit: 999_999_999_999_999 })
  assert.deepEqual(readTyped(open, `-1${'0'.repeat(200)}`).problem, { code: 'too-low', limit: -999_999_999_999_999 })
  assert.deepEqual(readTyped(mark, '1.000,5').problem, { code: 'not-a-number' })
  assert.deepEqual(readTyped(mark, '0,9').problem, { code: 'too-low', limit: 1 })
  assert.deepEqual(readTyped(mark, '11').problem, { code: 'too-high', limit: 10 })
  assert.deepEqual(readTyped(mark, '7,3').problem, { code: 'not-a-step', step: 0.5 })
})

test('a day outside the limits is told apart from no day', () => {
  const day: TypedField = { type: 'text', inputType: 'date', min: '2026-01-01', max: '2026-12-31' }
  assert.deepEqual(readTyped(day, ''), { answer: undefined, problem: null })
  assert.deepEqual(readTyped(day, '2026-02-03'), { answer: '2026-02-03', problem: null })
  assert.deepEqual(readTyped(day, '2025-12-31').problem, { code: 'too-early', limit: '2026-01-01' })
  assert.deepEqual(readTyped(day, '2027-01-01').problem, { code: 'too-late', limit: '2026-12-31' })
})

test('an empty field is no answer', () => {
  for (const field of [mark, { type: 'comment' } as const, { type: 'text' } as const])
    for (const typed of ['', '  ', '\n']) assert.deepEqual(readTyped(field, typed), { answer: undefined, problem: null })
})

test('whatever is typed or pasted, the server takes what comes of it', () => {
  const limit = fc.option(fc.integer({ min: -20, max: 20 }), { nil: undefined })
  const field: fc.Arbitrary<TypedField> = fc.oneof(
    fc.record({
      type: fc.constant('text' as const),
      inputType: fc.constant('number' as const),
      min: limit,
      max: limit,
      step: fc.constantFrom(undefined, 0.1, 0.5, 1, 3),
    }),
    fc.record({
      type: fc.constantFrom('text' as const, 'comment' as const),
      maxLength: fc.option(fc.integer({ min: 1, max: 20 }), { nil: undefined }),
    }),
  )
  const typed = fc.oneof(
    fc.string({ unit: anySign, maxLength: 40 }),
    fc.string({ maxLength: 1200 }),
    fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 30 }).map((units) => String.fromCharCode(...units)),
    fc.double({ min: -30, max: 30, noNaN: true }).map((number) => String(Math.round(number * 10) / 10).replace('.', ',')),
  )
  fc.assert(
    fc.property(field, typed, (some, text) => {
      const { answer } = readTyped(some, text)
      if (answer === undefined) return
      const question = { ...some, name: 'x', title: { nl: 'x', en: 'x' } } as Question
      const { schema } = answerSchema({ kind: 'question', name: 'x', question, choices: [], page: 'p', conditions: [] })
      assert.equal(schema.safeParse(answer).success, true, JSON.stringify({ some, text, answer }))
    }),
    { numRuns: 1000 },
  )
})
