/**
 * What a variable is in a Parquet file: a type that follows from its definition, never from its values, so that it is the same in
 * every export. Everything may be null.
 */
import type { SchemaElement } from 'hyparquet-writer'
import { Failure } from '../../failure.ts'
import type { Cell, ColumnHead } from '../column.ts'

export interface Field {
  element: SchemaElement & { name: string }
  /** As the codebook has it. */
  head: ColumnHead
  /** The value as the writer takes it. Throws a Failure for one that the type cannot have. */
  value(cell: Cell): Value
}

export type Value = number | string | Date | null

/** One field, or two: a missing code is no date, so it stands in a field of its own, `<name>__missing`. */
export function fieldsOf(column: ColumnHead): Field[] {
  const { name, missing } = column
  const element = { name, repetition_type: 'OPTIONAL', ...typeOf(column) } as const
  if (!isTime(column)) return [{ element, head: column, value: valueAs(column) }]
  const time = (cell: Cell) => timeOf(column, cell)
  if (missing.length === 0) return [{ element, head: column, value: time }]
  const reason = reasonOf(column)
  return [
    { element, head: { ...column, missing: [] }, value: time },
    {
      element: { name: reason.name, repetition_type: 'OPTIONAL', ...whole },
      head: reason,
      value: (cell) => (typeof cell === 'number' ? cell : null),
    },
  ]
}

function reasonOf({ name, label: { nl, en }, missing, origin }: ColumnHead): ColumnHead {
  const label = { nl: `${nl}: waarom er geen datum is`, en: `${en}: why there is no date` }
  const values = missing.map(({ code, label }) => ({ value: code, label }))
  return { name: `${name}__missing`, label, type: 'integer', values, missing: [], ...(origin && { origin }) }
}

const isTime = ({ type }: ColumnHead): boolean => type === 'date' || type === 'moment'

const whole = { type: 'INT32' } as const
const decimal = { type: 'DOUBLE' } as const
const text = { type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } } as const
const date = { type: 'INT32', converted_type: 'DATE', logical_type: { type: 'DATE' } } as const
const moment = {
  type: 'INT64',
  converted_type: 'TIMESTAMP_MILLIS',
  logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MILLIS' },
} as const

function typeOf(column: ColumnHead): Omit<SchemaElement, 'name'> {
  switch (column.type) {
    case 'integer':
      return isBounded(column) ? whole : decimal
    case 'decimal':
      return decimal
    case 'date':
      return date
    case 'moment':
      return moment
    default:
      return text
  }
}

const largest = 2 ** 31 - 1

/** Whether a whole number is one of four bytes. Somebody may type a larger one where nothing forbids it. */
const isBounded = ({ range }: ColumnHead): boolean =>
  range === undefined || range.every((bound) => bound !== null && Math.abs(bound) <= largest)

function valueAs(column: ColumnHead): (cell: Cell) => Value {
  if (typeOf(column) === text) return (cell) => (cell === null ? null : String(cell))
  const takes = typeOf(column) === whole ? isWhole : (value: number) => !Number.isNaN(value)
  return (cell) => {
    if (cell === null || (typeof cell === 'number' && takes(cell))) return cell
    throw refused(column, cell)
  }
}

const isWhole = (value: number): boolean => Number.isInteger(value) && Math.abs(value) <= largest

function timeOf(column: ColumnHead, cell: Cell): Value {
  if (cell === null || (typeof cell === 'number' && column.missing.some(({ code }) => code === cell))) return null
  const time = new Date(cell)
  if (typeof cell === 'number' || Number.isNaN(time.getTime()) || !time.toISOString().startsWith(cell.slice(0, 10)))
    throw refused(column, cell)
  return time
}

const refused = ({ name, type }: ColumnHead, cell: Cell): Failure =>
  new Failure(`${name} is ${JSON.stringify(cell)} in a row, which Parquet cannot have as ${type}. Take the csv, or correct the answer.`)
