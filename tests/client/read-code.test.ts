import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { codeOf, readCode } from '../../client/desk/entry/read-code.ts'

const text = (words: string) => ({ text: words, language: 'nl' })
const choices = [
  { value: 0, text: text('nee') },
  { value: 1, text: text('ja') },
  { value: 10, text: text('soms') },
  { value: -1, text: text('weet niet') },
]

test('a code is the answer that it stands for; nothing typed is none, and what is no code is refused', () => {
  const read = (typed: string) => readCode({ type: 'radiogroup', choices }, typed)
  assert.deepEqual(['1', ' 10 ', '-1', '', '  ', '2', '1 0', 'ja', '1.0'].map(read), [
    1,
    10,
    -1,
    undefined,
    undefined,
    null,
    null,
    null,
    null,
  ])
})

test('several codes stand for several answers, in the order of the choices, each once', () => {
  const read = (typed: string) => readCode({ type: 'checkbox', choices }, typed)
  assert.deepEqual(['10 0', '1,1', '0; 1', '3', '1 3'].map(read), [[0, 10], [1], [0, 1], null, null])
})

test('what an answer is typed as reads as that answer again', () => {
  const values = choices.map(({ value }) => value)
  fc.assert(
    fc.property(fc.constantFrom(...values), fc.subarray(values, { minLength: 1 }), (one, several) => {
      assert.equal(readCode({ type: 'dropdown', choices }, codeOf(one)), one)
      assert.deepEqual(readCode({ type: 'checkbox', choices }, codeOf(several)), several)
    }),
  )
})
