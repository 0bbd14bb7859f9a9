/** The values behind a mean, or a test of means, as masking looks at them. */
import { itemsOf } from '../../../instruments/items.ts'
import { type Place, placeOf } from '../../../protocols/report-places.ts'
import type { ItemMeasure, Measure, ReportTable, ReportTest } from '../../../protocols/report-schema.ts'
import { instrumentsOf, type ReportContext } from '../context.ts'
import { type Observation, observe } from '../observe.ts'
import { isComplete, samePeople, unitOfPeople } from '../same-people.ts'
import type { Spread } from './spread.ts'
import { measureOf, sidesOf } from './tested.ts'

/** Of a standard score those of the raw one, which it is made from: they are whole, and have limits. */
export function spreadAt(context: ReportContext, measure: Measure, place: Place, unit: ReportTable['unit']): Spread {
  const own = 'part' in measure && measure.part === 'z' ? { ...measure, part: 'raw' as const } : measure
  const found = observe(context, { measure, place, unit }).values
  const all = own === measure ? found : observe(context, { measure: own, place, unit }).values
  const people = new Set(found.map(({ who }) => who))
  return {
    of: numbersOf(own, place, unit),
    values: numbersIn(all.filter(({ who }) => people.has(who))),
    limits: limitsOf(context, own, place, all),
  }
}

/** Equal for the same numbers of whichever people. */
export function numbersOf(measure: Measure, { groups: _, answeredIn: __, ...where }: Place, unit: ReportTable['unit']): string {
  return JSON.stringify([measure, where, unit])
}

/** One for each group; of the same people in several waves one for each wave after the first: how they changed. */
export function spreadsOfTest(context: ReportContext, table: ReportTable, test: ReportTest): Spread[] {
  if (test.kind === 'chi-square') return []
  const measure = measureOf(test)
  const places = sidesOf(test).map((one) => placeOf(table.of, test.of, one))
  if (test.kind !== 'paired-t' && test.kind !== 'repeated-anova')
    return places.map((place) => spreadAt(context, measure, place, table.unit))
  const unit = unitOfPeople(measure, table.unit)
  const rows = samePeople(
    table.unit,
    places.map((place) => observe(context, { measure, place, unit }).values),
  ).filter(isComplete)
  const all = rows.flat()
  const first = places[0] as Place
  const [low, high] = limitsOf(context, measure, first, all)
  return places.slice(1).map((place, at): Spread => {
    const { groups: _, ...where } = first
    return {
      of: JSON.stringify([measure, where, place.wave, 'change', unit]),
      values: rows.map(([before, ...after]) => {
        const [one, other] = [before as Observation, after[at] as Observation]
        return { of: one.of, who: one.who, value: Number(one.value) - Number(other.value) }
      }),
      limits: [low - high, high - low],
    }
  })
}

const numbersIn = (values: readonly Observation[]): Spread['values'] =>
  values.map(({ of, who, value }) => ({ of, who, value: Number(value) }))

/** The least and the most that can be, as the lists say; never narrower than what there is. */
function limitsOf(context: ReportContext, measure: Measure, { instruments }: Place, values: readonly Observation[]): Spread['limits'] {
  const known = instrumentsOf(context, instruments).flatMap(({ latest }): (readonly [number, number])[] => {
    if ('scale' in measure) {
      if (measure.part !== 'raw') return []
      return latest.scales.filter(({ id }) => id === measure.scale).map(({ range }) => range)
    }
    return 'item' in measure ? limitsOfItem(latest, measure) : []
  })
  const low = Math.max(...known.map(([one]) => one))
  const high = Math.min(...known.map(([, one]) => one))
  const isChange = 'since' in measure && measure.since !== undefined
  const [least, last] = isChange ? [low - high, high - low] : [low, high]
  const numbers = values.map(({ value }) => Number(value))
  const smallest = numbers.reduce((a, b) => Math.min(a, b), Infinity)
  const from = known.length === 0 ? (isChange || smallest < 0 ? -Infinity : 0) : least
  const to = known.length === 0 ? Infinity : last
  return [
    Math.min(from, smallest),
    Math.max(
      to,
      numbers.reduce((a, b) => Math.max(a, b), -Infinity),
    ),
  ]
}

function limitsOfItem(instrument: Parameters<typeof itemsOf>[0], { item, within }: ItemMeasure): [number, number][] {
  const items = itemsOf(instrument)
  const group = items.find(({ name }) => name === within)
  const found = (group?.kind === 'records' ? group.items : items).find(({ name }) => name === item)
  if (found?.kind !== 'question') return []
  const { min, max } = found.question
  const values = found.choices.flatMap(({ value }) => (typeof value === 'number' ? [value] : []))
  if (values.length > 0) return [[Math.min(...values), Math.max(...values)]]
  return typeof min === 'number' || typeof max === 'number'
    ? [[typeof min === 'number' ? min : -Infinity, typeof max === 'number' ? max : Infinity]]
    : []
}
