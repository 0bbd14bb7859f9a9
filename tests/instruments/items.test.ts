import assert from 'node:assert/strict'
import { test } from 'node:test'
import { itemsOf } from '../../instruments/items.ts'
import { instrumentSchema } from '../../instruments/schema.ts'
import { smallInstrument } from './small-files.ts'

const instrument = instrumentSchema.parse(smallInstrument())

test('the items of an instrument are its questions in order, without html and panels', () => {
  assert.deepEqual(
    itemsOf(instrument).map(({ name, page }) => [name, page]),
    [
      ['q1', 'first'],
      ['q2', 'first'],
      ['q3', 'second'],
      ['q4', 'second'],
    ],
  )
})

test('an item carries the conditions of its page and panels before its own', () => {
  assert.deepEqual(
    itemsOf(instrument).map(({ conditions }) => conditions),
    [[], [], ['{q1} > 1'], ['{q1} > 1', '{q2} = 4', '{q3} notempty']],
  )
})

test('choices taken from another question are filled in', () => {
  const [q1, q2, , q4] = itemsOf(instrument)
  assert.deepEqual(
    q1?.choices.map(({ value }) => value),
    [1, 2, 3, 4],
  )
  assert.deepEqual(q2?.choices, q1?.choices)
  assert.deepEqual(q4?.choices, [])
})

test('the items of one instrument are worked out once', () => {
  assert.equal(itemsOf(instrument), itemsOf(instrument))
})
