import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readRecord, readValue, shownAnswer } from '../../client/desk/values/read-value.ts'
import type { AnswerRecord } from '../../instruments/schema.ts'

const items = [
  {
    item: 'kind',
    title: { nl: 'Soort', en: 'Kind' },
    input: 'code' as const,
    choices: [{ value: 2, text: { nl: 'pleeggezin', en: 'foster family' } }],
  },
  { item: 'start', title: { nl: 'Begin', en: 'Start' }, input: 'date' as const, choices: [] },
]

test('a record is made of what is typed at its items; what is left empty is not in it, and nothing at all is none', () => {
  assert.deepEqual(readRecord(items, { kind: ' 2 ', start: '2024-03-01' }), { kind: 2, start: '2024-03-01' })
  assert.deepEqual(readRecord(items, { start: '2024-03-01' }), { start: '2024-03-01' })
  assert.equal(readRecord(items, { kind: 'twee', start: '2024-03-01' }), undefined)
  assert.equal(readRecord(items, { kind: ' ' }), undefined)
})

test('a value is read by how it is typed', () => {
  assert.deepEqual(
    [readValue('code', '3'), readValue('number', '2,5'), readValue('codes', '1, 3'), readValue('text', '3'), readValue('code', '')],
    [3, 2.5, [1, 3], '3', null],
  )
  assert.deepEqual([readValue('code', 'x'), readValue('codes', '1 x')], [undefined, undefined])
})

test('records are shown numbered, with the meaning of their codes, and the names of items where there are several', () => {
  const records: AnswerRecord[] = [{ kind: 2, start: '2024-03-01' }, { kind: 9 }]
  assert.equal(shownAnswer({ items }, records, 'nl'), '1: kind 2 pleeggezin, start 2024-03-01; 2: kind 9')
  assert.equal(shownAnswer({ items: items.slice(0, 1) }, [{ kind: 2 }], 'en'), '1: 2 foster family')
  assert.equal(shownAnswer({ items }, null, 'nl'), '')
  assert.equal(shownAnswer({ choices: items[0]?.choices ?? [] }, 2, 'en'), '2 foster family')
})
