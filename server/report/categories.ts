/** The categories that a count has a row for, in the order of the list, the bands or the protocol. */
import type { Localized } from '../../instruments/definition.ts'
import { itemsOf } from '../../instruments/items.ts'
import { holds } from '../../protocols/categories.ts'
import type { Place } from '../../protocols/report-places.ts'
import type { Category, ItemMeasure, ListedCategory, Measure } from '../../protocols/report-schema.ts'
import type { PlannedInstrument } from '../export/plan.ts'
import { instrumentsOf, type ReportContext } from './context.ts'
import type { Value } from './observe.ts'
import { cameTitles, changeTitles } from './words.ts'

/** As the definition gives them, or else those of the lists at all places together; `unknown` answers have no row. */
export function categoriesOf(
  context: ReportContext,
  measure: Measure,
  places: readonly Place[],
  given: Category[] | undefined,
  unknown: readonly number[] = [],
): Category[] {
  return (
    given ?? ownCategories(context, measure, places).filter(({ values }) => !values.some((value) => unknown.some((one) => one === value)))
  )
}

/** Those of the lists at all places together, or of a fact; each of one value. */
export function ownCategories(context: ReportContext, measure: Measure, places: readonly Place[]): ListedCategory[] {
  if ('fact' in measure) return categoriesOfFact(context, measure.fact)
  if ('list' in measure) return cameTitles.map(({ value, title }) => category(value, title))
  // Nobody can be recovered by a raw score; beside a star an empty row would say what its neighbour is.
  if ('scale' in measure && measure.reliable)
    return changeTitles.flatMap(({ value, title }) => (value === 'recovered' && measure.part !== 'z' ? [] : [category(value, title)]))
  const planned = new Set(places.flatMap(({ instruments }) => instrumentsOf(context, instruments)))
  return merged([...planned].map((one) => ('scale' in measure ? bandsOf(one, measure.scale) : choicesOf(one, measure))))
}

/** Of some categories those that the lists at a place cannot have: beside a star nobody in them would say what that star is. */
export function foreignTo(context: ReportContext, measure: Measure, place: Place, categories: readonly Category[]): Set<Category> {
  const own = new Set(ownCategories(context, measure, [place]).flatMap(({ values }) => values))
  return new Set(categories.filter((one) => 'values' in one && own.size > 0 && !one.values.some((value) => own.has(value))))
}

/**
 * Each value once, in an order in which all lists have them: what only a later list has stands after what it stands after there. Of one value the
 * first title counts: that of the latest version, or of the first of several lists.
 */
function merged(lists: readonly (readonly ListedCategory[])[]): ListedCategory[] {
  const all: ListedCategory[] = []
  for (const list of lists) {
    let next = 0
    for (const one of list) {
      const known = all.findIndex(({ values }) => values[0] === one.values[0])
      if (known === -1) all.splice(next++, 0, one)
      else next = known + 1
    }
  }
  return all
}

/** Which of them a value is in; several when several were ticked, none when none fits. */
export const categoriesWith = (categories: readonly Category[], value: Value): Category[] =>
  categories.filter((category) => (Array.isArray(value) ? value : [value]).some((one) => holds(category, one as number | string)))

/** Whether more than one answer can be ticked; with several lists, in any of them. */
export const isSeveral = (context: ReportContext, measure: Measure, place: Place): boolean =>
  'item' in measure &&
  instrumentsOf(context, place.instruments).some((planned) => questionOf(planned, measure)?.question.type === 'checkbox')

const category = (value: number | string, title: Localized): ListedCategory => ({ title, values: [value] })

function categoriesOfFact({ plan, cases }: ReportContext, fact: 'arm' | 'cohort' | 'region'): ListedCategory[] {
  if (fact === 'region') {
    const regions = new Set(cases.flatMap(({ region }) => region ?? []))
    return [...regions].sort().map((region) => category(region, { nl: region, en: region }))
  }
  return Object.entries(fact === 'arm' ? plan.protocol.arms : plan.protocol.cohorts).map(([id, { title }]) => category(id, title))
}

/** The bands of all norm tables in use; of one id the first label counts, as in exports. */
const bandsOf = ({ variables }: PlannedInstrument, scale: string): ListedCategory[] =>
  variables
    .filter(({ members }) => members.some(({ column }) => column.origin?.scale?.id === scale && column.origin.part === 'band'))
    .flatMap(({ members }) => members.flatMap(({ column }) => column.values))
    .map(({ value, label }) => category(value, label))

const choicesOf = (planned: PlannedInstrument, measure: ItemMeasure): ListedCategory[] =>
  questionOf(planned, measure)?.choices.map(({ value, text }) => category(value, text)) ?? []

/** The question as the latest version has it. */
function questionOf({ versions }: PlannedInstrument, { item, within }: ItemMeasure) {
  const found = versions.toReversed().flatMap((instrument) => {
    const items = itemsOf(instrument)
    const group = items.find(({ name }) => name === within)
    return (group?.kind === 'records' ? group.items : items).filter(({ name }) => name === item)
  })
  return found.find((one) => one.kind === 'question')
}
