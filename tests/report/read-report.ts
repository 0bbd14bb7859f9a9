/** Reads a report that was written, and finds in it what a person would look for by its titles. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CellResult, ReportResult, TableResult } from '../../server/report/result.ts'

export const readReport = (directory: string): ReportResult =>
  JSON.parse(readFileSync(join(directory, 'report.json'), 'utf8')) as ReportResult

/** All tables, those beneath figures too. */
export const tablesOf = ({ sections }: ReportResult): TableResult[] =>
  sections.flatMap(({ tables, figures }) => [...tables, ...figures.map(({ table }) => table)])

export const tableIn = (report: ReportResult, id: string): TableResult =>
  tablesOf(report).find((table) => table.id === id) ?? assert.fail(`there is no table ${id}`)

/** The cells of the row with this title, under this heading. */
export function cellsOf(table: TableResult, title: string, within?: string): CellResult[] {
  for (const row of table.rows)
    if (row.kind === 'cells' && row.title.en === title && (within === undefined || row.within?.en === within)) return row.cells
  return assert.fail(`${table.id} has no row ${title}`)
}
