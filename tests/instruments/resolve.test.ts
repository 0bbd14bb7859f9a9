import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { resolveUses } from '../../instruments/resolve.ts'
import type { Part } from '../../instruments/schema.ts'
import { smallPart } from './small-files.ts'

const part = (id: string, define: Part['define']): Part => ({ ...smallPart(), id, define })

test('a piece takes the place of $use, and may use further pieces', () => {
  const source = { pages: [{ $use: 'page' }], plain: 1 }
  const parts = [part('one', { page: { elements: { $use: 'list' } }, list: [1, 2] })]
  assert.deepEqual(resolveUses(source, parts), {
    value: { pages: [{ elements: [1, 2] }], plain: 1 },
    problems: [],
    pieces: new Set(['one@0.1.0-standin/page', 'one@0.1.0-standin/list']),
  })
  assert.deepEqual(source, { pages: [{ $use: 'page' }], plain: 1 }, 'the source itself is left as it was')
})

test('the same piece may be taken in at several places', () => {
  const { value, problems } = resolveUses([{ $use: 'a' }, { $use: 'a' }], [part('one', { a: 'x' })])
  assert.deepEqual({ value, problems }, { value: ['x', 'x'], problems: [] })
})

test('what $use cannot mean is a problem with its path', () => {
  const problemsOf = (source: unknown, ...parts: Part[]) =>
    resolveUses(source, parts).problems.map(({ path, reason }) => `${path} ${reason}`)
  const one = part('one', { a: 1, round: { $use: 'about' }, about: [{ $use: 'round' }] })
  assert.deepEqual(problemsOf({ x: [{ $use: 'b' }] }, one), ['/x/0 $use: no part in "uses" defines "b"'])
  assert.deepEqual(problemsOf({ $use: 'toString' }, one), [' $use: no part in "uses" defines "toString"'])
  assert.deepEqual(problemsOf({ 'x/y': { $use: 3 } }, one), ['/x~1y $use takes the name of one piece, as a text'])
  assert.deepEqual(problemsOf({ x: { $use: 'a', title: 1 } }, one), ['/x $use stands alone: remove title, or write the piece out here'])
  assert.deepEqual(problemsOf({ x: { $use: 'a' } }, one, part('two', { a: 2 })), [
    '/x $use: "a" is defined by both one@0.1.0-standin and two@0.1.0-standin',
  ])
  assert.deepEqual(problemsOf({ x: { $use: 'round' } }, one), ['/x/0 $use goes in a circle: round > about > round'])
})

const event = (nl: string, en: string) => ({ event: { nl, en } })
const question = { nl: 'Gaat het beter sinds {{event}}?', en: 'Are things better since {{event}}?' }

test('words in a text are filled in from a part, in the language of the text', () => {
  const { value, problems, pieces } = resolveUses({ title: question }, [part('one', event('het gesprek', 'the talk'))])
  assert.deepEqual(value, { title: { nl: 'Gaat het beter sinds het gesprek?', en: 'Are things better since the talk?' } })
  assert.deepEqual({ problems, pieces }, { problems: [], pieces: new Set(['one@0.1.0-standin/event']) })
})

test('a common piece gets its words from whichever part is listed beside it', () => {
  const common = part('common', { page: { title: { $use: 'title' }, description: question }, title: question })
  const titles = [event('de zitting', 'the hearing'), event('het gesprek', 'the talk')].map(
    (define) => resolveUses({ $use: 'page' }, [common, part('other', define)]).value,
  )
  assert.deepEqual(
    titles,
    ['de zitting', 'het gesprek'].map((nl, index) => {
      const text = { nl: `Gaat het beter sinds ${nl}?`, en: `Are things better since ${['the hearing', 'the talk'][index]}?` }
      return { title: text, description: text }
    }),
  )
})

test('words may hold further words, and stand in a text more than once', () => {
  const define = { a: { nl: '{{b}} en {{b}}', en: '{{b}} and {{b}}' }, b: { nl: 'één', en: 'one' } }
  assert.deepEqual(resolveUses({ nl: '{{a}}.', en: '{{a}}!' }, [part('one', define)]).value, { nl: 'één en één.', en: 'one and one!' })
})

test('words that cannot be filled in are a problem with its path, and the text stays as it was', () => {
  const one = part('one', { ...event('het gesprek', 'the talk'), list: [1], a: { nl: '{{b}}' }, b: { nl: '{{a}}' } })
  const problemsOf = (source: unknown, ...parts: Part[]) => {
    const { value, problems } = resolveUses(source, parts)
    assert.deepEqual(value, source)
    return problems.map(({ path, reason }) => `${path} ${reason}`)
  }
  assert.deepEqual(problemsOf({ title: { nl: 'Na {{evnt}}' } }, one), ['/title/nl {{evnt}}: no part in "uses" defines "evnt"'])
  assert.deepEqual(problemsOf({ title: { pl: '{{event}}' } }, one), [
    '/title/pl {{event}}: "event" of one@0.1.0-standin has no text for "pl"',
  ])
  assert.deepEqual(problemsOf({ visibleIf: '{{event}}' }, one), [
    '/visibleIf {{event}}: "event" of one@0.1.0-standin has no text for "visibleIf"',
  ])
  assert.deepEqual(problemsOf({ nl: '{{list}}' }, one), ['/nl {{list}}: "list" of one@0.1.0-standin has no text for "nl"'])
  assert.deepEqual(problemsOf({ nl: '{{event}}' }, one, part('two', event('x', 'y'))), [
    '/nl {{event}}: "event" is defined by both one@0.1.0-standin and two@0.1.0-standin',
  ])
  assert.deepEqual(
    resolveUses({ nl: '{{a}}' }, [one]).problems.map(({ reason }) => reason),
    ['{{a}} goes in a circle: a > b > a'],
  )
})

test('single braces, which SurveyJS fills in itself, are left alone', () => {
  const source = { templateTitle: { nl: 'Afspraak {panelIndex}' }, visibleIf: '{held} = 1' }
  assert.deepEqual(resolveUses(source, [part('one', { held: { nl: 'x' } })]), { value: source, problems: [], pieces: new Set() })
})

test('a definition without $use comes back equal', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      assert.deepEqual(resolveUses(value, []), { value, problems: [], pieces: new Set() })
    }),
  )
})
