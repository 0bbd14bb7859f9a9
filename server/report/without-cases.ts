/** A report as it leaves the platform: which cases are behind a number stays at the desk. */
import type { FigureResult, ReportResult, TableResult } from './result.ts'

export const withoutCases = (result: ReportResult): ReportResult => ({
  ...result,
  sections: result.sections.map((section) => ({
    ...section,
    tables: section.tables.map(tableWithout),
    figures: section.figures.map(figureWithout),
  })),
})

const tableWithout = (table: TableResult): TableResult => ({
  ...table,
  rows: table.rows.map((row) => (row.kind === 'heading' ? row : { ...row, cells: row.cells.map((cell) => ({ ...cell, cases: [] })) })),
})

/** Lines of persons come in the order of their values, so that their order does not say who they are either. */
const figureWithout = (figure: FigureResult): FigureResult => ({
  ...figure,
  table: tableWithout(figure.table),
  series: figure.series.map((one) => ({
    ...one,
    lines: one.lines.map(({ values }) => ({ case: null, values })).sort((a, b) => (String(a.values) < String(b.values) ? -1 : 1)),
  })),
})
