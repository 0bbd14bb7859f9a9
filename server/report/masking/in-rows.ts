/**
 * Which chi-squares a report without small numbers may have: those of counts that its rows show. From its n's, statistic, V, what was expected and
 * the difference of shares every count of a chi-square can be worked out, so that it is to tell nothing that rows do not.
 */
import { type Place, placeOf } from '../../../protocols/report-places.ts'
import type { Category, Measure, ReportTable, ReportTest } from '../../../protocols/report-schema.ts'
import { categoriesOf } from '../categories.ts'
import type { ReportContext } from '../context.ts'
import { whatOf } from '../making.ts'
import type { Amount } from './amounts.ts'
import { measureOf, sidesOf } from './tested.ts'

/** What a category of a count is the amount of, in a row as in a test. */
export type CountedAs = Pick<Amount, 'what' | 'groups' | 'chosen'>

export function countedAs(
  measure: Measure,
  place: Place,
  unit: ReportTable['unit'],
  unknown: readonly number[],
  { title: _, ...category }: Category,
): CountedAs {
  const what = (part: unknown): string => whatOf(measure, place, unit, part)
  // Whether a list came is told whole or not at all: nothing is taken together.
  const isChosen = 'values' in category && !('list' in measure)
  return {
    what: what([category, unknown]),
    groups: place.groups,
    ...(isChosen && { chosen: { of: what(['chosen', unknown]), values: category.values } }),
  }
}

/** The counts of a chi-square, each category of each group; of another test none. */
export function countsOfTest(context: ReportContext, table: ReportTable, test: ReportTest): CountedAs[] {
  if (test.kind !== 'chi-square') return []
  const { categories, unknown = [] } = test
  const measure = measureOf(test)
  const places = sidesOf(test).map((one) => placeOf(table.of, test.of, one))
  const chosen = categoriesOf(context, measure, places, categories, unknown)
  return places.flatMap((place) => chosen.map((category) => countedAs(measure, place, table.unit, unknown, category)))
}

/** Whether each count is one of these, or the sum of some categories of one n. By the names of groups: whether it stands there is then no news. */
export function standIn(rows: readonly Amount[], counts: readonly CountedAs[]): boolean {
  return (
    counts.length > 0 &&
    counts.every(({ what, groups, chosen }) => {
      if (rows.some((row) => row.what === what && areSame(row.groups, groups))) return true
      if (!chosen) return false
      const parts = rows.filter(
        (row) =>
          row.chosen?.of === chosen.of && areSame(row.groups, groups) && row.chosen.values.every((one) => chosen.values.includes(one)),
      )
      return [...Map.groupBy(parts, ({ partOf }) => partOf).values()].some((those) => {
        const values = those.flatMap((part) => part.chosen?.values ?? [])
        return values.length === new Set(values).size && values.length === new Set(chosen.values).size
      })
    })
  )
}

const areSame = (one: readonly string[], other: readonly string[]): boolean => new Set(one).symmetricDifference(new Set(other)).size === 0
