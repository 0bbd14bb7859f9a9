import assert from 'node:assert/strict'
import test from 'node:test'
import { applicableNorm, standardise } from '../../norms/standardise.ts'
import { factsOf, selectStratum } from '../../norms/stratum.ts'
import { agreement, exampleInstrument } from '../instruments/example.ts'
import { exampleTable, reportBands } from './example.ts'

const stratum = (id: string, when: Record<string, unknown> | undefined, mean: number, sd = 10) => ({ id, when, mean, sd, n: 100 })

const bySexAndAge = exampleTable({
  strata: [
    stratum('else', undefined, 40),
    stratum('mother-young', { sex: 'female', child_age: { from: 0, to: 5 } }, 50),
    stratum('mother-old', { sex: 'female', child_age: { from: 6, to: 17 } }, 60),
  ],
})

test('the stratum is the one of which every condition holds, ranges with both ends', () => {
  const chosen = (facts: Record<string, string | number | undefined>) => selectStratum(bySexAndAge, facts)?.id
  assert.equal(chosen({ sex: 'female', child_age: 0 }), 'mother-young')
  assert.equal(chosen({ sex: 'female', child_age: 5 }), 'mother-young')
  assert.equal(chosen({ sex: 'female', child_age: 6 }), 'mother-old')
  assert.equal(chosen({ sex: 'female', child_age: 17 }), 'mother-old')
})

test('whoever fits no condition is in the stratum for everybody else', () => {
  for (const facts of [
    { sex: 'male', child_age: 4 },
    { sex: 'female' },
    { child_age: 4 },
    {},
    { sex: 'female', child_age: 18 },
    { sex: undefined },
  ])
    assert.equal(selectStratum(bySexAndAge, facts)?.id, 'else', JSON.stringify(facts))
})

test('a text fact compares as text, a range holds for numbers only', () => {
  const table = exampleTable({ strata: [stratum('one', { code: '1' }, 0), stratum('range', { code: { from: 0, to: 9 } }, 0)] })
  assert.equal(selectStratum(table, { code: 1 })?.id, 'one')
  assert.equal(selectStratum(table, { code: 2 })?.id, 'range')
  assert.equal(selectStratum(table, { code: '2' }), undefined)
})

test('the facts that a table asks for are known', () => {
  assert.deepEqual(factsOf(bySexAndAge), ['child_age', 'sex'])
  assert.deepEqual(factsOf(exampleTable()), [])
})

test('a score is standardised against its stratum', () => {
  assert.deepEqual(standardise(bySexAndAge, reportBands, 'high', 67, { sex: 'female', child_age: 3 }), {
    z: 1.7,
    band: 'serious',
    stratum: 'mother-young',
    reason: null,
  })
  assert.deepEqual(standardise(bySexAndAge, reportBands, 'low', 67, { sex: 'female', child_age: 9 }), {
    z: 0.7,
    band: 'none',
    stratum: 'mother-old',
    reason: null,
  })
})

test('without a stratum there is no z, and the reason', () => {
  const mothersOnly = exampleTable({ strata: [stratum('mother', { sex: 'female' }, 50)] })
  assert.deepEqual(standardise(mothersOnly, reportBands, 'high', 67, { sex: 'male' }), {
    z: null,
    band: null,
    stratum: null,
    reason: 'no-stratum',
  })
})

test('where neither end of a scale is bad there is a z without a band', () => {
  assert.deepEqual(standardise(exampleTable(), reportBands, null, 2, {}), { z: 2, band: null, stratum: 'everybody', reason: null })
})

const instrument = (version: string) => ({ ...exampleInstrument([[agreement('a')]], [{ items: ['a'] }]), version })

test('a table applies to its instrument, its version range and its scale', () => {
  const applies = (table: Record<string, unknown>, version: string, scale = 'total') =>
    applicableNorm([exampleTable(table)], instrument(version), scale) !== undefined
  assert.equal(applies({}, '1.4.2'), true)
  assert.equal(applies({}, '2.0.0'), false)
  assert.equal(applies({}, '1.4.2', 'other'), false)
  assert.equal(applies({ instrument: 'another' }, '1.4.2'), false)
  assert.equal(applies({ instrumentVersions: 'not a range' }, '1.4.2'), false)
})

test('a stand-in version is in the range that it lies in', () => {
  const applies = (range: string, version: string) =>
    applicableNorm([exampleTable({ instrumentVersions: range })], instrument(version), 'total') !== undefined
  assert.equal(applies('>=0.1.0-standin <0.2.0', '0.1.0-standin'), true)
  assert.equal(applies('0.1.0-standin', '0.1.0-standin'), true)
  assert.equal(applies('>=0.1.0', '0.1.0-standin'), false)
  assert.equal(applies('>=0.1.0', '0.3.0-standin'), true)
  assert.equal(applies('<0.2.0-0', '0.2.0-standin'), false)
})

test('of two tables that apply the first counts', () => {
  const [first, second] = [exampleTable({ id: 'first' }), exampleTable({ id: 'second' })]
  assert.equal(applicableNorm([first, second], instrument('1.0.0'), 'total'), first)
  assert.equal(applicableNorm([exampleTable({ scale: 'other' }), second], instrument('1.0.0'), 'total'), second)
  assert.equal(applicableNorm([], instrument('1.0.0'), 'total'), undefined)
})
