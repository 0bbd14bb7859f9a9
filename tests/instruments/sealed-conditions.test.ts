import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { answerChecker } from '../../instruments/answers.ts'
import type { Answers, Instrument } from '../../instruments/schema.ts'
import { sealConditions } from '../../instruments/sealed-conditions.ts'
import { orWhole } from '../harness/whole.ts'

const choices = [0, 1, 2].map((value) => ({ value, text: { nl: `${value}`, en: `${value}` } }))
const question = (name: string, visibleIf?: string) => ({
  type: 'radiogroup',
  name,
  title: { nl: name, en: name },
  choices,
  ...(visibleIf && { visibleIf }),
})

/** A list of items a, b, c ... of which each may have a condition on those before it. */
const list = (conditions: (string | undefined)[], pageCondition?: string): Instrument => {
  const elements = conditions.map((condition, index) => question(String.fromCharCode(97 + index), condition))
  const [first, ...others] = elements
  const pages = [
    { name: 'page1', elements: [first] },
    { name: 'page2', elements: others, ...(pageCondition && { visibleIf: pageCondition }) },
  ]
  return { id: 'list', version: '1.0.0', survey: { title: { nl: 'Lijst', en: 'List' }, pages } } as unknown as Instrument
}

const names = ['a', 'b', 'c', 'd', 'e']
const comparison = (item: string) =>
  fc.oneof(
    fc
      .tuple(fc.constantFrom('=', '<>', '>', '<', '>=', 'anyof'), fc.constantFrom(0, 1, 2))
      .map(([operator, value]) => (operator === 'anyof' ? `{${item}} anyof [${value}, 2]` : `{${item}} ${operator} ${value}`)),
    fc.constantFrom(`{${item}} empty`, `{${item}} notempty`, `!({${item}} = 1)`, `sum({${item}}, 1) > 2`),
  )
/** A condition on the items before number `index`. */
const condition = (index: number): fc.Arbitrary<string | undefined> => {
  if (index === 0) return fc.constant(undefined)
  const one = fc.constantFrom(...names.slice(0, index)).chain(comparison)
  return fc.option(
    fc.oneof(
      one,
      fc.tuple(one, fc.constantFrom('and', 'or'), one).map(([left, join, right]) => `${left} ${join} (${right})`),
    ),
    { nil: undefined },
  )
}
const someAnswers = fc.dictionary(fc.constantFrom(...names), fc.constantFrom(0, 1, 2), { maxKeys: 5, noNullPrototype: true })

const conditions = fc.tuple(...names.map((_, index) => condition(index)))

const askedIn = (instrument: Instrument, answers: Answers) => answerChecker(instrument)(answers).asked

test('without the sealed answers the same questions are asked as with them, whatever is answered or answered anew', () => {
  fc.assert(
    fc.property(
      conditions,
      fc.option(comparison('a'), { nil: undefined }),
      someAnswers,
      fc.subarray(names),
      someAnswers,
      (own, page, before, left, now) => {
        const instrument = list(own, page)
        const sealed = left.filter((name) => name in before)
        const visible = Object.fromEntries(Object.entries(before).filter(([name]) => !sealed.includes(name)))
        const shown = { ...instrument, survey: sealConditions(instrument.survey, before, sealed) }
        assert.deepEqual(askedIn(shown, { ...visible, ...now }), askedIn(instrument, { ...before, ...now }))
      },
    ),
    { numRuns: orWhole(150, 400) },
  )
})

test('where a sealed answer is compared with one that is still to come a question too many may be asked, none too few', () => {
  const instrument = list([undefined, undefined, '{a} = {b}', '{c} notempty and {a} < {b}'])
  fc.assert(
    fc.property(someAnswers, fc.subarray(names), someAnswers, (before, left, now) => {
      const sealed = left.filter((name) => name in before)
      const visible = Object.fromEntries(Object.entries(before).filter(([name]) => !sealed.includes(name)))
      const shown = askedIn({ ...instrument, survey: sealConditions(instrument.survey, before, sealed) }, { ...visible, ...now })
      for (const name of askedIn(instrument, { ...before, ...now })) assert.ok(shown.includes(name), name)
    }),
    { numRuns: orWhole(80, 200) },
  )
})

test('a condition tells no more of a sealed answer than whether it is fulfilled', () => {
  const instrument = list([undefined, '{a} = 1', '{a} = 1 and {b} = 2'])
  const written = (answers: Answers) => JSON.stringify(sealConditions(instrument.survey, answers, ['a']).pages)
  assert.notEqual(written({ a: 1 }), written({ a: 0 }))
  assert.equal(written({ a: 0 }), written({ a: 2 }))
  assert.deepEqual(sealConditions(instrument.survey, { b: 1 }, ['b']).pages[0], instrument.survey.pages[0])
})
