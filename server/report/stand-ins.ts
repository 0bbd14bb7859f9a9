/** Which wording, norms and prices behind a table are not the real ones. */
import { formatReference } from '../../instruments/definition.ts'
import type { Measure, ReportFigure, ReportPlace, ReportTable } from '../../protocols/report-schema.ts'
import { instrumentsOf, type ReportContext } from './context.ts'

export function standInsBehind(context: ReportContext, { of, columns, rows }: Pick<ReportTable, 'of' | 'columns' | 'rows'>): string[] {
  const ids = (place: ReportPlace | undefined): string[] => place?.instruments ?? []
  const everywhere = [...ids(of), ...columns.flatMap((column) => ids(column.of))]
  const found = rows.flatMap((row) => {
    if ('heading' in row) return []
    const own = ids(row.of)
    return behind(context, own.length > 0 ? own : everywhere, 'count' in row ? row.count : row.describe)
  })
  return [...new Set(found)]
}

export const standInsBehindFigure = (context: ReportContext, { of, series, measure }: ReportFigure): string[] => [
  ...new Set(
    behind(
      context,
      [of, ...series.map((one) => one.of)].flatMap(({ instruments = [] }) => instruments),
      measure,
    ),
  ),
]

function behind(context: ReportContext, ids: readonly string[], measure: Measure): string[] {
  if ('fact' in measure || 'list' in measure) return []
  return instrumentsOf(context, ids).flatMap(({ versions, norms, latest }) => {
    const wording = versions.filter((instrument) => instrument.wording.status === 'stand-in').map(formatReference)
    if ('item' in measure) return wording
    const scale = latest.scales.find(({ id }) => id === measure.scale)
    const prices = scale?.method === 'cost' ? context.plan.prices.filter(({ id }) => id === scale.priceTable) : []
    return [
      ...wording,
      ...(measure.part === 'raw' ? [] : norms.filter(({ status }) => status === 'stand-in').map(({ reference }) => reference)),
      ...prices.filter(({ status }) => status === 'stand-in').map(({ reference }) => reference),
    ]
  })
}
