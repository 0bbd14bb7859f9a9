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

test('a definition without $use comes back equal', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      assert.deepEqual(resolveUses(value, []), { value, problems: [], pieces: new Set() })
    }),
  )
})
