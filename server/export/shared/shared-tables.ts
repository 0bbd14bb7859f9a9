/** The tables of an export as they are shared: without the columns that could tell who a family is. */
import { questionsIn } from '../../../instruments/items.ts'
import type { Cell, ColumnHead, Table } from '../column.ts'
import { isFreeText } from './shared-case.ts'

/** Instead of the month in which the index child was born. */
export const ageColumn = 'index_child_age'

/** Accounts of staff, and changed values as text. */
const left = new Set(['entered_by'])

/** `of`: names of the columns that were left out, by table, are added to it. */
export function sharedTable(table: Table, of: Map<string, string[]>): Table {
  const kept = table.columns.flatMap((head, index) => (left.has(head.name) || isText(head) ? [] : [{ head, index }]))
  of.set(
    table.name,
    table.columns.filter((head) => !kept.some((one) => one.head === head)).map(({ name }) => name),
  )
  const columns = kept.map(({ head, index }) =>
    head.name === 'child_birth_month' ? { head: age, index, cell: asAge } : { head, index, cell: asItIs },
  )
  return {
    ...table,
    columns: columns.map(({ head }) => head),
    rows: (whole) => table.rows(whole).map((row) => columns.map(({ index, cell }) => cell(row[index] ?? null))),
  }
}

function isText({ origin }: ColumnHead): boolean {
  const item = origin?.item
  return item?.kind === 'question' && questionsIn([item]).some(isFreeText)
}

const age: ColumnHead = {
  name: ageColumn,
  label: { nl: 'Leeftijd van het indexkind bij de eerste datum van de casus', en: 'Age of the index child at the first date of the case' },
  type: 'integer',
  values: [],
  missing: [],
}

const asItIs = (cell: Cell): Cell => cell
const asAge = (cell: Cell): Cell => (cell === null || cell === '' ? null : Number(cell))
