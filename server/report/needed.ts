/** Which answers and scores the tables of a report look at: nothing else is kept in memory. */
import { type Place, placeOf } from '../../protocols/report-places.ts'
import type { Measure, ReportDefinition, ReportPlace, ReportTable } from '../../protocols/report-schema.ts'

/** By instrument (id). */
export type Needed = ReadonlyMap<string, { items: Set<string>; scales: Set<string> }>

export function neededBy({ sections }: ReportDefinition): Needed {
  const needed = new Map<string, { items: Set<string>; scales: Set<string> }>()
  for (const { measure, place } of sections.flatMap(({ tables, figures }) => [
    ...tables.flatMap(inTable),
    ...figures.flatMap(({ of, series, measure }) => series.map((one) => ({ measure, place: placeOf(of, one.of) }))),
  ]))
    for (const id of place.instruments ?? []) {
      const known = needed.get(id) ?? { items: new Set(), scales: new Set() }
      needed.set(id, known)
      if ('scale' in measure) known.scales.add(measure.scale)
      else if ('item' in measure) known.items.add(measure.within ?? measure.item)
    }
  return needed
}

function inTable({ of, columns, rows, tests }: ReportTable): { measure: Measure; place: Place }[] {
  const everywhere = (measure: Measure, own: ReportPlace | undefined) =>
    [{ of: {} }, ...columns].map((column) => ({ measure, place: placeOf(of, column.of, own) }))
  return [
    ...rows.flatMap((row) => ('heading' in row ? [] : everywhere('count' in row ? row.count : row.describe, row.of))),
    ...tests.flatMap((test) => everywhere('count' in test ? test.count : test.describe, test.of)),
  ]
}
