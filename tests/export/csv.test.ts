import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { csvText } from '../../server/export/csv.ts'
import { anySign } from '../harness/any-sign.ts'

test('cells are separated by commas, rows end in a line feed, an empty cell is empty', () => {
  assert.equal(
    csvText([
      ['a', 1, null, ''],
      [-0.98, 1e-7, 'b', 0],
    ]),
    'a,1,,\n-0.98,1e-7,b,0\n',
  )
})

test('a cell is quoted when it has a comma, a quotation mark or a line end, and only then', () => {
  assert.equal(csvText([['a,b', 'say "hi"', 'two\nlines', 'old\rmac', ' x ']]), '"a,b","say ""hi""","two\nlines","old\rmac", x \n')
})

test('whatever is written is read back by another reader', () => {
  const cell = fc.oneof(
    fc.string({ unit: anySign }),
    fc.constantFrom('"', '""', ',', '\r\n', '=1+1', '\uFEFF', '-', "'"),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
  )
  const rows = fc
    .integer({ min: 2, max: 6 })
    .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1 }))
  fc.assert(
    fc.property(rows, (table) => {
      const read = parse(csvText(table), { record_delimiter: '\n' })
      assert.deepEqual(
        read,
        table.map((row) => row.map((value) => (Object.is(value, -0) ? '0' : String(value)))),
      )
    }),
  )
})
