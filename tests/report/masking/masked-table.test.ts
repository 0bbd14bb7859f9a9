/** What a masked table still shows: beside its stars, in its tests. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Amount } from '../../../server/report/masking/amounts.ts'
import type { Groups } from '../../../server/report/masking/case-sets.ts'
import { maskedTables } from '../../../server/report/masking/masked-table.ts'
import { testSentence } from '../../../server/report/output/sentences.ts'
import type { CellResult, RowResult, TableResult, TestOutcome, TestResult } from '../../../server/report/result.ts'
import type { BuiltTable } from '../../../server/report/table.ts'

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

/** Groups by name, and those that are others together. */
const groupsOf = (together: Record<string, string[]> = {}): Groups => {
  const atoms = Object.values(together).flat()
  const inOne = (name: string | undefined) => (name === undefined ? atoms : (together[name] ?? [name]))
  return { together, members: ([name]) => new Set(inOne(name)) }
}
const masked = (built: BuiltTable, together: Record<string, string[]> = {}): TableResult =>
  maskedTables([built], 5, groupsOf(together))[0] ?? assert.fail()

const cellsOf = ({ rows }: TableResult): CellResult[] => rows.flatMap((row) => (row.kind === 'cells' ? row.cells : []))

/** Boxes of a question with several answers, and who left it open: parts of n that do not add up to it. */
function ticked(n: number, boxes: number[], missing: number): BuiltTable {
  const asked = n + missing
  const parts = [...boxes.map((value) => counted(value, n, asked)), { ...around, kind: 'missing' as const, value: missing, n, asked }]
  return {
    tested: [],
    table: tableOf([...parts, whole(n, asked)].map((cell) => [cell])),
    amounts: [
      { what: 'n', groups: [], count: n, cells: [[parts.length, 0]] },
      ...[...boxes, missing].map((count, at): Amount => ({ what: `part ${at}`, groups: [], count, cells: [[at, 0]], within: 0 })),
    ],
  }
}

test('where n of ticked boxes is small, neither its zeros nor the missing answers tell it', () => {
  for (const missing of [0, 12]) {
    const shown = cellsOf(masked(ticked(3, [0, 3, 0], missing)))
    assert.deepEqual(
      shown.map(({ n, asked, masked }) => [n, asked, masked]),
      shown.map(() => [null, null, true]),
    )
  }
})

test('boxes do not add up to n: one that is hidden hides no other, and n stays', () => {
  const shown = cellsOf(masked(ticked(20, [3, 9, 16], 0)))
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
  const [, box] = cellsOf(masked({ table, amounts, tested: [] }, { both: ['first', 'second'] }))
  assert.deepEqual(
    [box?.n, box?.asked, box?.kind === 'count' && [box.value, box.percent]],
    [null, null, [8, null]],
    'the box itself may be seen',
  )
})

test('how many were asked is not told: less n of this or another table it would be the few who did not answer', () => {
  const amounts: Amount[] = [{ what: 'n', groups: [], count: 20, cells: [[0, 0]] }]
  const shown = cellsOf(masked({ table: tableOf([[whole(20, 23)]]), amounts, tested: [] }))
  assert.deepEqual(
    shown.map(({ n, asked }) => [n, asked]),
    [[20, null]],
  )
})

test('what is hidden in one table is hidden in each: the same count, the same people, and what a sum of two tables would tell', () => {
  const groups = groupsOf({ all: ['a', 'b'] })
  const one = (count: number, own: Partial<Amount>): BuiltTable => ({
    table: tableOf([[whole(count, count)]]),
    amounts: [{ what: 'n', groups: [], count, cells: [[0, 0]], ...own }],
    tested: [],
  })
  const shown = (...built: BuiltTable[]) => maskedTables(built, 5, groups).map((table) => cellsOf(table)[0]?.masked ?? false)
  // 15 of all less 12 of a are 3 of b, who stand nowhere.
  assert.deepEqual(shown(one(15, {}), one(12, { groups: ['a'] })), [false, true])
  assert.deepEqual(shown(one(15, {}), one(10, { groups: ['a'] })), [false, false])
  // The same count twice, and the same people by another name.
  assert.deepEqual(shown(one(15, { groups: ['all'] }), one(12, { groups: ['a'] }), one(12, { groups: ['a'] })), [false, true, true])
  const valid = { who: 'valid 12' }
  assert.deepEqual(shown(one(15, {}), one(12, { groups: ['a'], ...valid }), one(12, { what: 'n of a test', groups: ['a'], ...valid })), [
    false,
    true,
    true,
  ])
  // Another count of another group is left alone.
  assert.deepEqual(shown(one(15, {}), one(12, { groups: ['a'] }), one(11, { what: 'other', groups: ['a'] })), [false, true, false])
})

test('small is what tells of few families, however many lists or records there are', () => {
  const amounts = (families: number): Amount[] => [{ what: 'n', groups: [], count: 20, families, cells: [[0, 0]] }]
  const isMasked = (families: number) =>
    cellsOf(masked({ table: tableOf([[whole(20, 20)]]), amounts: amounts(families), tested: [] }))[0]?.masked
  assert.deepEqual([isMasked(4), isMasked(5)], [true, undefined])
})

const measure = { scale: 'total', part: 'raw' } as const
const outcome: TestOutcome = { statistic: 't', value: 2.5, df: [13], p: 0.03, significant: true, n: [], warnings: [] }
const testOf = (own: Partial<TestOutcome>, kind: TestResult['kind'] = 't'): TestResult => ({
  kind,
  title: text('Total'),
  between: [text('one'), text('other')],
  sides: 'two',
  outcome: { ...outcome, ...own },
})

/** n of three groups and of all, in one wave, with tests of some of them. */
function groupsWith(sizes: Record<string, number>, tests: { test: TestResult; of: { group: string; wave: string }[] }[]): BuiltTable {
  const all = Object.values(sizes).reduce((total, one) => total + one, 0)
  const columns = Object.entries({ ...sizes, all })
  return {
    table: tableOf(
      [columns.map(([, n]) => whole(n, n))],
      tests.map(({ test }) => test),
    ),
    amounts: columns.map(([group, count], column) => ({
      what: 'n',
      groups: [group],
      of: { measure, place: { wave: 'T0', groups: [group] } },
      count,
      cells: [[0, column]],
    })),
    tested: tests.map(({ of }) => ({ measure, unit: 'case' as const, places: of.map(({ group, wave }) => ({ wave, groups: [group] })) })),
  }
}
const together = { all: ['a', 'b', 'c'] }
const at = (group: string, wave = 'T0') => ({ group, wave })

test('a test says no n that is hidden in its table: 18 less 6 and 9 would be the three', () => {
  const hidden = masked(groupsWith({ a: 3, b: 6, c: 9 }, [{ test: testOf({ n: [6, 9] }), of: [at('b'), at('c')] }]), together)
  assert.deepEqual(
    hidden.tests.map((one) => one.outcome),
    [{ refused: 'masked' }],
  )
  assert.doesNotMatch(JSON.stringify(hidden), /"n":\[/)
  // In another wave they are other people, and nothing of theirs is hidden.
  const elsewhere = groupsWith({ a: 3, b: 6, c: 9 }, [{ test: testOf({ n: [16, 19] }), of: [at('b', 'FU3'), at('c', 'FU3')] }])
  assert.deepEqual(masked(elsewhere, together).tests, elsewhere.table.tests)
})

test('a test of all and one of a part do not leave the few of another part between them', () => {
  const paired = (group: string, n: number) => ({ test: testOf({ n: [n] }, 'paired-t'), of: [at(group), at(group, 'FU3')] })
  const tests = [paired('a', 3), paired('b', 9), paired('c', 12), paired('all', 24)]
  const shown = masked(groupsWith({ a: 20, b: 20, c: 20 }, tests), together).tests.filter((one) => !('refused' in one.outcome))
  assert.deepEqual(
    shown.map((one) => 'n' in one.outcome && one.outcome.n),
    [[24]],
  )
})

test('how few were left out of a test is not said, in words nor in numbers; nor how few there were for one', () => {
  const sizes = { a: 20, b: 20, c: 20 }
  const of = [at('a'), at('a', 'FU3')]
  const droppedOf = (dropped: number) =>
    masked(groupsWith(sizes, [{ test: testOf({ n: [16], dropped }, 'paired-t'), of }]), together).tests[0] ?? assert.fail()
  const few = droppedOf(3)
  assert.equal('dropped' in few.outcome && few.outcome.dropped, null)
  assert.match(testSentence(few).en, /n = 16\. Not in all waves: \*, not counted\.$/)
  assert.match(testSentence(droppedOf(7)).nl, /Niet alle meetmomenten: 7, niet meegeteld\.$/)
  assert.doesNotMatch(testSentence(droppedOf(0)).nl, /meetmomenten/)

  const tooFew: TestResult = { ...testOf({}), outcome: { refused: 'too-few', n: 1, needed: 2 } }
  const [refused] = masked(groupsWith(sizes, [{ test: tooFew, of }]), together).tests
  assert.deepEqual(refused?.outcome, { refused: 'masked' })
})
