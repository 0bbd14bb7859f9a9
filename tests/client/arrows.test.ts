/** The arrow keys in a table of the report. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { step } from '../../client/desk/report/arrows.ts'

/** Row 0 and 3 are headings. */
const lines = [1, 2, 4]
const press = (key: string, row: number, column: number) => step(key, { row, column }, lines, 3)

test('arrows go to the number beside, and over headings to the one above or below', () => {
  assert.deepEqual(press('ArrowRight', 1, 0), { row: 1, column: 1 })
  assert.deepEqual(press('ArrowLeft', 1, 1), { row: 1, column: 0 })
  assert.deepEqual(press('ArrowDown', 2, 2), { row: 4, column: 2 })
  assert.deepEqual(press('ArrowUp', 4, 2), { row: 2, column: 2 })
  assert.deepEqual(press('End', 2, 0), { row: 2, column: 2 })
  assert.deepEqual(press('Home', 2, 2), { row: 2, column: 0 })
})

test('at the edge of a table, and of keys that mean nothing here, nothing comes', () => {
  assert.deepEqual(
    [press('ArrowRight', 1, 2), press('ArrowLeft', 1, 0), press('ArrowUp', 1, 0), press('ArrowDown', 4, 0), press('a', 1, 1)],
    [null, null, null, null, null],
  )
})
