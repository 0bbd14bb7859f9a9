import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import type { Answers, Scale } from '../../instruments/schema.ts'
import { isOfAnswers, scoreInstrument, scoreScale } from '../../instruments/score.ts'
import { loadDefinitions } from '../../server/definitions/load.ts'
import { agreement, exampleInstrument, exampleScale } from './example.ts'

const five = ['a', 'b', 'c', 'd', 'e']
const allAnswered = { a: 1, b: 2, c: 3, d: 4, e: 6 }

// docs/scoring.md, "A sum with reversed items": 1 + (1 + 6 - 2) + 3 + 4 + (1 + 6 - 6) = 14
test('a sum adds the answers, reversed ones as lowest + highest - answer', () => {
  const scale = exampleScale({ items: five, reverse: ['b', 'e'] })
  assert.deepEqual(scoreScale(scale, allAnswered), { raw: 14, missing: 0, reason: null })
})

test('a range that starts at 0, or below it, reverses around its own middle', () => {
  assert.equal(scoreScale(exampleScale({ items: ['a'], reverse: ['a'], itemRange: [0, 4] }), { a: 1 }).raw, 3)
  assert.ok(Object.is(scoreScale(exampleScale({ items: ['a'], reverse: ['a'], itemRange: [-2, 2] }), { a: 0 }).raw, 0))
})

// docs/scoring.md, "Prorating": answers 1, 5 (reversed 2) and 4 make 10 over three items; 10 x 5 / 3 = 16.66...
test('a prorated sum is the mean of what is answered times the number of items, and is not rounded', () => {
  const scale = exampleScale({ items: five, reverse: ['b', 'e'], missing: { allowed: 2, prorate: true } })
  assert.deepEqual(scoreScale(scale, { a: 1, b: 2, d: 4 }), { raw: 50 / 3, missing: 2, reason: null })
  assert.deepEqual(scoreScale(scale, allAnswered), { raw: 14, missing: 0, reason: null })
})

test('a sum that is not prorated is the sum of what is answered', () => {
  const scale = exampleScale({ items: five, missing: { allowed: 2, prorate: false } })
  assert.deepEqual(scoreScale(scale, { a: 1, b: 2, d: 4 }), { raw: 7, missing: 2, reason: null })
})

test('one unanswered item more than the scale allows is no score, and the reason', () => {
  for (const [method, prorate] of [
    ['sum', true],
    ['sum', false],
    ['mean', false],
  ] as const) {
    const scale = exampleScale({ items: five, method, missing: { allowed: 1, prorate } })
    assert.equal(scoreScale(scale, { a: 1, b: 2, c: 3, d: 4 }).reason, null)
    assert.deepEqual(scoreScale(scale, { a: 1, b: 2, c: 3 }), { raw: null, missing: 2, reason: 'too-many-missing' })
  }
})

test('no answer at all is no score, however many may be missing', () => {
  for (const method of ['sum', 'mean', 'count', 'categories'])
    assert.deepEqual(
      scoreScale(exampleScale({ items: five, method, counts: [1], groups: { g: five }, missing: { allowed: 5, prorate: true } }), {}),
      { raw: null, missing: 5, reason: 'no-answer' },
    )
})

test('a mean divides by the items that are answered', () => {
  const scale = exampleScale({ items: five, reverse: ['b'], method: 'mean', missing: { allowed: 3, prorate: false } })
  assert.deepEqual(scoreScale(scale, { a: 1, b: 2 }), { raw: 3, missing: 3, reason: null })
})

test('in a sum or a mean an item that was not asked is missing', () => {
  for (const method of ['sum', 'mean']) {
    const scale = exampleScale({ items: five, method, missing: { allowed: 0, prorate: false } })
    assert.deepEqual(scoreScale(scale, { a: 1, b: 2, c: 3, d: 4 }, ['e']), { raw: null, missing: 1, reason: 'too-many-missing' })
    assert.deepEqual(scoreScale(scale, {}, five), { raw: null, missing: 5, reason: 'not-asked' })
    assert.equal(scoreScale(scale, {}, ['a', 'b']).reason, 'no-answer')
  }
})

// docs/scoring.md, "Counting events": a and d happened, c was not asked.
test('a count counts the answers that are events; an item that was not asked is no event and not missing', () => {
  const scale = exampleScale({ items: five, method: 'count', counts: [1], itemRange: [0, 1] })
  assert.deepEqual(scoreScale(scale, { a: 1, b: 0, d: 1, e: 0 }, ['c']), { raw: 2, missing: 0, reason: null })
  assert.deepEqual(scoreScale(scale, { a: 1, b: 0, d: 1, e: 0 }), { raw: null, missing: 1, reason: 'too-many-missing' })
  assert.deepEqual(scoreScale(scale, {}, five), { raw: 0, missing: 0, reason: null })
})

test('a count may have several answers that are events, and reversed items', () => {
  const scale = exampleScale({ items: five, method: 'count', counts: [5, 6], reverse: ['b', 'c'] })
  assert.equal(scoreScale(scale, { a: 5, b: 1, c: 3, d: 4, e: 6 }).raw, 3)
})

test('of a checkbox every ticked event counts', () => {
  const scale = exampleScale({ items: ['a', 'b'], method: 'count', counts: [1, 2, 3] })
  assert.equal(scoreScale(scale, { a: [1, 3, 9], b: [9] }).raw, 2)
})

test('categories are those with at least one event', () => {
  const scale = exampleScale({
    items: five,
    method: 'categories',
    counts: [1],
    itemRange: [0, 1],
    groups: { family: ['a', 'b'], work: ['c'], health: ['d', 'e'] },
  })
  assert.deepEqual(scoreScale(scale, { a: 1, b: 1, c: 0, d: 0, e: 1 }), { raw: 2, missing: 0, reason: null })
  assert.deepEqual(scoreScale(scale, { a: 1, b: 1, d: 0, e: 1 }, ['c']), { raw: 2, missing: 0, reason: null })
  assert.equal(scoreScale(scale, { a: 1, b: 1, c: 0, d: 0 }).reason, 'too-many-missing')
})

// docs/scoring.md, "Not known": 9 says so.
test('an answer which says that it is not known is missing, whatever the method, and never 0', () => {
  const answers = { a: 1, b: 9, c: 0, d: 1, e: 1 }
  const of = (method: string, more = {}) =>
    exampleScale({ items: five, itemRange: [0, 1], method, counts: [1], missing: { allowed: 1, prorate: true, answers: [9] }, ...more })
  assert.deepEqual(scoreScale(of('sum'), answers), { raw: 3.75, missing: 1, reason: null }, '3 x 5 / 4')
  assert.deepEqual(scoreScale(of('sum', { reverse: ['b', 'c'] }), answers), { raw: 5, missing: 1, reason: null }, '4 x 5 / 4')
  assert.deepEqual(scoreScale(of('mean'), answers), { raw: 0.75, missing: 1, reason: null })
  assert.deepEqual(scoreScale(of('count'), answers), { raw: 3, missing: 1, reason: null })
  assert.equal(scoreScale(of('count'), { ...answers, c: 9 }).reason, 'too-many-missing')
  const one = of('value', { items: ['b'], missing: { allowed: 0, prorate: false, answers: [9] } })
  assert.deepEqual(scoreScale(one, answers), { raw: null, missing: 1, reason: 'no-answer' })
})

test('a checkbox on which "not known" is ticked is missing, whatever else is ticked', () => {
  const scale = exampleScale({ items: ['a'], method: 'count', counts: [1, 2, 3], missing: { allowed: 0, prorate: false, answers: [9] } })
  assert.equal(scoreScale(scale, { a: [1, 3] }).raw, 2)
  assert.deepEqual(scoreScale(scale, { a: [1, 3, 9] }), { raw: null, missing: 1, reason: 'no-answer' })
})

// docs/scoring.md, "A sum of parts": (1 + 1) x 3 / 2 + (0 + 1) = 4
test('a sum of parts prorates each by itself, and has no score when one of them misses too much', () => {
  const scale = exampleScale({
    items: five,
    itemRange: [0, 1],
    groups: { home: ['a', 'b', 'c'], work: ['d', 'e'] },
    missing: { allowed: 1, prorate: true, answers: [9] },
  })
  assert.deepEqual(scoreScale(scale, { a: 1, b: 1, c: 9, d: 0, e: 1 }), { raw: 4, missing: 1, reason: null })
  assert.deepEqual(scoreScale(scale, { a: 1, b: 1, d: 0 }), { raw: 3, missing: 2, reason: null }, 'one open in each part: 3 + 0')
  assert.deepEqual(scoreScale(scale, { a: 1, b: 9, c: 9, d: 0, e: 1 }), { raw: null, missing: 2, reason: 'too-many-missing' })
  assert.deepEqual(scoreScale(scale, { a: 1, b: 1, c: 1 }), { raw: null, missing: 2, reason: 'too-many-missing' })
})

test('a value is the answer itself: of a choice, of a number, of one ticked box', () => {
  const scale = exampleScale({ items: ['a'], method: 'value', itemRange: [0, 10] })
  for (const [answer, raw] of [
    [7, 7],
    [7.5, 7.5],
    [[3], 3],
  ] as const)
    assert.deepEqual(scoreScale(scale, { a: answer as number }), { raw, missing: 0, reason: null })
  assert.equal(scoreScale(exampleScale({ items: ['a'], method: 'value', itemRange: [1, 10], reverse: ['a'] }), { a: 3 }).raw, 8)
})

test('a value that is several boxes or a text is no number', () => {
  const scale = exampleScale({ items: ['a'], method: 'value' })
  assert.deepEqual(scoreScale(scale, { a: [1, 3] }), { raw: null, missing: 0, reason: 'not-a-number' })
  assert.deepEqual(scoreScale(scale, { a: 'veel' }), { raw: null, missing: 0, reason: 'not-a-number' })
  assert.deepEqual(scoreScale(scale, {}), { raw: null, missing: 1, reason: 'no-answer' })
  assert.deepEqual(scoreScale(scale, {}, ['a']), { raw: null, missing: 1, reason: 'not-asked' })
})

test('an instrument gives one score per scale, in its order', () => {
  const instrument = exampleInstrument(
    [[agreement('a'), agreement('b')]],
    [
      { id: 'both', items: ['a', 'b'] },
      { id: 'only_b', items: ['b'], method: 'value' },
    ],
  )
  assert.deepEqual(scoreInstrument(instrument, { a: 2 }), [
    { scale: 'both', raw: null, missing: 1, reason: 'too-many-missing' },
    { scale: 'only_b', raw: null, missing: 1, reason: 'no-answer' },
  ])
})

const items = Array.from({ length: 25 }, (_, index) => `i${index + 1}`)
const answersTo25 = fc
  .array(fc.option(fc.integer({ min: 1, max: 6 }), { nil: undefined }), { minLength: 25, maxLength: 25 })
  .map((values) => Object.fromEntries(values.flatMap((value, index) => (value === undefined ? [] : [[items[index], value]]))) as Answers)
const of25 = (more: Record<string, unknown>): Scale => exampleScale({ items, ...more })

test('whatever is answered, there is a raw score or a reason, never both and never neither', () => {
  const rule = fc.record({ allowed: fc.integer({ min: 0, max: 25 }), prorate: fc.boolean() })
  const method = fc.constantFrom('sum', 'mean', 'count', 'categories')
  fc.assert(
    fc.property(answersTo25, fc.subarray(items), rule, method, (answers, hidden, missing, name) => {
      const asked = Object.fromEntries(Object.entries(answers).filter(([item]) => !hidden.includes(item)))
      const { raw, missing: open, reason } = scoreScale(of25({ method: name, counts: [6], groups: { g: items }, missing }), asked, hidden)
      assert.notEqual(raw === null, reason === null)
      const countsHidden = name === 'sum' || name === 'mean'
      assert.equal(open, 25 - Object.keys(asked).length - (countsHidden ? 0 : hidden.length))
    }),
  )
})

test('whatever the scale, an answer which says that it is not known is as good as none', () => {
  const rule = fc.record({ allowed: fc.integer({ min: 0, max: 24 }), prorate: fc.boolean() })
  const method = fc.constantFrom('sum', 'mean', 'count', 'categories')
  fc.assert(
    fc.property(answersTo25, rule, method, fc.subarray(items), fc.boolean(), (answers, missing, name, reverse, inParts) => {
      const groups = name === 'categories' || (name === 'sum' && inParts) ? { low: items.slice(0, 9), high: items.slice(9) } : undefined
      const scale = of25({ method: name, counts: [2, 5], groups, reverse, missing: { ...missing, answers: [6] } })
      const open = Object.fromEntries(Object.entries(answers).filter(([, answer]) => answer !== 6))
      assert.deepEqual(scoreScale(scale, answers), scoreScale(scale, open))
    }),
  )
})

test('a sum of parts is the sum of the scales of its parts, and is there exactly when all of those are', () => {
  const rule = fc.record({ allowed: fc.integer({ min: 0, max: 4 }), prorate: fc.boolean() })
  fc.assert(
    fc.property(answersTo25, rule, fc.subarray(items), (answers, missing, reverse) => {
      const parts = [items.slice(0, 5), items.slice(5, 12), items.slice(12)]
      const groups = Object.fromEntries(parts.map((part, index) => [`part_${index}`, part]))
      const each = parts.map((part) => {
        const reversed = reverse.filter((item) => part.includes(item))
        return scoreScale(exampleScale({ items: part, reverse: reversed, missing }), answers).raw
      })
      const expected = each.includes(null) ? null : each.reduce<number>((sum, raw) => sum + (raw as number), 0)
      assert.equal(scoreScale(of25({ reverse, missing, groups }), answers).raw, expected)
    }),
  )
})

test('prorating is the exact fraction, rounded once to a double', () => {
  fc.assert(
    fc.property(answersTo25, (answers) => {
      const given = Object.values(answers) as number[]
      fc.pre(given.length > 0)
      const sum = given.reduce((total, answer) => total + answer, 0)
      assert.equal(scoreScale(of25({ missing: { allowed: 25, prorate: true } }), answers).raw, (sum * 25) / given.length)
    }),
  )
})

test('reversing every item mirrors the sum within the range of the scale', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 25, maxLength: 25 }), (values) => {
      const answers = Object.fromEntries(values.map((value, index) => [items[index], value])) as Answers
      const straight = scoreScale(of25({}), answers).raw as number
      const mirrored = scoreScale(of25({ reverse: items }), answers).raw as number
      assert.equal(straight + mirrored, 25 * (1 + 6))
    }),
  )
})

test('the order in which answers arrive makes no difference', () => {
  fc.assert(
    fc.property(answersTo25, (answers) => {
      const backwards = Object.fromEntries(Object.entries(answers).reverse())
      const scale = of25({ missing: { allowed: 25, prorate: true } })
      assert.deepEqual(scoreScale(scale, backwards), scoreScale(scale, answers))
    }),
  )
})

const shipped = loadDefinitions().instruments
const total = (reference: string): Scale => shipped.need(reference).scales[0] as Scale
const numbered = (prefix: string, values: (number | undefined)[]): Answers =>
  Object.fromEntries(
    values.flatMap((value, index) => (value === undefined ? [] : [[`${prefix}${String(index + 1).padStart(2, '0')}`, value]])),
  )

// 25 items of six steps; the stand-in reverses 3, 7, 10, 12, 15, 20 and 24.
// All 2: eighteen straight items make 36, seven reversed ones 7 x 5 = 35.
test('the shipped NOSIK: 25 answers of 2 make 36 + 35 = 71; two open ones are prorated, three are too many', () => {
  const scale = total('nosik@0.1.0-standin')
  const twos: (number | undefined)[] = Array.from({ length: 25 }, () => 2)
  assert.deepEqual(scoreScale(scale, numbered('nosik', twos)), { raw: 71, missing: 0, reason: null })
  // Items 1 and 3 open: 71 - 2 - 5 = 64 over 23 items; 64 x 25 / 23 = 69.565...
  assert.deepEqual(scoreScale(scale, numbered('nosik', twos.with(0, undefined).with(2, undefined))), {
    raw: 1600 / 23,
    missing: 2,
    reason: null,
  })
  assert.deepEqual(scoreScale(scale, numbered('nosik', twos.with(0, undefined).with(2, undefined).with(24, undefined))), {
    raw: null,
    missing: 3,
    reason: 'too-many-missing',
  })
})

test('the shipped NOSIK and VEO reach both ends of the range that they declare', () => {
  for (const [reference, prefix] of [
    ['nosik@0.1.0-standin', 'nosik'],
    ['veo@0.1.0-standin', 'veo'],
  ] as const) {
    const scale = total(reference)
    assert.ok(isOfAnswers(scale))
    const [lowest, highest] = scale.itemRange
    const end = (low: boolean) => scale.items.map((item) => (scale.reverse.includes(item) === low ? highest : lowest))
    const reached = [true, false].map((low) => scoreScale(scale, numbered(prefix, end(low))).raw)
    assert.deepEqual(reached, [...scale.range])
  }
})

// De familie aan zet (2008): NOSI-B counts events per category and the number of categories with an event, 0-5.
test('the shipped NOSI-B: two family events and one of health are 2, 0, 0, 1, 0 and two categories', () => {
  const instrument = shipped.need('nosi-b@0.1.0-standin')
  const happened = ['nosib_family_1', 'nosib_family_3', 'nosib_health_2']
  const answers = Object.fromEntries((instrument.scales.at(-1) as Scale).items.map((item) => [item, happened.includes(item) ? 1 : 0]))
  assert.deepEqual(
    scoreInstrument(instrument, answers).map(({ scale, raw }) => [scale, raw]),
    [
      ['family', 2],
      ['work', 0],
      ['finance', 0],
      ['health', 1],
      ['other', 0],
      ['categories', 2],
    ],
  )
})
