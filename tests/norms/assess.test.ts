import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import test from 'node:test'
import { answerChecker } from '../../instruments/answers.ts'
import { scaleSchema } from '../../instruments/schema.ts'
import { rawReasons } from '../../instruments/score.ts'
import { assess, scoreInput, type Yardstick } from '../../norms/assess.ts'
import { normReasons } from '../../norms/standardise.ts'
import { loadDefinitions } from '../../server/definitions/load.ts'
import { agreement, exampleInstrument } from '../instruments/example.ts'
import { bandSets, exampleTable } from './example.ts'

const instrument = exampleInstrument(
  [[agreement('a'), agreement('b'), agreement('c', { visibleIf: '{a} > 1' })]],
  [
    { id: 'total', items: ['a', 'b'], missing: { allowed: 1, prorate: true } },
    { id: 'events', items: ['b', 'c'], method: 'count', counts: [6], worse: null },
  ],
)
const table = exampleTable({
  strata: [
    { id: 'female', when: { sex: 'female' }, mean: 4, sd: 2, n: null },
    { id: 'male', when: { sex: 'male' }, mean: 3, sd: 2, n: null },
  ],
})
const yardstick: Yardstick = { instrument, tables: [table], bandSets }
const check = answerChecker(instrument)

test('every scale gets one row with what made it', () => {
  assert.deepEqual(assess(yardstick, check({ a: 5, b: 6, c: 6 }), { sex: 'female' }), [
    {
      instrumentId: 'example',
      instrumentVersion: '1.0.0',
      scale: 'total',
      raw: 11,
      missing: 0,
      reason: null,
      z: 3.5,
      band: 'very_serious',
      normId: 'example-nl',
      normVersion: '1.0.0',
      normStatus: 'stand-in',
      stratum: 'female',
      priceTableId: null,
      priceTableVersion: null,
    },
    {
      instrumentId: 'example',
      instrumentVersion: '1.0.0',
      scale: 'events',
      raw: 2,
      missing: 0,
      reason: 'no-norm',
      z: null,
      band: null,
      normId: null,
      normVersion: null,
      normStatus: null,
      stratum: null,
      priceTableId: null,
      priceTableVersion: null,
    },
  ])
})

test('why there is no z is told apart: no raw score, no stratum, no norm', () => {
  const of = (answers: object, facts: object) =>
    assess(yardstick, check(answers), { ...facts }).map(({ scale, raw, z, reason, normId, missing }) => ({
      scale,
      raw,
      z,
      reason,
      normId,
      missing,
    }))
  assert.deepEqual(of({ a: 5, b: 6, c: 1 }, {}), [
    { scale: 'total', raw: 11, z: null, reason: 'no-stratum', normId: 'example-nl', missing: 0 },
    { scale: 'events', raw: 1, z: null, reason: 'no-norm', normId: null, missing: 0 },
  ])
  assert.deepEqual(of({}, { sex: 'male' }), [
    { scale: 'total', raw: null, z: null, reason: 'no-answer', normId: 'example-nl', missing: 2 },
    { scale: 'events', raw: null, z: null, reason: 'no-answer', normId: null, missing: 1 },
  ])
})

test('hidden items reach the scales as not asked', () => {
  assert.deepEqual(
    assess(yardstick, check({ a: 1, b: 6, c: 6 }), { sex: 'male' }).map(({ raw, missing }) => [raw, missing]),
    [
      [7, 0],
      [1, 0],
    ],
  )
})

test('a band set that is not there is an error, not a score without a band', () => {
  const lost = { ...yardstick, tables: [exampleTable({ bands: 'lost@1.0.0' })] }
  assert.throws(() => assess(lost, check({ a: 1, b: 1 }), {}), /There is no lost@1.0.0 in the definitions/)
})

test('the input of a score holds all that made it, and nothing else', () => {
  const input = scoreInput(yardstick, 'total', check({ b: 6, a: 1 }), { sex: 'female', child_age: 7 })
  assert.deepEqual(input, {
    instrument: 'example@1.0.0',
    scale: 'total',
    answers: [
      ['a', 1],
      ['b', 6],
    ],
    notApplicable: [],
    norm: 'example-nl@1.0.0',
    facts: [['sex', 'female']],
  })
})

test('the input tells unanswered, not asked, zero and an unknown fact apart', () => {
  assert.deepEqual(scoreInput(yardstick, 'events', check({ a: 1 }), {}), {
    instrument: 'example@1.0.0',
    scale: 'events',
    answers: [['b', null]],
    notApplicable: ['c'],
    norm: null,
    facts: [],
  })
  const zero = { answers: { a: 0 }, notApplicable: [] }
  assert.deepEqual(scoreInput(yardstick, 'total', zero, {}).answers, [
    ['a', 0],
    ['b', null],
  ])
  assert.deepEqual(scoreInput(yardstick, 'total', zero, {}).facts, [['sex', null]])
})

test('equal answers give the same text for the hash, in whatever order they came', () => {
  const text = (answers: object) => JSON.stringify(scoreInput(yardstick, 'total', check(answers), { sex: 'male' }))
  assert.equal(text({ b: 2, a: 5 }), text({ a: 5, b: 2 }))
  assert.notEqual(text({ a: 5, b: 2 }), text({ a: 5, b: 3 }))
  assert.equal(text({ a: 5, b: 2, c: 4 }), text({ a: 5, b: 2, c: 6 }), 'an item outside the scale is no input of it')
})

test('the input of a scale that is not there is an error', () => {
  assert.throws(() => scoreInput(yardstick, 'lost', check({}), {}), /example@1.0.0 has no scale lost/)
})

const { instruments, norms } = loadDefinitions()
const nosik = instruments.need('nosik@0.1.0-standin')

// docs/scoring.md, "From answers to a band". Stand-in norm: female mean 65, sd 20; male mean 60, sd 20.
// 25 answers of 4: eighteen straight items 72, seven reversed ones 7 x 3 = 21, raw 93; (93 - 65) / 20 = 1.40, (93 - 60) / 20 = 1.65.
test('the shipped stand-ins: the same NOSIK answers are considerable for a woman, serious for a man', () => {
  const answers = Object.fromEntries(Array.from({ length: 25 }, (_, index) => [`nosik${String(index + 1).padStart(2, '0')}`, 4]))
  const shipped: Yardstick = { instrument: nosik, tables: norms.tables.all(), bandSets: norms.bandSets }
  const of = (sex: string) => assess(shipped, answerChecker(nosik)(answers), { sex })[0]
  const { raw, z, band, stratum, normStatus } = of('female') ?? {}
  assert.deepEqual(
    { raw, z, band, stratum, normStatus },
    { raw: 93, z: 1.4, band: 'considerable', stratum: 'female', normStatus: 'stand-in' },
  )
  assert.deepEqual([of('male')?.z, of('male')?.band], [1.65, 'serious'])
})

test('docs/scoring.md explains every method and every reason', () => {
  const page = readFileSync(new URL('../../docs/scoring.md', import.meta.url), 'utf8')
  const methods = scaleSchema.options.flatMap(({ shape: { method } }) => ('options' in method ? method.options : [...method.values]))
  for (const name of [...methods, ...rawReasons, ...normReasons]) assert.match(page, new RegExp(`^\\| \`${name}\` \\|`, 'm'))
})
