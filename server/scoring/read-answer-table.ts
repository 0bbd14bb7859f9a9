/** Reads a table of answers, one row a response, from CSV or JSON. Pure; see docs/scoring.md. */

import { CsvError, parse } from 'csv-parse/sync'
import { scanJson } from '../../instruments/json.ts'
import { ownValue } from '../../instruments/own-value.ts'

export interface AnswerTable {
  /** What the file calls a row, for messages: a line of a CSV (the header is line 1), an element of a JSON list. */
  unit: 'line' | 'row'
  columns: string[]
  rows: { at: number; cells: unknown[] }[]
  /** Whether 3,5 is a number: in a CSV with semicolons the comma is free for it. */
  decimalComma: boolean
}

/** A problem in one place of a table; an empty column says that it is about the whole row. */
export interface TableProblem {
  at: number
  column: string
  reason: string
}

export type ReadTable = { table: AnswerTable } | { problems: TableProblem[] }

/** `kind` is what the name of the file ends in: csv or json. */
export function readAnswerTable(kind: 'csv' | 'json', bytes: Uint8Array): ReadTable {
  let text: string
  try {
    // Also takes off a byte order mark.
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return { problems: [{ at: 1, column: '', reason: 'the file is not UTF-8: in Excel, save it as "CSV UTF-8"' }] }
  }
  return kind === 'json' ? readJson(text) : readCsv(text)
}

function readCsv(text: string): ReadTable {
  const delimiter = delimiterOf(text)
  const wrong = (at: number, reason: string): TableProblem => ({ at, column: '', reason })
  try {
    const records = parse(text, { delimiter, info: true, relax_column_count: true }) as unknown as {
      info: { lines: number }
      record: string[]
    }[]
    const [header, ...body] = records.map(({ info, record }) => ({ at: firstLine(info.lines, record), cells: record }))
    if (header === undefined) return { problems: [wrong(1, 'the file is empty')] }
    const columns = header.cells.map((name) => name.trim())
    // In a file of one column a line with nothing on it is a row: an unanswered item.
    const rows = columns.length === 1 ? body : body.filter(({ cells }) => cells.length > 1 || cells[0] !== '')
    const uneven = rows.filter(({ cells }) => cells.length !== columns.length)
    if (uneven.length > 0)
      return { problems: uneven.map(({ at, cells }) => wrong(at, `there are ${cells.length} cells, and the header has ${columns.length}`)) }
    return { table: { unit: 'line', columns, rows, decimalComma: delimiter === ';' } }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    return { problems: [wrong(Number(error.lines ?? 1), error.message)] }
  }
}

/** The parser counts lines up to the end of a record, which is further on where a cell has line ends in it. */
const firstLine = (lastLine: number, record: string[]): number => lastLine - record.join('').split('\n').length + 1

function delimiterOf(text: string): string {
  const header = text.slice(0, text.search(/[\r\n]|$/))
  const count = (mark: string) => header.split(mark).length
  return [',', ';', '\t'].reduce((best, mark) => (count(mark) > count(best) ? mark : best))
}

function readJson(text: string): ReadTable {
  const whole = (reason: string): ReadTable => ({ problems: [{ at: 1, column: '', reason }] })
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    return whole(scanJson(text).faults[0]?.reason ?? (error as Error).message)
  }
  if (!Array.isArray(value)) return whole('the file is not a list of objects: write [{"item": 1, ...}, ...]')
  const wrong = value.flatMap((row, index) => (isObject(row) ? [] : [{ at: index + 1, column: '', reason: 'this is not an object' }]))
  if (wrong.length > 0) return { problems: wrong }
  const objects = value as Record<string, unknown>[]
  const columns = [...new Set(objects.flatMap((row) => Object.keys(row)))]
  const rows = objects.map((row, index) => ({ at: index + 1, cells: columns.map((column) => ownValue(row, column)) }))
  return { table: { unit: 'row', columns, rows, decimalComma: false } }
}

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value)
