import assert from 'node:assert/strict'
import { test } from 'node:test'
import { collisionsIn } from '../../instruments/missing-codes.ts'
import { instrumentSchema } from '../../instruments/schema.ts'
import { loadDefinitions } from '../../server/definitions/load.ts'
import { visit } from '../export/own-definitions.ts'

/** The list of the other tests, with one question changed. */
function visitWith(name: string, change: Record<string, unknown>) {
  const definition = visit('1.0.0')
  const elements = definition.survey.pages[0]?.elements ?? []
  Object.assign(elements.find((element) => element.name === name) ?? {}, change)
  return instrumentSchema.parse(definition)
}

const text = { nl: 'x', en: 'x' }

test('an item that has a missing code among its answers is found', () => {
  const choices = [-9, 1].map((value) => ({ value, text }))
  assert.deepEqual(collisionsIn(visitWith('moved', { choices })), [{ item: 'moved', code: -9 }])
  assert.deepEqual(collisionsIn(visitWith('persons', { min: -10 })), [{ item: 'persons', code: -9 }])
  assert.deepEqual(collisionsIn(visitWith('persons', { min: -8, max: 0 })), [{ item: 'persons', code: -8 }])
  assert.deepEqual(collisionsIn(visitWith('balance', { min: -100 })), [{ item: 'balance', code: -9 }])
})

test('an item whose range stays clear of the missing codes is fine', () => {
  assert.deepEqual(collisionsIn(visitWith('persons', { min: -7 })), [])
  assert.deepEqual(collisionsIn(visitWith('persons', { min: -20, max: -10 })), [])
  assert.deepEqual(
    collisionsIn(visitWith('support', { choices: [-9, -8].map((value) => ({ value, text })) })),
    [],
    'each choice is a column of 0 and 1',
  )
})

test('no shipped instrument collides with a missing code', () => {
  for (const instrument of loadDefinitions().instruments.all()) assert.deepEqual(collisionsIn(instrument), [], instrument.id)
})
