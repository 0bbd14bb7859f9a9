/** What a report says without the cases behind its numbers: these are kept apart, and stay at the desk. */
import type { FigureResult, TableResult } from './result.ts'

export const tableWithout = (table: TableResult): TableResult => ({
  ...table,
  rows: table.rows.map((row) => (row.kind === 'heading' ? row : { ...row, cells: row.cells.map((cell) => ({ ...cell, cases: [] })) })),
})

/** Lines of persons come in the order of their values, so that their order does not say who they are either. */
export const figureWithout = (figure: FigureResult): FigureResult => ({
  ...figure,
  table: tableWithout(figure.table),
  series: figure.series.map((one) => ({
    ...one,
    lines: one.lines.map(({ values }) => ({ case: null, values })).sort((a, b) => (String(a.values) < String(b.values) ? -1 : 1)),
  })),
})
