/** Alpha and omega, of the single items of a scale: of whom they are, and of which lists. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Answers } from '../../instruments/schema.ts'
import type { CellResult } from '../../server/report/result.ts'
import { both, type Json } from '../instruments/small-files.ts'
import { type Family, mood, moodTables } from './mood-report.ts'

const statistics = ['n', 'mean', 'alpha', 'omega']
const table = (own: Json = {}): Json => ({
  ...{ id: '1', title: both('Mood'), unit: 'list', of: { instruments: ['mood'], wave: 'T0' } },
  ...{ columns: [{ of: {} }], statistics, rows: [{ describe: { scale: 'total' } }] },
  ...own,
})
const cellsOf = (...given: Parameters<typeof moodTables>): CellResult[] =>
  moodTables(...given).flatMap(({ rows }) => rows.flatMap((row) => (row.kind === 'cells' ? row.cells : [])))

/** Something else for each. */
const whole = (at: number): Answers => ({ q1: 1 + (at % 4), q2: 4 - (Math.floor(at / 2) % 4), q3: 1 + ((at * 7 + Math.floor(at / 3)) % 4) })
const lacking = (at: number): Answers => ({ q1: 1 + (at % 4), q2: 1 + (Math.floor(at / 3) % 4) })
/** So many families with so many lists each. */
const families = (count: number, lists: number, answers: (at: number) => Answers): Family[] =>
  Array.from({ length: count }, (_, at) => ({
    groups: [],
    lists: Array.from({ length: lists }, (__, place) => answers(at * lists + place)),
  }))

test('alpha and omega are not shown of few families, however many lists these filled in, nor where few families lack an item', () => {
  const masked = (...some: Family[][]) =>
    cellsOf({ tables: [table({ statistics: ['n', 'alpha', 'omega'] })] }, some.flat(), 5).map((cell) => cell.masked ?? false)
  // 4 families with 12 whole lists; and the other way round.
  assert.deepEqual(masked(families(4, 3, whole), families(16, 3, lacking)), [false, true, true])
  assert.deepEqual(masked(families(16, 3, whole), families(4, 3, lacking)), [false, true, true])
  // Of each family one list is whole and one is not.
  const mixed = (count: number) => families(count, 1, whole).map((family, at) => ({ ...family, lists: [...family.lists, lacking(at)] }))
  assert.deepEqual(masked(families(16, 2, whole), mixed(4)), [false, true, true])
  assert.deepEqual(masked(families(16, 2, whole), mixed(5)), [false, false, false])
  assert.deepEqual(masked(families(16, 3, whole), families(5, 3, lacking)), [false, false, false])
  assert.deepEqual(masked(families(20, 2, whole)), [false, false, false])
})

test('lists whose scales are called the same and have other items have no alpha together, and the rest of the report is there', () => {
  const [total] = mood.scales
  assert.ok(total)
  const brief = { ...mood, id: 'brief', scales: [{ ...total, items: ['q1', 'q2'], range: [2, 8] as [number, number] }] } as typeof mood
  const some = families(20, 1, whole).map((family, at) => (at % 2 === 0 ? family : { ...family, of: ['brief'] }))
  const of = { instruments: ['mood', 'brief'], wave: 'T0' }
  const [n, mean, ...rest] = cellsOf({ tables: [table({ of })] }, some, null, [mood, brief])
  assert.equal(n?.kind === 'n' && n.value, 20)
  assert.ok(mean?.kind === 'mean' && mean.value !== null)
  assert.deepEqual(
    rest.map((cell) => ('value' in cell ? [cell.value, cell.n] : cell)),
    [
      [null, 0],
      [null, 0],
    ],
  )
  // The same scale in a list of another name is one.
  const alike = { ...mood, id: 'brief' }
  const [, , alpha] = cellsOf({ tables: [table({ of })] }, some, null, [mood, alike])
  assert.deepEqual(alpha, cellsOf({ tables: [table()] }, families(20, 1, whole), null)[2])
})

test('a family that counts once has one row, of whichever of its lists', () => {
  const alike = { ...mood, id: 'brief' }
  const some = families(20, 2, whole).map((family) => ({ ...family, of: ['mood', 'brief'] }))
  const of = { instruments: ['brief', 'mood'], wave: 'T0' }
  const [n, , alpha] = cellsOf({ tables: [table({ of, unit: 'case' })] }, some, null, [mood, alike])
  assert.deepEqual([n?.kind === 'n' && n.value, alpha?.n], [20, 20])
})
