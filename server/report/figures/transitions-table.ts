/** From category to category between waves that follow each other, of those who have a value in both. */
import type { Localized } from '../../../instruments/definition.ts'
import { placeOf } from '../../../protocols/report-places.ts'
import type { Category, ReportFigure } from '../../../protocols/report-schema.ts'
import { categoriesWith, foreignTo, ownCategories } from '../categories.ts'
import type { ReportContext } from '../context.ts'
import { cell, type Seen, whatOf } from '../making.ts'
import type { Amount } from '../masking/amounts.ts'
import { type Answered, answersTo } from '../masking/chosen.ts'
import { tally } from '../masking/tally.ts'
import { type Observation, observe } from '../observe.ts'
import type { CellResult, RowResult } from '../result.ts'
import { samePeople, unitOfPeople } from '../same-people.ts'
import { standInsBehindFigure } from '../stand-ins.ts'
import { isRefused } from '../statistics/outcome.ts'
import { percentages } from '../statistics/percentages.ts'
import type { BuiltTable } from '../table.ts'
import { denominatorOf, plainHead, titleOfColumn, waveTitle } from '../titles.ts'
import { wholeTotal } from '../words.ts'

/** Of each series and pair of waves a block: a row per category before, a column per category after, and one with n. */
export function transitionsTable(context: ReportContext, figure: ReportFigure): BuiltTable {
  const { id, title, of, waves, series, measure } = figure
  const categories = ownCategories(
    context,
    measure,
    series.map((column) => placeOf(of, column.of)),
  )
  const rows: RowResult[] = []
  const amounts: Amount[] = []
  const denominators: Localized[] = []
  for (const column of series)
    for (const [index, to] of waves.slice(1).entries()) {
      const from = waves[index] as string
      const own = placeOf(of, column.of, { wave: to, answeredIn: [from, to] })
      denominators.push(denominatorOf(context, figure, measure, own))
      const heading = headingOf(context, titleOfColumn(context, column), from, to)
      rows.push({ kind: 'heading', title: heading })
      const made = movesOf(context, figure, column.of, [from, to])
      addBlock(
        { rows, amounts },
        {
          categories,
          foreign: foreignTo(context, measure, own, categories),
          made,
          heading,
          denominator: denominators.length - 1,
          what: (part) => whatOf(measure, own, figure.unit, [from, ...part]),
          groups: own.groups,
          answers: (behind) =>
            context.options.maskBelow === null ? undefined : { of: answersTo(measure, own), behind: behind.map(answeredIn) },
        },
      )
    }
  const titles = [...categories.map((one) => one.title), wholeTotal]
  return {
    amounts,
    tested: [],
    table: {
      id,
      title,
      ...plainHead(titles),
      rows,
      denominators,
      notes: [],
      tests: [],
      warnings: amounts.every(({ count }) => count === 0) ? [{ code: 'no-data' }] : [],
      standIns: standInsBehindFigure(context, figure),
    },
  }
}

const headingOf = (context: ReportContext, series: Localized, from: string, to: string): Localized => {
  const [before, after] = [from, to].map((wave) => waveTitle(context, { wave }) ?? { nl: wave, en: wave }) as [Localized, Localized]
  return { nl: `${series.nl}: van ${before.nl} naar ${after.nl}`, en: `${series.en}: from ${before.en} to ${after.en}` }
}

interface Move {
  before: Observation
  after: Observation
}

function movesOf(context: ReportContext, { of, measure, unit }: ReportFigure, own: ReportFigure['of'], waves: [string, string]): Move[] {
  const at = unitOfPeople(measure, unit)
  const byWave = waves.map((wave) => observe(context, { measure, place: placeOf(of, own, { wave }), unit: at }).values)
  return samePeople(unit, byWave).flatMap(([before, after]) => (before && after ? [{ before, after }] : []))
}

const inside = (values: readonly Observation[], to: Omit<Category, 'title'>): Observation[] =>
  values.filter(({ value }) => categoriesWith([to as Category], value).length > 0)

interface Block {
  categories: Category[]
  /** Those that the lists of this series cannot have. */
  foreign: ReadonlySet<Category>
  made: Move[]
  heading: Localized
  denominator: number
  what: (part: unknown[]) => string
  groups: string[]
  /** For masking, what the lists of one wave say. */
  answers: (behind: readonly Observation[]) => Omit<NonNullable<Amount['answers']>, 'chosen'> | undefined
}

const answeredIn = ({ of, from = of, value }: Observation): Answered => ({ of, from, value: typeof value === 'object' ? null : value })

/** Per cent are of those who were in the category before. */
function addBlock(
  { rows, amounts }: { rows: RowResult[]; amounts: Amount[] },
  { categories, foreign, made, heading, denominator, what, groups, answers }: Block,
): void {
  // All of them, and who went where from wherever: shown nowhere here, but in other tables.
  const unseen = { groups, cells: [], unseen: true as const }
  const all = amounts.length
  const after = made.map((move) => move.after)
  amounts.push({ what: what([]), ...unseen, ...tally(after, 'valid') })
  const [ofBefore, ofAfter] = [answers(made.map((move) => move.before)), answers(after)]
  const chosenOf = (of: typeof ofAfter, category: Category): Partial<Amount> | undefined =>
    of && { answers: { ...of, chosen: { categories: [category], unknown: [] } } }
  for (const category of categories) {
    const { title: _, ...to } = category
    const isOwn = !foreign.has(category) && { partOf: all, split: 'to' }
    amounts.push({ what: what(['to', to]), ...unseen, ...tally(inside(after, to)), ...isOwn, ...chosenOf(ofAfter, category) })
  }
  for (const category of categories) {
    const { title: _, ...before } = category
    const from = made.filter(({ before }) => categoriesWith([category], before.value).length > 0)
    const each = categories.map((to) => from.filter(({ after }) => categoriesWith([to], after.value).length > 0))
    const found = percentages(each.map(({ length }) => length))
    const seen: Seen = { observed: { values: from.map(({ after }) => after), missing: [], asked: null, left: [] }, denominator }
    const cells: CellResult[] = each.map((moves, index) => {
      const percent = isRefused(found) ? null : (found[index] ?? null)
      return cell(
        { kind: 'count', value: moves.length, weight: moves.length, percent },
        seen,
        moves.map(({ after }) => after),
      )
    })
    const row = rows.length
    const total = amounts.length
    amounts.push({
      what: what(['from', before]),
      groups,
      ...tally(from.map((move) => move.after)),
      cells: [[row, categories.length]],
      ...(!foreign.has(category) && { partOf: all }),
      ...chosenOf(ofBefore, category),
    })
    for (const [column, moves] of each.entries()) {
      const went = {
        what: what([before, column]),
        groups,
        ...tally(moves.map((move) => move.after)),
        cells: [[row, column]] as [number, number][],
      }
      if (foreign.has(category) || foreign.has(categories[column] as Category)) amounts.push({ ...went, within: total })
      else amounts.push({ ...went, partOf: total }, { ...went, partOf: all + 1 + column })
    }
    const whole = cell(
      { kind: 'n', value: from.length },
      seen,
      from.map(({ after }) => after),
    )
    rows.push({ kind: 'cells', title: category.title, within: heading, cells: [...cells, whole] })
  }
}
