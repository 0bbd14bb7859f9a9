import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openSurvey } from '../../client/survey/engine.ts'
import { sealItems } from '../../client/survey/sealed-items.ts'
import { askedIn } from '../../client/survey/view.ts'
import type { Answers, Survey } from '../../instruments/schema.ts'
import { sealConditions } from '../../instruments/sealed-conditions.ts'

const words = (text: string) => ({ nl: text, en: text })
const choices = [1, 2].map((value) => ({ value, text: words(`${value}`) }))
const survey = {
  title: words('Lijst'),
  pages: [
    {
      name: 'page1',
      elements: [
        { type: 'radiogroup', name: 'a', title: words('a'), choices },
        { type: 'radiogroup', name: 'b', title: words('b'), choices, visibleIf: '{a} = 1' },
        { type: 'text', name: 'n', title: words('n'), inputType: 'number', min: 0 },
        {
          type: 'paneldynamic',
          name: 'stays',
          title: words('stays'),
          maxPanelCount: 3,
          templateElements: [{ type: 'text', name: 'place', title: words('place') }],
        },
      ],
    },
  ],
} as unknown as Survey

function open(all: Answers, sealed: string[]) {
  const visible = Object.fromEntries(Object.entries(all).filter(([name]) => !sealed.includes(name)))
  const engine = openSurvey(sealConditions(survey, all, sealed), { answers: visible, page: null, language: 'nl' })
  return sealItems(engine, sealed)
}

const earlier = (engine: ReturnType<typeof open>) =>
  Object.fromEntries(askedIn(engine.page().elements).map(({ name, earlier: mark }) => [name, mark]))

test('what was answered elsewhere is counted and marked, and decides what is asked, but is not here', () => {
  const engine = open({ a: 1, b: 2 }, ['a'])
  assert.deepEqual(engine.answers(), { b: 2 })
  assert.deepEqual(engine.sealed(), ['a'])
  assert.equal(engine.page().progress.answered, 2)
  assert.deepEqual(earlier(engine), { a: 'sealed', b: undefined, n: undefined, stays: undefined })
})

test('answered anew it takes the place of what was there, and taken back it is gone', () => {
  const engine = open({ a: 1, b: 2 }, ['a', 'b'])
  engine.unseal('a')
  assert.equal(earlier(engine).a, 'replaceable')
  assert.deepEqual(engine.sealed(), ['a', 'b'], 'nothing changed yet')
  engine.answer('a', 2)
  assert.deepEqual([engine.answers(), engine.sealed()], [{ a: 2 }, ['b']])
  assert.deepEqual(Object.keys(earlier(engine)), ['a', 'n', 'stays'], 'what hung on the answer before is no longer asked')
  engine.answer('a', undefined)
  assert.deepEqual([engine.answers(), engine.sealed()], [{}, ['b']])
})

test('a text that is no answer yet, or a record in which nothing stands, replaces nothing', () => {
  const engine = open({ n: 3, stays: [{ place: 'home' }] }, ['n', 'stays'])
  for (const name of ['n', 'stays']) engine.unseal(name)
  engine.type('n', 'x')
  engine.addRecord('stays')
  assert.deepEqual([engine.answers(), engine.sealed()], [{}, ['n', 'stays']])
  engine.type('n', '4')
  engine.type('stays[0].place', 'here')
  assert.deepEqual([engine.answers(), engine.sealed()], [{ n: 4, stays: [{ place: 'here' }] }, []])
})

test('what another device answers meanwhile is sealed, but not over what is here', () => {
  const engine = open({ a: 1 }, [])
  let told = 0
  engine.subscribe(() => told++)
  engine.seal(['a', 'n'])
  assert.deepEqual([engine.answers(), engine.sealed(), told], [{ a: 1 }, ['n'], 1])
})

test('a view stays the same object until something changes', () => {
  const engine = open({ a: 1 }, ['a'])
  assert.equal(engine.page(), engine.page())
  const before = engine.page()
  engine.unseal('a')
  assert.notEqual(engine.page(), before)
})
