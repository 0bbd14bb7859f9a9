import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Piece, textDifferences } from '../../client/desk/study/text-differences.ts'

const without = (kind: Piece['kind'], pieces: Piece[]) =>
  pieces
    .filter((piece) => piece.kind !== kind)
    .map(({ text }) => text)
    .join('')

test('without what is new the pieces are the first text, without what went the second, whatever the texts', () => {
  const text = fc.array(fc.constantFrom('een', 'twee', ' ', '\n\n', '{link}', 'أهلا', '')).map((words) => words.join(''))
  fc.assert(
    fc.property(text, text, (before, after) => {
      const pieces = textDifferences(before, after)
      assert.equal(without('new', pieces), before)
      assert.equal(without('old', pieces), after)
      for (const [index, { kind }] of pieces.entries()) assert.notEqual(kind, pieces[index + 1]?.kind)
    }),
  )
})

test('the same text has one piece, and one other word is the only thing that is marked', () => {
  assert.deepEqual(textDifferences('Beste {name}', 'Beste {name}'), [{ kind: 'both', text: 'Beste {name}' }])
  assert.deepEqual(textDifferences('Bel ons op maandag.', 'Bel ons op dinsdag.'), [
    { kind: 'both', text: 'Bel ons op ' },
    { kind: 'old', text: 'maandag.' },
    { kind: 'new', text: 'dinsdag.' },
  ])
})
