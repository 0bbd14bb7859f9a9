/** Categories of several lists that have other answers: those of all of them, in tables as in figures. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { instrumentSchema } from '../../instruments/schema.ts'
import type { CellResult, ReportSection, TableResult } from '../../server/report/result.ts'
import { both, choices, type Json, smallInstrument } from '../instruments/small-files.ts'
import { type Family, moodSections, moodTables } from './mood-report.ts'

/** The small list with other answers to its first question. */
const listWith = (id: string, low: number, high: number, type = 'radiogroup') => {
  const list = { ...smallInstrument(), id, scales: [] }
  list.survey.pages[0].elements[1] = { type, name: 'q1', title: both('One'), choices: choices(low, high) }
  return instrumentSchema.parse(list)
}
const [three, four, fromZero, boxes] = [
  listWith('three', 1, 3),
  listWith('four', 1, 4),
  listWith('zero', 0, 3),
  listWith('boxes', 1, 4, 'checkbox'),
]
const lists = [three, four, fromZero, boxes]

/** The answers of each family to these lists, and how many families gave them. */
const families = (of: string[], ...some: [times: number, ...answers: (number | number[])[]][]): Family[] =>
  some.flatMap(([times, ...answers]) =>
    Array.from({ length: times }, (): Family => ({ groups: [], of, lists: answers.map((q1) => ({ q1 })) })),
  )
const ids = (...of: { id: string }[]): string[] => of.map(({ id }) => id)
const series = (...of: { id: string }[]): Json[] => ids(...of).map((id) => ({ title: both(id), of: { instruments: [id] } }))

/** Title and cells of each row: how many, and their per cent. */
const rowsOf = (table: TableResult | undefined): [string, ...(string | null)[]][] =>
  (table?.rows ?? []).flatMap((row) => (row.kind === 'cells' ? [[row.title.en.replace(' (en)', ''), ...row.cells.map(shown)]] : []))
const shown = (cell: CellResult): string =>
  cell.masked ? '*' : `${'value' in cell ? cell.value : ''}${cell.kind === 'count' && cell.percent !== null ? ` (${cell.percent}%)` : ''}`

const answered = families(ids(three, four, fromZero), [10, 1, 4, 0], [10, 2, 4, 3], [10, 3, 1, 2])
const table = (columns: Json[], own: Json = {}): Json => ({
  ...{
    id: '1',
    title: both('Table'),
    unit: 'case',
    of: { wave: 'T0' },
    columns,
    rows: [{ count: { item: 'q1' }, missing: 'shown', ...own }],
  },
})

test('a row has the answers of the lists of all its columns, in the order of each, and counts nobody who answered as missing', () => {
  const [found] = moodTables({ tables: [table(series(three, four, fromZero))] }, answered, null, lists)
  assert.deepEqual(rowsOf(found), [
    ['step 0', '0 (0%)', '0 (0%)', '10 (33%)'],
    ['step 1', '10 (33%)', '10 (33%)', '0 (0%)'],
    ['step 2', '10 (33%)', '0 (0%)', '10 (33%)'],
    ['step 3', '10 (33%)', '0 (0%)', '10 (33%)'],
    ['step 4', '0 (0%)', '20 (67%)', '0 (0%)'],
    ['Missing', '0', '0', '0'],
    ['Total with an answer (n)', '30', '30', '30'],
  ])
})

test('where one of two lists takes several answers, only its per cent are of those who answered, each by itself', () => {
  const both = families(ids(three, boxes), [3, 1, [1, 2]], [1, 2, [2]])
  const [found] = moodTables({ tables: [table(series(three, boxes))] }, both, null, lists)
  assert.deepEqual(rowsOf(found).slice(0, 2), [
    ['step 1', '3 (75%)', '3 (75%)'],
    ['step 2', '1 (25%)', '4 (100%)'],
  ])
  assert.deepEqual(
    found?.warnings.map(({ code }) => code),
    ['several-answers'],
  )
})

const figure = (kind: string, waves: string[], of: Json[]): Json => ({
  ...{ id: 'f', title: both('Figure'), kind, unit: 'case', measure: { item: 'q1' }, series: of, waves },
})

test('bars of several lists are drawn with the numbers of their own answers', () => {
  const [section] = moodSections({ figures: [figure('bars', ['T0'], series(three, four, fromZero))] }, answered, null, lists) as [
    ReportSection,
  ]
  const [{ series: drawn, categories }] = section.figures as [ReportSection['figures'][number]]
  assert.deepEqual(
    categories.map(({ value }) => value),
    [0, 1, 2, 3, 4],
  )
  assert.deepEqual(
    drawn.map(({ bars }) => bars.map(({ category, count }) => [category, count])),
    [
      [0, 10, 10, 10, 0],
      [0, 10, 0, 0, 20],
      [10, 0, 10, 10, 0],
    ].map((counts) => counts.map((count, at) => [at, count])),
  )
})

test('from band to band has a row and a column for each answer of each list', () => {
  const twice = answered.map((family): Family => {
    const own = { lists: [...family.lists, ...family.lists], of: [...(family.of ?? []), ...(family.of ?? [])] }
    return { ...family, ...own, waves: [...family.lists.map(() => 'T0'), ...family.lists.map(() => 'FU3')] }
  })
  const [found] = moodTables({ figures: [figure('transitions', ['T0', 'FU3'], series(three, four))] }, twice, null, lists)
  assert.deepEqual(rowsOf(found)[7], ['step 4', '0 (0%)', '0 (0%)', '0 (0%)', '20 (100%)', '20'])
})

test('an answer that a list does not have is no neighbour of a star: it would say what the star is', () => {
  // The 3 of the first list has step 1 and step 2 beside it; step 4 is there for the second list only.
  const few = families(ids(three, four), [10, 1, 1], [8, 2, 2], [3, 3, 4])
  const [found] = moodTables({ tables: [table(series(three, four), { missing: 'left-out' })] }, few, 5, lists)
  assert.deepEqual(rowsOf(found), [
    ['step 1', '*', '*'],
    ['step 2', '*', '*'],
    ['step 3', '*', '*'],
    ['step 4', '0 (0%)', '*'],
    ['Total with an answer (n)', '21', '21'],
  ])
})
