/** The tables of an export as they are shared: without the columns that could tell who a family is. */
import type { Localized } from '../../../instruments/definition.ts'
import { questionsIn } from '../../../instruments/items.ts'
import type { Cell, ColumnHead, Table, Value } from '../column.ts'
import { isFreeText, isPending } from './shared-case.ts'

/** Instead of the month in which the index child was born. */
export const ageColumn = 'index_child_age'

/** Accounts of staff, and what goes by the calendar. */
const left = new Set(['entered_by', 'target_date', 'opens_at', 'closes_at', 'ended_at'])

/** `of`: names of the columns that were left out, by table, are added to it. */
export function sharedTable(table: Table, of: Map<string, string[]>): Table {
  const kept = table.columns.flatMap((head, index) => (left.has(head.name) || isText(head) ? [] : [{ head, index }]))
  of.set(
    table.name,
    table.columns.filter((head) => !kept.some((one) => one.head === head)).map(({ name }) => name),
  )
  const columns = kept.map(({ head, index }) => ({ ...asShared(head), index }))
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

interface SharedColumn {
  head: ColumnHead
  cell(cell: Cell): Cell
}

function asShared(head: ColumnHead): SharedColumn {
  if (head.name === 'child_birth_month') return { head: age, cell: (cell) => (cell === null || cell === '' ? null : Number(cell)) }
  if (isState(head))
    return { head: { ...head, values: mergedStates(head.values) }, cell: (cell) => (isPending(cell) ? pending.value : cell) }
  return { head: head.type === 'moment' ? { ...head, type: 'date', label: withoutUtc(head.label) } : head, cell: (cell) => cell }
}

/** What became of an assignment; in a wide file by the name of its place. */
const isState = ({ name, origin }: ColumnHead): boolean =>
  name === 'state' || (origin !== undefined && 'fact' in origin.variable && origin.variable.fact === 'state')

const pending = { value: 'pending', label: { nl: 'nog niet afgesloten', en: 'not over yet' } } satisfies Value

const mergedStates = (values: Value[]): Value[] => [pending, ...values.filter(({ value }) => !isPending(value))]

const withoutUtc = ({ nl, en }: Localized): Localized => ({ nl: nl.replace(' (UTC)', ''), en: en.replace(' (UTC)', '') })
