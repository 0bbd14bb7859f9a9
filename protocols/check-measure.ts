/** Checks what a cell of a report counts: a score or an answer that the lists at its place have, and that can be counted so. */
import type { Catalogue } from '../instruments/catalogue.ts'
import { scaleDifferences } from '../instruments/compare-scales.ts'
import { formatReference, type Mistake, parseReference } from '../instruments/definition.ts'
import { itemsOf, type QuestionItem } from '../instruments/items.ts'
import type { Instrument, Scale } from '../instruments/schema.ts'
import { isOfAnswers } from '../instruments/score.ts'
import type { NormTable } from '../norms/schema.ts'
import { applicableNorm } from '../norms/standardise.ts'
import { checkOverlaps } from './categories.ts'
import { notThere } from './check-schedule.ts'
import type { Place } from './report-places.ts'
import type { Category, ItemMeasure, Measure, ReportTable, ScaleMeasure } from './report-schema.ts'
import type { Protocol, ScheduleRow } from './schema.ts'

/** What protocols can name in a report. */
export interface NamedInReport {
  instruments: Catalogue<Instrument>
  tables: Catalogue<NormTable>
}

/** How a measure is used: as a number, or by its categories. */
export interface Use {
  as: 'number' | 'categories'
  categories?: Category[] | undefined
  /** Answers that count as missing. */
  unknown?: number[] | undefined
  /** What counts as one. */
  unit: ReportTable['unit']
  /** In a test of counts each person is in one category. */
  once?: boolean
  /** For alpha and omega: by its single items. */
  ofItems?: boolean
}

/** The mistakes of a measure at a place. Paths are those of the measure; those of categories and unknown answers stand beside it. */
export function checkMeasure(measure: Measure, place: Place, use: Use, protocol: Protocol, named: NamedInReport): Mistake[] {
  if ('fact' in measure)
    return use.as === 'number'
      ? [{ path: '/fact', reason: `${measure.fact} is no number: count it` }]
      : checkFact(measure.fact, use, protocol)
  if ('list' in measure && use.as === 'number') return [{ path: '/list', reason: 'whether a list came is no number: count it' }]
  const { instruments: ids } = place
  if (!ids) return [{ path: '', reason: 'it says nowhere of which list this is: name it under instruments' }]
  const unknown = ids.filter((id) => !protocol.schedule.some((row) => idOf(row) === id))
  if (unknown.length > 0) return unknown.map((id) => ({ path: '', reason: `the schedule does not ask ${id}` }))
  return [
    ...ids.flatMap((id) => checkInList(id, measure, place, use, protocol, named)),
    ...checkSameItems(ids, measure, place, use, protocol, named),
  ]
}

/** Items that are looked at one by one are put in one table, whichever of the lists they come from. */
function checkSameItems(ids: string[], measure: ListMeasure, place: Place, use: Use, protocol: Protocol, named: NamedInReport): Mistake[] {
  if (!('scale' in measure && (use.ofItems || measure.reliable))) return []
  const having = ids.flatMap((id) => {
    const list = listsOf(id, place, protocol, named).at(-1)
    const scale = list?.scales.find((one) => one.id === measure.scale)
    return list && scale ? [{ list, scale }] : []
  })
  const [first, ...others] = having
  return others.flatMap(({ list, scale }) => {
    const differences = first ? scaleDifferences(first.list, first.scale, list, scale) : []
    return differences.slice(0, 1).map((reason) => ({
      path: '/scale',
      reason: `${measure.scale} of ${formatReference(list)} is not that of ${formatReference(first?.list ?? list)} (${reason}), so that they have no alpha or omega together: name one list, or a row for each`,
    }))
  })
}

/** The path of a mistake of `checkMeasure`, where the measure stands under `at`. */
export const pathFrom = (at: string, path: string): string => (/^\/(categories|unknown)\b/.test(path) ? path : `${at}${path}`)

/** The values that a category lists; a range of numbers lists none. */
const listedIn = (category: Category): (number | string)[] => ('values' in category ? category.values : [])

const idOf = ({ instrument }: ScheduleRow): string => parseReference(instrument).id

function checkFact(fact: 'arm' | 'cohort' | 'region', { categories = [] }: Use, protocol: Protocol): Mistake[] {
  if (fact === 'region') return checkOverlaps(categories)
  const known = fact === 'arm' ? protocol.arms : protocol.cohorts
  return [
    ...checkOverlaps(categories),
    ...categories.flatMap((category, index) =>
      listedIn(category).flatMap((value) =>
        Object.hasOwn(known, value) ? [] : [{ path: `/categories/${index}`, reason: notThere(fact, String(value), known) }],
      ),
    ),
  ]
}

type ListMeasure = Exclude<Measure, { fact: unknown }>

function checkInList(id: string, measure: ListMeasure, place: Place, use: Use, protocol: Protocol, named: NamedInReport): Mistake[] {
  const rows = rowsAt(id, place, protocol)
  if (rows.length === 0) return [{ path: '', reason: `${id} is not asked of the role ${place.role}` }]
  return [
    ...checkWaves(id, measure, place, rows),
    ...listsOf(id, place, protocol, named).flatMap((list) => {
      if ('list' in measure) return checkCame(use)
      if ('item' in measure) return checkItem(list, measure, use)
      return [...checkScale(list, measure, use, protocol, named), ...checkOverlaps(use.categories)]
    }),
  ]
}

const rowsAt = (id: string, { role }: Place, { schedule }: Protocol): ScheduleRow[] =>
  schedule.filter((row) => idOf(row) === id && (role === undefined || row.role === role))

/** Its versions, in the order of the schedule. */
const listsOf = (id: string, place: Place, protocol: Protocol, { instruments }: NamedInReport): Instrument[] =>
  [...new Set(rowsAt(id, place, protocol).map(({ instrument }) => instrument))].flatMap((reference) => instruments.get(reference) ?? [])

/** Its two categories are its own. */
const checkCame = ({ categories, unknown }: Use): Mistake[] =>
  categories || unknown ? [{ path: '/list', reason: 'it came or it did not: there are no other categories' }] : []

function checkWaves(id: string, measure: ListMeasure, { wave, answeredIn = [] }: Place, rows: ScheduleRow[]): Mistake[] {
  const since = 'since' in measure ? measure.since : undefined
  const asked = [...new Set(rows.flatMap(({ waves }) => waves))]
  const named = [wave, since, ...answeredIn].filter((one) => one !== undefined)
  const wrong = named.filter((one) => !asked.includes(one))
  return [
    ...wrong.map((one) => ({ path: '', reason: `${id} is not asked in wave ${one}: it is in ${asked.join(', ')}` })),
    ...(wave === undefined && asked.length > 1
      ? [{ path: '', reason: `${id} is asked in ${asked.join(', ')}: say of which wave this is, so that nobody counts twice` }]
      : []),
    ...(since !== undefined && since === wave ? [{ path: '/since', reason: `a change since ${since} is of another wave` }] : []),
  ]
}

function checkScale(list: Instrument, measure: ScaleMeasure, use: Use, protocol: Protocol, named: NamedInReport): Mistake[] {
  const scale = list.scales.find(({ id }) => id === measure.scale)
  const reference = formatReference(list)
  if (!scale) {
    const known = list.scales.map(({ id }) => id).join(', ')
    return [{ path: '/scale', reason: `${reference} has no scale ${measure.scale}; there is: ${known || 'none'}` }]
  }
  if (use.ofItems && (!isOfAnswers(scale) || scale.items.length < 2))
    return [{ path: '/scale', reason: `${measure.scale} is not made of several answers, so that it has no alpha and no omega` }]
  if (measure.reliable) return checkReliable(scale, measure, use)
  if (measure.part === 'raw') return use.as === 'number' ? [] : checkCategories(use, undefined, `${measure.scale} is a number`)
  const table = applicableNorm(
    protocol.norms.flatMap((norm) => named.tables.get(norm) ?? []),
    list,
    scale.id,
  )
  if (!table) return [{ path: '/part', reason: `no norm table of this protocol is for ${scale.id} of ${reference}` }]
  return checkStandardised(scale, measure, use)
}

/** A change that is held against chance. Norms, where z is asked for, are checked when the z itself is. */
function checkReliable(scale: Scale, { since, part }: ScaleMeasure, use: Use): Mistake[] {
  const wrong = (reason: string): Mistake[] => [{ path: '/reliable', reason }]
  if (use.as === 'number') return wrong('it says of each person how they changed, and is no number: count it')
  if (since === undefined) return wrong('it is of a change: say since which wave')
  if (part === 'band') return wrong('a band does not change by a number: take raw or z')
  if (scale.worse === null) return wrong(`${scale.id} has no bad end, so that nobody knows what is better`)
  if (!isOfAnswers(scale) || scale.items.length < 2) return wrong(`${scale.id} has no items of which a reliability can be worked out`)
  return use.categories ? wrong('its categories are recovered, improved, unchanged and deteriorated: give no others') : []
}

function checkStandardised(scale: Scale, { part, since }: ScaleMeasure, use: Use): Mistake[] {
  if (part === 'z') return use.as === 'number' ? [] : [{ path: '/part', reason: 'z has no categories: describe it, or count part "band"' }]
  if (scale.worse === null) return [{ path: '/part', reason: `${scale.id} has no bad end, so it has no bands` }]
  if (use.as === 'number') return [{ path: '/part', reason: 'a band is no number: count it, or describe part "z"' }]
  return since === undefined ? [] : [{ path: '/since', reason: 'a band does not change by a number: show transitions' }]
}

function checkItem(list: Instrument, { item: name, within, since }: ItemMeasure, use: Use): Mistake[] {
  const reference = formatReference(list)
  const items = itemsOf(list)
  const group = items.find((item) => item.name === within)
  if (within !== undefined && group?.kind !== 'records')
    return [{ path: '/within', reason: `${reference} has no repeated group ${within}` }]
  const questions = group?.kind === 'records' ? group.items : items.flatMap((item) => (item.kind === 'question' ? [item] : []))
  const question = questions.find((one) => one.name === name)
  if (!question) return [{ path: '/item', reason: `${reference} has no item ${name}${within === undefined ? '' : ` in ${within}`}` }]
  if (within !== undefined && since !== undefined) return [{ path: '/since', reason: 'a record of one wave is not one of another' }]
  if (within !== undefined && use.unit === 'case')
    return [{ path: '/within', reason: 'each record counts for one, and unit "case" counts families: count lists in this table' }]
  if (use.once && question.question.type === 'checkbox')
    return [
      {
        path: '/item',
        reason: `several answers to ${name} can be ticked, so that one person is counted more than once: a test takes each once`,
      },
    ]
  if (use.as === 'number') return checkNumber(question)
  return [
    ...checkCategories(use, question, `${name} has no answers to choose from`),
    // Of several answers that are ticked each counts, in however many categories.
    ...(question.question.type === 'checkbox' ? [] : checkOverlaps(use.categories)),
  ]
}

const checkNumber = ({ name, question }: QuestionItem): Mistake[] =>
  question.inputType === 'number'
    ? []
    : [{ path: '/item', reason: `the answers to ${name} are codes or text, no number: count it, or describe a scale of it` }]

/** Categories can be chosen; of a number they have to be given. */
function checkCategories({ categories, unknown = [] }: Use, item: QuestionItem | undefined, otherwise: string): Mistake[] {
  const known = item?.choices.map(({ value }) => value) ?? []
  if (known.length === 0) return categories ? [] : [{ path: '', reason: `${otherwise}: give the categories` }]
  const strange = unknown.filter((value) => !known.includes(value))
  if (strange.length > 0)
    return strange.map((value) => ({ path: '/unknown', reason: `${value} is no answer to ${item?.name}; there is: ${known.join(', ')}` }))
  return (categories ?? []).flatMap((category, index) =>
    listedIn(category).flatMap((value) =>
      known.some((one) => one === value)
        ? []
        : [{ path: `/categories/${index}`, reason: `${value} is no answer to ${item?.name}; there is: ${known.join(', ')}` }],
    ),
  )
}
