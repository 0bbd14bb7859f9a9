/** The same count in several tables: left out in each, or in none. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { both, type Json } from '../../instruments/small-files.ts'
import { type Family, moodTables } from '../mood-report.ts'

/** 10, 3, 12 and 8 families gave the answers 1 to 4. */
const families = [10, 3, 12, 8].flatMap((count, value) =>
  Array.from({ length: count }, (): Family => ({ groups: [], lists: [{ q1: value + 1 }] })),
)
const table = (id: string, own: Json): Json => ({ id, title: both(id), unit: 'case', columns: [{ of: {} }], ...own })
const each = table('each', { of: { instruments: ['mood'], wave: 'T0' }, rows: [{ count: { item: 'q1' } }] })
const two = [
  { title: both('1'), values: [1] },
  { title: both('2 to 4'), values: [2, 3, 4] },
]
const starsIn = (...tables: Json[]): boolean[][] =>
  moodTables({ tables }, families, 5).map(({ rows }) =>
    rows.flatMap((row) => (row.kind === 'cells' ? row.cells.map(({ masked = false }) => masked) : [])),
  )

test('a count is the same whichever part of a table says of whom it is', () => {
  const count = { count: { item: 'q1' }, categories: two }
  const together = [
    table('table', { of: { instruments: ['mood'], wave: 'T0' }, rows: [count] }),
    table('row', { of: { wave: 'T0' }, rows: [{ ...count, of: { instruments: ['mood'] } }] }),
    table('column', { of: { instruments: ['mood'] }, columns: [{ of: { wave: 'T0' } }], rows: [count] }),
    table('column-before-row', { columns: [{ of: { wave: 'T0' } }], rows: [{ ...count, of: { instruments: ['mood'] } }] }),
  ]
  for (const one of together)
    assert.deepEqual(
      starsIn(each, one),
      [
        [true, true, true, true, false],
        [true, true, false],
      ],
      one.id,
    )
})
