/** Who is counted, in as few lines as say it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { counted } from '../../../server/report/output/counted.ts'

test('lines that differ in their wave, or in group and wave, are one line', () => {
  assert.deepEqual(counted(['Families; wave: Start', 'Families; wave: After 3 months']), ['Families; wave: Start / After 3 months'])
  assert.deepEqual(
    counted(['Families in A; wave: T0', 'Families in A; wave: FU3', 'Families in B; wave: T0', 'Families in B; wave: FU3']),
    ['Families in A / Families in B; wave: T0 / FU3'],
  )
})

test('where a combination does not occur, none is made up', () => {
  const three = ['A; wave: T0', 'A; wave: FU3', 'B; wave: T0']
  assert.deepEqual(counted(three), three)
})

test('one line stays as it is, twice the same is said once, and lines of other parts stay apart', () => {
  assert.deepEqual(counted(['A; wave: T0']), ['A; wave: T0'])
  assert.deepEqual(counted(['A', 'A']), ['A'])
  assert.deepEqual(counted(['A; wave: T0', 'Lists: children']), ['A; wave: T0', 'Lists: children'])
  assert.deepEqual(counted([]), [])
})
