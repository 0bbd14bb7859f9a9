/**
 * Response over time: of the lists that were asked, how many had come so many days or weeks after their window opened.
 *
 * Counted are lists of which the time to answer is over, answered or not. One that is still open may come yet: among those that did not it
 * would press the end of the curve down. Nor can those count that are open and did come, for then the others would be missing beside them.
 */
import type { Localized } from '../../instruments/definition.ts'
import { placeOf } from '../../protocols/report-places.ts'
import type { ReportFigure } from '../../protocols/report-schema.ts'
import type { ReportContext } from './context.ts'
import type { BuiltFigure } from './figure.ts'
import { cell } from './making.ts'
import { besideHidden } from './masked-table.ts'
import { type Observed, observe } from './observe.ts'
import type { CellResult, RowResult, SeriesResult, StatisticResult } from './result.ts'
import { cumulative, type Reached } from './statistics/cumulative.ts'
import { isRefused } from './statistics/outcome.ts'
import { percentages } from './statistics/percentages.ts'
import { denominatorOf, titleOfColumn, waveTitle } from './titles.ts'

const daysIn = { day: 1, week: 7 }

/** A column and a curve per series and wave; a row for every day or week until the last list came. */
export function responseFigure(context: ReportContext, definition: ReportFigure): BuiltFigure {
  const { id, title, note, waves, measure, of, unit, series: wanted, step = 'week' } = definition
  const denominators: Localized[] = []
  const columns = wanted.flatMap((column) =>
    waves.map((wave) => {
      const place = placeOf(of, column.of, { wave })
      const { observed, open } = whenOver(observe(context, { measure, place, unit }))
      denominators.push(over(denominatorOf(context, definition, measure, place)))
      const came = observed.values.map(({ days }) => (days === undefined ? null : Math.floor(days / daysIn[step])))
      return { wave, column, observed, open, came, title: titleOfWave(context, wave), denominator: denominators.length - 1 }
    }),
  )
  const last = columns.flatMap(({ came }) => came).reduce<number>((most, place) => Math.max(most, place ?? -1), -1)
  const reached = columns.map(({ came }) => cumulative(came, last + 1, context.options.maskBelow))
  const rows: RowResult[] = Array.from({ length: last + 1 }, (_, place) => ({
    kind: 'cells',
    title: withinTitle(step, place + 1),
    within: null,
    cells: columns.map((one, at) => cellAt(one, reached[at] as Reached, place)),
  }))
  rows.push({
    kind: 'cells',
    title: { nl: 'Gevraagd, en de tijd is om (n)', en: 'Asked, and the time is over (n)' },
    within: null,
    cells: columns.map((one, at) => askedCell(one, reached[at] as Reached)),
  })
  const openCells = columns.map((one) => openCell(one, context.options.maskBelow))
  rows.push({
    kind: 'cells',
    title: { nl: 'Nog open, niet geteld (n)', en: 'Still open, not counted (n)' },
    within: null,
    cells: openCells,
  })
  const titles = columns.map(({ column, title: wave }) => (wanted.length === 1 ? wave : joined(titleOfColumn(context, column), wave)))
  const isMasked =
    reached.some(({ counts, isWholeTold }) => !isWholeTold || counts.includes(null)) || openCells.some(({ masked }) => masked)
  const warnings = [
    ...(columns.every(({ came }) => came.length === 0) ? [{ code: 'no-data' as const }] : []),
    ...(isMasked ? [{ code: 'masked' as const, below: context.options.maskBelow ?? 0 }] : []),
  ]
  const table = {
    id,
    title,
    head: [titles.map((text) => ({ text, span: 1 }))],
    columns: titles.map((text) => ({ title: text, statistic: null })),
    rows,
    denominators,
    notes: [onlyOver],
    tests: [],
    warnings,
    standIns: [],
  }
  return {
    amounts: [],
    figure: {
      id,
      title,
      kind: 'response',
      measure: { title: { nl: '% van wie is gevraagd', en: '% of those asked' }, range: [0, 100] },
      waves: waves.map((wave) => ({ id: wave, title: titleOfWave(context, wave) })),
      categories: Array.from({ length: last + 1 }, (_, place) => ({ value: place + 1, title: withinTitle(step, place + 1) })),
      series: wanted.map(
        (column): SeriesResult => ({
          title: titleOfColumn(context, column),
          ...{ points: [], bars: [], lines: [], flows: [] },
          curves: columns.flatMap((one, at) =>
            one.column === column ? [{ wave: one.wave, shares: (reached[at] as Reached).shares }] : [],
          ),
        }),
      ),
      step,
      denominators,
      notes: note ? [note] : [],
      warnings,
      standIns: [],
      table,
    },
  }
}

const titleOfWave = (context: ReportContext, wave: string): Localized => waveTitle(context, { wave }) ?? { nl: wave, en: wave }
const joined = (one: Localized, other: Localized): Localized => ({ nl: `${one.nl}, ${other.nl}`, en: `${one.en}, ${other.en}` })

const onlyOver: Localized = {
  nl: 'Alleen lijsten waarvan de tijd om te antwoorden om is, zijn geteld, of zij kwamen of niet: van een lijst die nog open is, weet niemand of zij nog komt. Hoeveel dat er zijn, staat in de tabel.',
  en: 'Only lists of which the time to answer is over are counted, whether they came or not: of a list that is still open nobody knows whether it will come. How many these are stands in the table.',
}
const over = ({ nl, en }: Localized): Localized => ({
  nl: `${nl}; de tijd om te antwoorden is om`,
  en: `${en}; the time to answer is over`,
})

/** Those of which the time is over, and how many there are beside them. */
function whenOver(all: Observed): { observed: Observed; open: number } {
  const values = all.values.filter(({ isOpen }) => !isOpen)
  return { observed: { ...all, values, asked: values.length }, open: all.values.length - values.length }
}

const words = {
  day: { nl: ['dag', 'dagen'], en: ['day', 'days'] },
  week: { nl: ['week', 'weken'], en: ['week', 'weeks'] },
}
const withinTitle = (step: 'day' | 'week', count: number): Localized => ({
  nl: `Binnen ${count} ${words[step].nl[count === 1 ? 0 : 1]}`,
  en: `Within ${count} ${words[step].en[count === 1 ? 0 : 1]}`,
})

interface Column {
  observed: Observed
  open: number
  came: (number | null)[]
  denominator: number
}

function cellAt({ observed, came, denominator }: Column, { counts, isWholeTold }: Reached, place: number): CellResult {
  const value = counts[place] ?? null
  if (value === null) return masked({ kind: 'count', value: null, weight: null, percent: null }, denominator)
  const behind = observed.values.filter((_, at) => (came[at] ?? Number.POSITIVE_INFINITY) <= place)
  const found = percentages([value, observed.values.length - value])
  const percent = isRefused(found) ? null : (found[0] ?? null)
  const made = cell({ kind: 'count', value, weight: value, percent }, { observed, denominator }, behind)
  return isWholeTold ? made : { ...besideHidden(made), asked: null }
}

function askedCell({ observed, denominator }: Column, { isWholeTold }: Reached): CellResult {
  if (!isWholeTold) return masked({ kind: 'n', value: null }, denominator)
  return cell({ kind: 'n', value: observed.values.length }, { observed, denominator }, observed.values)
}

/** Without the cases: they are behind no number of the figure. */
const openCell = ({ open, denominator }: Column, maskBelow: number | null): CellResult =>
  maskBelow !== null && open > 0 && open < maskBelow
    ? masked({ kind: 'n', value: null }, denominator)
    : { kind: 'n', value: open, n: null, asked: null, denominator, cases: [] }

const masked = (empty: StatisticResult, denominator: number): CellResult => ({
  ...empty,
  ...{ n: null, asked: null, denominator, cases: [], masked: true as const },
})
