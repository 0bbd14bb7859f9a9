/** Finds in a computed report what was printed: the way a person does, by the titles of table, row and column. */
import { itemsOf } from '../../../instruments/items.ts'
import type { Definitions } from '../../../server/definitions/load.ts'
import type { CellResult, ReportResult, RowResult, StatisticName, TableResult } from '../../../server/report/result.ts'
import type { Cell } from './cells.ts'
import { standInVersion } from './wanted.ts'

type Row = Extract<RowResult, { kind: 'cells' }>

const waveTitles = { T0: 'Start', FU3: 'After 3 months', FU9: 'After 9 months' }
const armTitles = { conference: 'Conference', 'non-conference': 'No conference' }
const sourceTitles: Record<string, string> = { 'succint-referrer': 'Referrer', 'succint-informant': 'Family informant' }
const bandTitles: Record<string, string> = { very_serious: 'very serious' }
/** Headings that say it shorter than the list does. Null: the table has one block, without a heading. */
const blockTitles: Record<string, string | null> = {
  load: 'Load',
  capacity: 'Carrying capacity',
  carried_out: 'The plan was carried out',
  evaluated_referrer: 'Evaluated with the referrer',
  evaluated_family: 'Evaluated by the family',
  succint_residence: null,
  succint_ratio: 'Ratio since the conference or the decision',
}

/** Where in a report a figure stands. */
export interface Found {
  /** Its row, among all with the headings, and its column, among the cells. */
  row: number
  column: number
  /** Not rounded. */
  figure: number | null
}

/** The number of the report and where it stands. Throws a RangeError where the report has no such table, row or column. */
export function findFigure(report: ReportResult, definitions: Definitions, cell: Cell): Found {
  const table = need(
    report.sections.flatMap(({ tables }) => tables).find(({ id }) => id === cell.table),
    cell,
    'table',
  )
  const { row, found, figure } = cell.category === undefined ? lineFigure(table, definitions, cell) : countFigure(table, definitions, cell)
  return { row: table.rows.indexOf(row), column: row.cells.indexOf(found), figure }
}

interface FoundIn {
  row: Row
  found: CellResult
  figure: number | null
}

/** n, mean, sd and range: in columns of their own, or in rows under a heading. */
function lineFigure(table: TableResult, definitions: Definitions, cell: Cell): FoundIn {
  const down = table.head.length === 1
  const title = down ? rowUnderHeading(table, definitions, cell) : { title: rowTitle(definitions, cell), within: null }
  const row = rowOf(table, title, cell)
  const found = need(down ? row.cells[columnOf(table, columnTitle(cell), cell)] : cellWith(table, row, cell), cell, 'column')
  return { row, found, figure: statisticIn(found, cell.statistic) }
}

/** Of bands only the mean and the n are printed beside the counts; of the load and the carrying capacity all is. */
function rowUnderHeading(
  table: TableResult,
  definitions: Definitions,
  { table: id, instrument, of, statistic }: Cell,
): { title: string; within: string | null } {
  if (id === '8.2')
    return { title: statistic === 'n' ? 'n' : ['mean', 'sd'].includes(statistic) ? 'Mean (sd)' : 'Range', within: blockTitles[of] ?? null }
  const scale = scaleTitle(definitions, instrument, of)
  if (statistic === 'mean') return { title: `${headingOf(table, scale) ?? scale}, standard score: Mean`, within: null }
  return { title: 'Total with an answer (n)', within: headingOf(table, scale) }
}

function countFigure(table: TableResult, definitions: Definitions, cell: Cell): FoundIn {
  const { instrument, of, category, statistic } = cell
  const isBand = typeof category === 'string'
  const within = isBand ? headingOf(table, scaleTitle(definitions, instrument, of)) : (blockTitles[of] ?? null)
  const title = isBand ? (bandTitles[category] ?? category) : answerTitle(definitions, cell)
  const row = rowOf(table, { title, within }, cell)
  const found = need(row.cells[columnOf(table, cell.table === '5.1' ? 'Total' : columnTitle(cell), cell)], cell, 'column')
  if (found.kind === 'missing') return { row, found, figure: found.value }
  if (found.kind !== 'count') throw new RangeError(`${where(cell)}: a ${found.kind} where a count should be`)
  return { row, found, figure: statistic === 'percent' ? found.percent : found.value }
}

const columnTitle = ({ wave }: Cell): string => waveTitles[wave]

/** What the rows of the tables with statistics in columns are: groups, sources, waves or scales. */
function rowTitle(definitions: Definitions, { table, instrument, of, wave, arm }: Cell): string {
  if (/^(3\.3|6\.[123])$/.test(table)) return arm === null ? 'Total' : armTitles[arm]
  if (table === '7.2') return waveTitles[wave]
  return sourceTitles[instrument] ?? scaleTitle(definitions, instrument, of)
}

const scaleTitle = (definitions: Definitions, instrument: string, of: string): string =>
  definitions.instruments.need(`${instrument}@${standInVersion}`).scales.find(({ id }) => id === of)?.title.en ?? ''

function answerTitle(definitions: Definitions, { instrument, of, category }: Cell): string {
  if (category === null) return 'Missing'
  const item = itemsOf(definitions.instruments.need(`${instrument}@${standInVersion}`)).find(({ name }) => name === of)
  return item?.choices.find(({ value }) => value === category)?.text.en ?? ''
}

/** The heading about a scale, where the table has several blocks. */
const headingOf = ({ rows }: TableResult, scale: string): string | null =>
  rows.find((row) => row.kind === 'heading' && scale.startsWith(row.title.en))?.title.en ?? null

const rowOf = ({ rows }: TableResult, { title, within }: { title: string; within: string | null }, cell: Cell): Row =>
  need(
    rows.find((row): row is Row => row.kind === 'cells' && row.title.en === title && (row.within?.en ?? null) === within),
    cell,
    `row "${title}" under "${within}"`,
  )

/** Of the columns by their first row of heads; a table about one moment may call its only column otherwise. */
function columnOf({ head: [first = []] }: TableResult, title: string, cell: Cell): number {
  const index = first.length === 1 ? 0 : first.findIndex(({ text }) => text.en === title)
  if (index < 0) throw new RangeError(`${where(cell)}: no column "${title}"`)
  return index
}

/** The cell with the statistic, among those under its column. */
function cellWith(table: TableResult, row: Row, cell: Cell): CellResult | undefined {
  const first = table.head[0] ?? []
  const column = columnOf(table, columnTitle(cell), cell)
  const from = first.slice(0, column).reduce((sum, { span }) => sum + span, 0)
  return row.cells.slice(from, from + (first[column]?.span ?? 0)).find(({ kind }) => kindsOf[cell.statistic]?.includes(kind))
}

const kindsOf: Partial<Record<Cell['statistic'], StatisticName[]>> = {
  n: ['n'],
  mean: ['mean', 'mean-sd'],
  sd: ['sd', 'mean-sd'],
  lowest: ['range'],
  highest: ['range'],
}

function statisticIn(found: CellResult, statistic: Cell['statistic']): number | null {
  if (found.kind === 'range') return statistic === 'lowest' ? found.low : found.high
  if (found.kind === 'mean-sd') return statistic === 'mean' ? found.mean : found.sd
  return 'value' in found ? found.value : null
}

function need<Value>(found: Value | undefined, cell: Cell, what: string): Value {
  if (found === undefined) throw new RangeError(`${where(cell)}: no ${what}`)
  return found
}

const where = ({ table, instrument, of, wave, arm, statistic }: Cell): string => [table, instrument, of, wave, arm, statistic].join(' ')
