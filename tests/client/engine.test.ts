import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { openSurvey } from '../../client/survey/engine.ts'
import { type ItemView, itemsIn } from '../../client/survey/view.ts'
import { answerChecker } from '../../instruments/answers.ts'
import type { Answers, Instrument, Survey } from '../../instruments/schema.ts'
import { orWhole } from '../harness/whole.ts'

const words = (nl: string, en = `${nl} (en)`) => ({ nl, en })
const yesNo = [
  { value: 1, text: words('Ja', 'Yes') },
  { value: 0, text: words('Nee', 'No') },
]

/** Two levels of conditions, on an item, a panel and a page. */
const survey: Survey = {
  title: words('Lijst'),
  pages: [
    {
      name: 'first',
      elements: [
        { type: 'html', name: 'intro', html: words('<p>Hallo</p>') },
        { type: 'radiogroup', name: 'a', title: words('Vraag a'), choices: yesNo },
        { type: 'radiogroup', name: 'b', title: words('Vraag b'), choicesFromQuestion: 'a', visibleIf: '{a} = 1' },
        {
          type: 'panel',
          name: 'more',
          visibleIf: '{b} = 1',
          elements: [{ type: 'text', inputType: 'number', min: 1, max: 10, name: 'c', title: words('Cijfer') }],
        },
      ],
    },
    { name: 'second', visibleIf: '{a} = 1', elements: [{ type: 'comment', name: 'd', title: words('Waarom? {a}') }] },
    { name: 'third', elements: [{ type: 'text', name: 'e', title: words('Tot slot') }] },
  ],
}

const open = (answers: Answers = {}, page: string | null = null) => openSurvey(survey, { answers, page, language: 'nl' })
const names = (items: ItemView[]) => items.map(({ name, number }) => `${number} ${name}`)

test('texts come in the reader’s language, English too, though that is what survey-core calls the default', () => {
  const engine = open()
  const title = () => itemsIn(engine.page().elements)[0]?.title
  assert.deepEqual(title(), { text: 'Vraag a', language: 'nl' })
  engine.speak('en')
  assert.deepEqual(title(), { text: 'Vraag a (en)', language: 'en' })
  assert.deepEqual(
    itemsIn(engine.page().elements)[0]?.choices.map(({ text }) => text.text),
    ['Yes', 'No'],
  )
})

test('a text without a translation is shown in Dutch, and says that it is Dutch', () => {
  const engine = open({ a: 1 })
  engine.speak('tr')
  const items = itemsIn(engine.page().elements)
  assert.deepEqual(items[0]?.title, { text: 'Vraag a', language: 'nl' })
  assert.deepEqual(items[1]?.choices[0]?.text, { text: 'Ja', language: 'nl' })
})

test('items are numbered among those that are asked, and progress counts along', () => {
  const engine = open()
  assert.deepEqual(names(itemsIn(engine.page().elements)), ['1 a'])
  assert.deepEqual(engine.page().progress, { from: 1, to: 1, total: 2, answered: 0 })
  engine.answer('a', 1)
  engine.answer('b', 1)
  assert.deepEqual(names(itemsIn(engine.page().elements)), ['1 a', '2 b', '3 c'])
  assert.deepEqual(engine.page().progress, { from: 1, to: 3, total: 5, answered: 2 })
  assert.equal(engine.next(), true)
  assert.deepEqual(engine.page().progress, { from: 4, to: 4, total: 5, answered: 2 })
  assert.deepEqual(engine.find('e'), { page: 'third', number: 5 })
})

test('what is no longer asked is not among the answers, also behind a condition on a condition, a panel or a page', () => {
  const engine = open({ a: 1, b: 1, c: 7, d: 'omdat', e: 'klaar' })
  engine.answer('a', 0)
  assert.deepEqual(engine.answers(), { a: 0, e: 'klaar' })
  assert.equal(engine.find('d'), undefined)
})

test('an answer hidden by a slip of the finger comes back with its question, one taken back does not', () => {
  const engine = open({ a: 1, b: 1, c: 7, d: 'omdat' })
  engine.answer('a', 0)
  engine.answer('a', 1)
  assert.deepEqual(engine.answers(), { a: 1, b: 1, c: 7, d: 'omdat' })
  engine.answer('b', undefined)
  engine.answer('a', 0)
  engine.answer('a', 1)
  assert.deepEqual(engine.answers(), { a: 1, d: 'omdat' })
})

test('an open item never stops anybody, a number that cannot be taken does, at its item', () => {
  const engine = open({ a: 1, b: 1 })
  engine.type('c', '11')
  const problem = () => itemsIn(engine.page().elements)[2]?.problem
  assert.equal(problem(), null, 'nobody is corrected while typing')
  assert.equal(engine.next(), false)
  assert.deepEqual(problem(), { code: 'too-high', limit: 10 })
  assert.equal(itemsIn(engine.page().elements)[2]?.typed, '11', 'what was typed stays')
  assert.equal('c' in engine.answers(), false)
  engine.type('c', '7,5')
  assert.equal(problem(), null)
  assert.deepEqual(engine.answers(), { a: 1, b: 1, c: 7.5 })
  assert.equal(engine.next(), true)
  assert.equal(engine.page().name, 'second')
})

test('a problem shows when the field is left', () => {
  const engine = open({ a: 1, b: 1 })
  engine.type('c', 'zeven')
  engine.leave('c')
  assert.deepEqual(itemsIn(engine.page().elements)[2]?.problem, { code: 'not-a-number' })
})

test('it goes on at the saved page, and at the first where that page is not asked any more', () => {
  assert.equal(open({ a: 1 }, 'second').page().name, 'second')
  assert.equal(open({ a: 0 }, 'second').page().name, 'first')
  assert.equal(open({}, 'gone').page().name, 'first')
})

test('an answer that the server refused is marked until it changes', () => {
  const engine = open({ a: 1 })
  engine.refuse(['a'])
  assert.deepEqual(itemsIn(engine.page().elements)[0]?.problem, { code: 'refused' })
  engine.answer('a', 0)
  assert.equal(itemsIn(engine.page().elements)[0]?.problem, null)
})

test('a view stays the same object until something changes', () => {
  const engine = open()
  const before = engine.page()
  assert.equal(engine.page(), before)
  engine.answer('a', 1)
  assert.notEqual(engine.page(), before)
})

test('page and server agree on what is asked and take the same answers, whatever was clicked before', () => {
  const check = answerChecker({ survey } as Instrument)
  const step = fc.oneof(
    fc.record({ name: fc.constantFrom('a', 'b'), value: fc.constantFrom(0, 1, undefined) }),
    fc.record({ name: fc.constantFrom('d', 'e'), value: fc.constantFrom('omdat', undefined) }),
  )
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
      const engine = open()
      for (const { name, value } of steps) engine.answer(name, value)
      const { problems, answers, asked, notApplicable } = check(engine.answers())
      assert.deepEqual(problems, [])
      assert.deepEqual(answers, engine.answers())
      assert.ok(asked.every((name) => engine.find(name)))
      assert.ok(notApplicable.every((name) => !engine.find(name)))
    }),
    { numRuns: orWhole(40, 100) },
  )
})
