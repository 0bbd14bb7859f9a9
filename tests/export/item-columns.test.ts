import assert from 'node:assert/strict'
import { test } from 'node:test'
import { itemUnits } from '../../server/export/item-columns.ts'
import { exampleInstrument, text } from '../instruments/example.ts'

const typeOf = (limits: { min?: number; max?: number; step?: number }) =>
  itemUnits(exampleInstrument([[{ type: 'text', name: 'q', title: text('q'), inputType: 'number', ...limits }]]))[0]?.columns[0]?.type

test('a number is whole where its steps are, and where they are counted from a whole number', () => {
  assert.equal(typeOf({ min: 0, max: 10, step: 1 }), 'integer')
  assert.equal(typeOf({ step: 5 }), 'integer')
  assert.equal(typeOf({ min: -3, step: 2 }), 'integer')
  // 0.5, 1.5, 2.5 ...
  assert.equal(typeOf({ min: 0.5, max: 10, step: 1 }), 'decimal')
  assert.equal(typeOf({ min: 0, step: 0.5 }), 'decimal')
  assert.equal(typeOf({ min: 0, max: 10 }), 'decimal')
})
