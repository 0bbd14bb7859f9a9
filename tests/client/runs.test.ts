/** Which statements of a page belong together, and the steps through them one at a time. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { openPlainSurvey } from '../../client/survey/plain-engine.ts'
import { after, back, currentOf, entered, forward, pinned, type Shown, showing } from '../../client/survey/run-steps.ts'
import { blocksOf, type RunView, runsIn } from '../../client/survey/runs.ts'
import type { ElementView, ItemView } from '../../client/survey/view.ts'
import type { Element, Survey } from '../../instruments/schema.ts'

const words = (text: string) => ({ nl: text, en: text })
const choices = (...texts: string[]) => texts.map((text, value) => ({ value, text: words(text) }))
const often = choices('Nooit', 'Soms', 'Vaak')
const statement = (name: string, of = often): Element => ({ type: 'radiogroup', name, title: words(name), choices: of })

/** What a page with these elements looks like. */
function viewOf(...elements: Element[]): ElementView[] {
  const survey: Survey = { title: words('Lijst'), pages: [{ name: 'page', elements }] }
  return openPlainSurvey(survey, { answers: {}, page: null, language: 'nl', hidden: [] }).page().elements
}

const told = (elements: ElementView[]) =>
  blocksOf(elements).map((block) => (block.kind === 'run' ? block.items.map(({ name }) => name).join(' ') : `[${block.name}]`))

test('three statements or more with the same choices are a run; two are two questions', () => {
  assert.deepEqual(told(viewOf(statement('a'), statement('b'), statement('c'), statement('d'))), ['a b c d'])
  assert.deepEqual(told(viewOf(statement('a'), statement('b'))), ['[a]', '[b]'])
})

test('other choices, another kind of question or a text between them end a run, and everything keeps its place', () => {
  const yesNo = choices('Ja', 'Nee')
  const note: Element = { type: 'html', name: 'note', html: words('<p>Nu iets anders</p>') }
  const story: Element = { type: 'comment', name: 'story', title: words('Waarom?') }
  const list: Element = { type: 'dropdown', name: 'list', title: words('Welke?'), choices: often }
  const page = [statement('a'), statement('b'), list, statement('c', yesNo), statement('d', yesNo), statement('e', yesNo), note]
  assert.deepEqual(told(viewOf(...page, statement('f', yesNo), story)), ['[a]', '[b]', '[list]', 'c d e', '[note]', '[f]', '[story]'])
})

test('a scale whose words or values differ is another scale', () => {
  const reworded = choices('Nooit', 'Soms', 'Altijd')
  const recoded = often.map(({ value, text }) => ({ value: value + 1, text }))
  assert.deepEqual(told(viewOf(statement('a'), statement('b'), statement('c', reworded))), ['[a]', '[b]', '[c]'])
  assert.deepEqual(told(viewOf(statement('a'), statement('b'), statement('c', recoded))), ['[a]', '[b]', '[c]'])
})

test('a panel keeps its own runs', () => {
  const panel: Element = { type: 'panel', name: 'panel', elements: [statement('c'), statement('d'), statement('e')] }
  const elements = viewOf(statement('a'), statement('b'), panel)
  assert.deepEqual(told(elements), ['[a]', '[b]', '[panel]'])
  assert.deepEqual(
    runsIn(elements).map(({ items }) => items.map(({ name }) => name)),
    [['c', 'd', 'e']],
  )
})

const [one] = viewOf(statement('a'))
const item = (name: string, answer?: number, earlier?: 'sealed'): ItemView => ({
  ...(one as ItemView),
  name,
  answer,
  ...(earlier && { earlier }),
})
const run = (...items: ItemView[]): RunView => ({ kind: 'run', name: items[0]?.name ?? '', items })

test('one goes on at the first statement that is open, past what is answered here or elsewhere', () => {
  assert.deepEqual(entered([run(item('a', 1), item('b', undefined, 'sealed'), item('c'), item('d'))], 'forward'), ['c'])
  assert.deepEqual(entered([run(item('a', 1), item('b', 1), item('c', 0))], 'forward'), ['c'], 'all answered: the last, and the way on')
  assert.deepEqual(entered([run(item('a'), item('b'), item('c'))], 'back'), ['c'], 'back from the page after it: the last')
})

test('an answer changes nothing about what is shown', () => {
  const before = [run(item('a'), item('b'), item('c'))]
  const shown = entered(before, 'forward')
  assert.equal(currentOf(run(item('a', 2), item('b'), item('c')), shown).name, 'a')
})

test('a statement that is no longer asked gives its place to the first open one', () => {
  assert.equal(currentOf(run(item('a', 1), item('c'), item('d')), ['b']).name, 'c')
})

/** One to three runs, of three to six statements each, answered or not. */
const someRuns = fc
  .array(fc.array(fc.boolean(), { minLength: 3, maxLength: 6 }), { minLength: 1, maxLength: 3 })
  .map((lists) => lists.map((list, at) => run(...list.map((answered, index) => item(`${at}-${index}`, answered ? 1 : undefined)))))

const placesIn = (runs: RunView[], shown: Shown) => runs.map((each) => each.items.indexOf(currentOf(each, shown)))
const sum = (values: number[]): number => values.reduce((all, value) => all + value, 0)
const lastPlaces = (runs: RunView[]) => runs.map(({ items }) => items.length - 1)

test('steps forward visit every statement once, end at the end, and steps back retrace them', () => {
  fc.assert(
    fc.property(someRuns, (runs) => {
      const first = runs.map(({ name }) => name)
      const visited: string[] = []
      let shown: Shown = first
      for (let step = forward(runs, shown); step; step = forward(runs, shown)) {
        visited.push(step.name)
        shown = step.shown
        assert.equal(shown.length, runs.length)
      }
      assert.deepEqual(placesIn(runs, shown), lastPlaces(runs))
      assert.equal(new Set([...first, ...visited]).size, sum(runs.map(({ items }) => items.length)))
      const retraced: string[] = []
      for (let step = back(runs, shown); step; step = back(runs, shown)) {
        retraced.push(step.name)
        shown = step.shown
      }
      assert.deepEqual(shown.toSorted(), first.toSorted())
      assert.equal(retraced.length, visited.length)
    }),
  )
})

test('a step moves one run by one statement and leaves the others', () => {
  fc.assert(
    fc.property(someRuns, fc.nat(), fc.nat(), (runs, which, where) => {
      const chosen = runs[which % runs.length] as RunView
      const from = chosen.items[where % chosen.items.length] as ItemView
      const shown = showing(runs, pinned(runs, []), from.name)
      assert.equal(currentOf(chosen, shown), from)
      const step = after(runs, shown, from.name)
      if (!step) return assert.equal(from, chosen.items.at(-1))
      assert.equal(sum(placesIn(runs, step.shown)) - sum(placesIn(runs, shown)), 1)
      assert.equal(currentOf(chosen, step.shown).name, step.name)
    }),
  )
})

test('an item that is in no run leads nowhere and shows nothing', () => {
  const runs = [run(item('a'), item('b'), item('c'))]
  assert.equal(after(runs, ['a'], 'elsewhere'), null)
  assert.deepEqual(showing(runs, ['b'], 'elsewhere'), ['b'])
  assert.deepEqual([forward([], []), back([], [])], [null, null])
})
