/** What a masked table still shows: beside its stars, in its tests. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Amount } from '../../server/report/amounts.ts'
import { maskedTable } from '../../server/report/masked-table.ts'
import type { CellResult, RowResult, TableResult, TestResult } from '../../server/report/result.ts'

const text = (said: string) => ({ nl: said, en: said })
const around = { n: null, asked: null, denominator: 0, cases: [] }
const counted = (value: number, n: number, asked: number): CellResult => ({
  ...around,
  kind: 'count',
  value,
  weight: value,
  percent: n === 0 ? null : Math.round((100 * value) / n),
  n,
  asked,
})
const whole = (n: number, asked: number): CellResult => ({ ...around, kind: 'n', value: n, n, asked })

const tableOf = (rows: CellResult[][], tests: TestResult[] = []): TableResult => ({
  id: '1.1',
  title: text('Table'),
  head: [],
  columns: (rows[0] ?? []).map(() => ({ title: text('column'), statistic: null })),
  rows: rows.map((cells, at): RowResult => ({ kind: 'cells', title: text(`row ${at}`), within: null, cells })),
  denominators: [],
  notes: [],
  tests,
  warnings: [],
  standIns: [],
})

const cellsOf = ({ rows }: TableResult): CellResult[] => rows.flatMap((row) => (row.kind === 'cells' ? row.cells : []))

/** Boxes of a question with several answers, and who left it open: parts of n that do not add up to it. */
function ticked(n: number, boxes: number[], missing: number): { table: TableResult; amounts: Amount[] } {
  const asked = n + missing
  const parts = [...boxes.map((value) => counted(value, n, asked)), { ...around, kind: 'missing' as const, value: missing, n, asked }]
  return {
    table: tableOf([...parts, whole(n, asked)].map((cell) => [cell])),
    amounts: [
      { what: 'n', groups: [], count: n, cells: [[parts.length, 0]] },
      ...[...boxes, missing].map((count, at): Amount => ({ what: `part ${at}`, groups: [], count, cells: [[at, 0]], within: 0 })),
    ],
  }
}

test('where n of ticked boxes is small, neither its zeros nor the missing answers tell it', () => {
  for (const missing of [0, 12]) {
    const shown = cellsOf(maskedTable(ticked(3, [0, 3, 0], missing), 5, {}))
    assert.deepEqual(
      shown.map(({ n, asked, masked }) => [n, asked, masked]),
      shown.map(() => [null, null, true]),
    )
  }
})

test('boxes do not add up to n: one that is hidden hides no other, and n stays', () => {
  const shown = cellsOf(maskedTable(ticked(20, [3, 9, 16], 0), 5, {}))
  assert.deepEqual(
    shown.map(({ masked = false, n }) => [masked, n]),
    [
      [true, null],
      [false, 20],
      [false, 20],
      [false, 20],
      [false, 20],
    ],
  )
})

test('n that is hidden to protect another stands beside none of its categories, nor a per cent that gives it away', () => {
  // Two groups and their total: 3 in the first hides n of the second, too.
  const groups = [
    { name: 'first', n: 3, box: 0 },
    { name: 'second', n: 9, box: 8 },
    { name: 'both', n: 12, box: 8 },
  ]
  const amounts = groups.flatMap(({ name, n, box }, column): Amount[] => [
    { what: 'n', groups: [name], count: n, cells: [[1, column]] },
    { what: `box ${name}`, groups: [name], count: box, cells: [[0, column]], within: 2 * column },
  ])
  const table = tableOf([groups.map(({ n, box }) => counted(box, n, 30)), groups.map(({ n }) => whole(n, 30))])
  const [, box] = cellsOf(maskedTable({ table, amounts }, 5, { both: ['first', 'second'] }))
  assert.deepEqual(
    [box?.n, box?.asked, box?.kind === 'count' && [box.value, box.percent]],
    [null, null, [8, null]],
    'the box itself may be seen',
  )
})

test('how many were asked is told of all cells of a table or of none', () => {
  const groups = [
    { name: 'first', n: 20, asked: 23 },
    { name: 'second', n: 20, asked: 30 },
    { name: 'both', n: 40, asked: 53 },
  ]
  const amounts = groups.map(({ name, n }, column): Amount => ({ what: 'n', groups: [name], count: n, cells: [[0, column]] }))
  const shown = (first: number) => {
    const asked = groups.map((group) => (group.name === 'second' ? group : { ...group, asked: group.asked - 23 + first }))
    const table = tableOf([asked.map((group) => whole(group.n, group.asked))])
    return cellsOf(maskedTable({ table, amounts }, 5, { both: ['first', 'second'] })).map((cell) => cell.asked)
  }
  assert.deepEqual(shown(23), [null, null, null], '13 less 10 would be the three of the first who did not answer')
  assert.deepEqual(shown(30), [30, 30, 60])
})
