/** Rows of counts: one per category, with per cent of all that are counted. */
import { type Place, placesOfRow } from '../../protocols/report-places.ts'
import type { Category, Measure, ReportRow } from '../../protocols/report-schema.ts'
import { categoriesOf, categoriesWith, foreignTo, isSeveral } from './categories.ts'
import { cell, type Making, type Seen, seenAt, whatOf } from './making.ts'
import type { Amount } from './masking/amounts.ts'
import { type Answered, answersTo, type Chosen } from './masking/chosen.ts'
import { countedAs } from './masking/in-rows.ts'
import { numbersOf } from './masking/spread-of.ts'
import { tally } from './masking/tally.ts'
import { type Observation, observe, type Value } from './observe.ts'
import type { CellResult } from './result.ts'
import { isRefused } from './statistics/outcome.ts'
import { percentages } from './statistics/percentages.ts'
import { sum } from './statistics/sums.ts'
import { titleOfMeasure } from './titles.ts'
import { statisticTitles, validTotal, wholeTotal } from './words.ts'

type CountRow = Extract<ReportRow, { count: unknown }>

/** What one column of the block counts. */
interface Counted {
  place: Place
  seen: Seen
  /** Whether more than one answer could be ticked here. */
  several: boolean
  /** Who is in each category, in the order of the categories. */
  within: Observation[][]
  /** Who has no valid value, or one that is in no category. */
  missing: Omit<Observation, 'value'>[]
}

/** Adds a heading, a row per category, one for missing answers where that is wanted, and one with n. `blocks`: of how many this is one. */
export function countBlock(making: Making, row: CountRow, blocks: number): void {
  const { context, definition, rows } = making
  const places = placesOfRow(definition, row)
  const [first] = places as [Place]
  const categories = categoriesOf(context, row.count, places, row.categories, row.unknown)
  const title = row.title ?? (blocks > 1 ? titleOfMeasure(context, row.count, first) : null)
  if (title) rows.push({ kind: 'heading', title })
  if (places.some((place) => isSeveral(context, row.count, place)))
    making.warnings.push({ code: 'several-answers', rows: title ?? titleOfMeasure(context, row.count, first) })
  const columns = places.map((place) => countedAt(making, row, place, categories))
  const counts = row.missing === 'counted'
  const start = rows.length
  const percents = columns.map((column) => percentsOf(making, column, counts))
  for (const [at, { title: own }] of categories.entries())
    rows.push({ kind: 'cells', title: own, within: title, cells: columns.map((column, index) => countCell(column, at, percents[index])) })
  if (row.missing !== 'left-out')
    rows.push({
      kind: 'cells',
      title: statisticTitles.missing,
      within: title,
      cells: columns.map((column, index) => (counts ? countCell(column, categories.length, percents[index]) : missingCell(column))),
    })
  rows.push({
    kind: 'cells',
    title: counts || 'list' in row.count ? wholeTotal : validTotal,
    within: title,
    cells: columns.map((column) => totalCell(column, counts)),
  })
  addAmounts(making, row, columns, { start, categories })
}

function countedAt(making: Making, { count, unknown }: CountRow, place: Place, categories: Category[]): Counted {
  const seen = seenAt(making, count, place, unknown)
  const placed = seen.observed.values.map((one) => ({ one, among: categoriesWith(categories, one.value) }))
  const values = placed.filter(({ among }) => among.length > 0)
  return {
    place,
    several: isSeveral(making.context, count, place),
    // A value outside the categories that were asked for is not one of these.
    seen: { ...seen, observed: { ...seen.observed, values: values.map(({ one }) => one) } },
    within: categories.map((category) => values.filter(({ among }) => among.includes(category)).map(({ one }) => one)),
    missing: [...seen.observed.missing, ...placed.filter(({ among }) => among.length === 0).map(({ one }) => one)],
  }
}

const weightOf = (observations: readonly { weight: number }[]): number => sum(observations.map(({ weight }) => weight))

/** Per cent of each category, and of missing answers where they are counted; null when there is nobody. */
function percentsOf({ context }: Making, { seen, within, missing, several }: Counted, counts: boolean): (number | null)[] {
  const parts = [...within, ...(counts ? [missing] : [])].map(weightOf)
  // Shared out, per cent that are shown would depend on counts that are not.
  const rounding = several || context.options.maskBelow !== null ? 'plain' : context.options.percentages
  if (!several) {
    const found = percentages(parts, rounding)
    return isRefused(found) ? parts.map(() => null) : found
  }
  // Ticked boxes do not add up to their n: each is a part of it by itself.
  const whole = weightOf(seen.observed.values) + (counts ? weightOf(missing) : 0)
  return parts.map((part) => {
    const found = percentages([part, Math.max(0, whole - part)])
    return isRefused(found) ? null : (found[0] ?? null)
  })
}

/** `at` the place of the category; missing answers come after the last one. */
function countCell({ seen, within, missing }: Counted, at: number, percents: (number | null)[] | undefined): CellResult {
  const behind = within[at] ?? missing
  const n = seen.observed.values.length + (percents && percents.length > within.length ? missing.length : 0)
  return { ...cell({ kind: 'count', value: behind.length, weight: weightOf(behind), percent: percents?.[at] ?? null }, seen, behind), n }
}

const missingCell = ({ seen, missing }: Counted): CellResult => cell({ kind: 'missing', value: missing.length }, seen, missing)

function totalCell({ seen, missing }: Counted, counts: boolean): CellResult {
  const behind = [...seen.observed.values, ...(counts ? missing : [])]
  return { ...cell({ kind: 'n', value: behind.length }, seen, behind), n: behind.length }
}

/** For masking: n is the sum of its categories; where several can be ticked, of those who ticked a box and those who did not. */
function addAmounts(
  making: Making,
  { count, missing, unknown = [] }: CountRow,
  columns: readonly Counted[],
  { start, categories }: { start: number; categories: readonly Category[] },
): void {
  const { amounts, context, definition } = making
  const { unit } = definition
  const shown = missing === 'left-out' ? 0 : 1
  const last = start + categories.length + shown
  const meant = categories.map(({ title: _, ...which }) => which)
  for (const [column, counted] of columns.entries()) {
    const { place, seen, within, several, missing: none } = counted
    const { values } = seen.observed
    const what = (part: unknown): string => whatOf(count, place, unit, part)
    const add = (part: unknown, behind: readonly { of: object }[], row: number | null, own: Partial<Amount> = {}): void => {
      amounts.push({
        what: what(part),
        groups: place.groups,
        of: { measure: count, place },
        ...tally(behind),
        ...(row === null ? { cells: [], unseen: true } : { cells: [[row, column]] }),
        ...own,
      })
    }
    const total = amounts.length
    const foreign = foreignTo(context, count, place, categories)
    const isWhole = missing === 'counted'
    const answers = answersAt(making, count, unknown, counted)
    const ofAnswers = (chosen: Chosen): Partial<Amount> => (answers ? { answers: { ...answers, chosen } } : {})
    add(['n', meant, unknown, isWhole], isWhole ? [...values, ...none] : values, last, {
      ...('list' in count ? { ...tally(values, 'asked'), entire: true } : isWhole ? {} : tally(values, 'valid')),
    })
    // Who ticked something at all: with missing answers counted that is n less those, so that it is seen where they are.
    const answered = several && isWhole ? amounts.length : total
    const isAnswered = { partOf: total, split: 'answered' }
    if (answered !== total) add(['answered', meant, unknown], values, last, { ...tally(values, 'valid'), ...isAnswered, cells: [] })
    for (const [at, behind] of within.entries()) {
      const part = [meant[at], unknown]
      const own = countedAs(count, place, unit, unknown, categories[at] as Category)
      if (foreign.has(categories[at] as Category)) add(part, behind, start + at, { within: total })
      else if ('list' in count)
        add(part, behind, start + at, { ...tally(behind, behind[0]?.value === 'came' ? 'came' : 'not'), partOf: total })
      else if (!several)
        add(part, behind, start + at, {
          ...{ partOf: total, ofNumbers: numbersOf(count, place, unit) },
          ...own,
          ...ofAnswers({ categories: [categories[at] as Category], unknown }),
        })
      else {
        const ticked = new Set(behind)
        const box = { partOf: answered, split: `box ${at}` }
        add(part, behind, start + at, box)
        add(
          [...part, 'not'],
          values.filter((one) => !ticked.has(one)),
          null,
          box,
        )
      }
    }
    const missingAs = !isWhole ? { within: total } : several ? isAnswered : { partOf: total }
    if (shown)
      add(['missing', unknown], none, start + categories.length, { ...missingAs, ...ofAnswers({ categories, unknown, others: true }) })
  }
}

/** What everybody behind a column answered, also what counts as missing in it; nothing of boxes, or whether a list came. */
function answersAt(
  { context, definition: { unit } }: Making,
  measure: Measure,
  unknown: readonly number[],
  { place, seen, several, missing }: Counted,
): Omit<NonNullable<Amount['answers']>, 'chosen'> | undefined {
  if (several || 'list' in measure || context.options.maskBelow === null) return undefined
  const plain = unknown.length === 0 ? [] : observe(context, { measure, place, unit }).values
  const before = new Map(plain.map(({ of, from = of, value }) => [from, value]))
  const behind = [...seen.observed.values, ...missing].map(({ of, from = of, ...one }): Answered => {
    const value = 'value' in one ? (one.value as Value) : (before.get(from) ?? null)
    return { of, from, value: typeof value === 'object' ? null : value }
  })
  return { of: answersTo(measure, place), behind }
}
