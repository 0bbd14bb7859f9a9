/** Which answers and scores the tables of a report look at: nothing else is kept in memory. */
import { type Place, placeOf } from '../../protocols/report-places.ts'
import type { Measure, ReportDefinition, ReportPlace, ReportTable, Statistic } from '../../protocols/report-schema.ts'

/** By instrument (id). */
export type Needed = ReadonlyMap<string, { items: Set<string>; scales: Set<string> }>

/** `itemsOf`: the items of a scale in any version of a list; a scale whose items are looked at one by one needs them too. */
export function neededBy({ sections }: ReportDefinition, itemsOf: (instrument: string, scale: string) => string[]): Needed {
  const needed = new Map<string, { items: Set<string>; scales: Set<string> }>()
  for (const { measure, place, ofItems } of sections.flatMap(({ tables, figures }) => [
    ...tables.flatMap(inTable),
    ...figures.flatMap(({ of, series, measure }) => series.map((one) => ({ measure, place: placeOf(of, one.of), ofItems: false }))),
  ]))
    for (const id of place.instruments ?? []) {
      const known = needed.get(id) ?? { items: new Set(), scales: new Set() }
      needed.set(id, known)
      if ('scale' in measure) {
        known.scales.add(measure.scale)
        if (ofItems || measure.reliable) for (const item of itemsOf(id, measure.scale)) known.items.add(item)
      } else if ('item' in measure) known.items.add(measure.within ?? measure.item)
    }
  return needed
}

function inTable({ of, columns, rows, tests, statistics = [] }: ReportTable): { measure: Measure; place: Place; ofItems: boolean }[] {
  const everywhere = (measure: Measure, own: ReportPlace | undefined, wanted: Statistic[] = []) =>
    [{ of: {} }, ...columns].map((column) => ({
      measure,
      place: placeOf(of, column.of, own),
      ofItems: wanted.some((one) => one === 'alpha' || one === 'omega'),
    }))
  return [
    ...rows.flatMap((row) => {
      if ('heading' in row) return []
      return 'count' in row ? everywhere(row.count, row.of) : everywhere(row.describe, row.of, row.statistics ?? statistics)
    }),
    ...tests.flatMap((test) => everywhere('count' in test ? test.count : test.describe, test.of)),
  ]
}
