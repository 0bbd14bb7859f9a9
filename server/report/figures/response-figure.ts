/**
 * Response over time: of the lists that were asked, how many had come so many days or weeks after their window opened.
 *
 * Counted are lists of which the time to answer is over, answered or not. One that is still open may come yet: among those that did not it
 * would press the end of the curve down. Nor can those count that are open and did come, for then the others would be missing beside them.
 */
import type { Localized } from '../../../instruments/definition.ts'
import { type Place, placeOf } from '../../../protocols/report-places.ts'
import type { ReportFigure } from '../../../protocols/report-schema.ts'
import type { ReportContext } from '../context.ts'
import { cell, whatOf } from '../making.ts'
import type { Amount } from '../masking/amounts.ts'
import { tally } from '../masking/tally.ts'
import { type Observation, type Observed, observe } from '../observe.ts'
import type { CellResult, FigureResult, RowResult, SeriesResult, StatisticResult } from '../result.ts'
import { cumulative, type Reached } from '../statistics/cumulative.ts'
import { isRefused } from '../statistics/outcome.ts'
import { percentages } from '../statistics/percentages.ts'
import { denominatorOf, plainHead, titleOfColumn, waveTitle } from '../titles.ts'
import type { BuiltFigure } from './figure.ts'

const daysIn = { day: 1, week: 7 }

/** A column and a curve per series and wave; a row for every day or week until the last list came. */
export function responseFigure(context: ReportContext, definition: ReportFigure): BuiltFigure {
  const { id, title, note, waves, measure, of, unit, series: wanted, step = 'week' } = definition
  const denominators: Localized[] = []
  const columns = wanted.flatMap((column) =>
    waves.map((wave) => {
      const place = placeOf(of, column.of, { wave })
      const all = observe(context, { measure, place, unit })
      const observed = whenOver(all)
      denominators.push(over(denominatorOf(context, definition, measure, place)))
      const came = observed.values.map(({ days }) => (days === undefined ? null : Math.floor(days / daysIn[step])))
      return { wave, column, place, all, observed, came, title: titleOfWave(context, wave), denominator: denominators.length - 1 }
    }),
  )
  const last = columns.flatMap(({ came }) => came).reduce<number>((most, place) => Math.max(most, place ?? -1), -1)
  const reached = columns.map(({ came, observed }) =>
    cumulative(
      came.map((at, index) => ({ step: at, family: observed.values[index]?.of })),
      last + 1,
      context.options.maskBelow,
    ),
  )
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
    cells: columns.map(({ observed, denominator }) =>
      cell({ kind: 'n', value: observed.values.length }, { observed, denominator }, observed.values),
    ),
  })
  rows.push({
    kind: 'cells',
    title: { nl: 'De tijd is nog niet om, niet geteld (n)', en: 'Time not over yet, not counted (n)' },
    within: null,
    cells: columns.map(openCell),
  })
  const titles = columns.map(({ column, title: wave }) => (wanted.length === 1 ? wave : joined(titleOfColumn(context, column), wave)))
  const isMasked = reached.some(({ counts }) => counts.includes(null))
  const warnings = [
    ...(columns.every(({ came }) => came.length === 0) ? [{ code: 'no-data' as const }] : []),
    ...(isMasked ? [{ code: 'masked' as const, below: context.options.maskBelow ?? 0 }] : []),
  ]
  const table = {
    id,
    title,
    ...plainHead(titles),
    rows,
    denominators,
    notes: [onlyOver],
    tests: [],
    warnings,
    standIns: [],
  }
  return {
    amounts: columns.flatMap((one, at) => amountsOf(one, definition, at, last + 1)),
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
  nl: 'Alleen lijsten waarvan de tijd om te antwoorden om is, zijn geteld, of zij kwamen of niet: van een lijst die nog open is, weet niemand of zij nog komt. Van hoeveel de tijd nog niet om is, ook als zij al kwamen of zijn afgezegd, staat in de tabel.',
  en: 'Only lists of which the time to answer is over are counted, whether they came or not: of a list that is still open nobody knows whether it will come. Of how many the time is not over yet, also where they came or were called off, stands in the table.',
}
const over = ({ nl, en }: Localized): Localized => ({
  nl: `${nl}; de tijd om te antwoorden is om`,
  en: `${en}; the time to answer is over`,
})

/** Those of which the time is over. */
function whenOver(all: Observed): Observed {
  const values = all.values.filter(({ isOpen }) => !isOpen)
  return { ...all, values, asked: values.length }
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
  place: Place
  /** Of all lists, and of those of which the time is over. */
  all: Observed
  observed: Observed
  came: (number | null)[]
  denominator: number
}

function cellAt({ observed, came, denominator }: Column, { counts }: Reached, place: number): CellResult {
  const value = counts[place] ?? null
  if (value === null) return masked({ kind: 'count', value: null, weight: null, percent: null }, denominator)
  const behind = observed.values.filter((_, at) => (came[at] ?? Number.POSITIVE_INFINITY) <= place)
  const found = percentages([value, observed.values.length - value])
  const percent = isRefused(found) ? null : (found[0] ?? null)
  return cell({ kind: 'count', value, weight: value, percent }, { observed, denominator }, behind)
}

/** For masking: how many were asked, came and did not. All of a column or nothing of it is shown: its per cent are of those asked. */
function amountsOf({ place, all, observed }: Column, { measure, unit }: ReportFigure, column: number, rows: number): Amount[] {
  const here = Array.from({ length: rows }, (_, row): [number, number] => [row, column])
  const about = { groups: place.groups, of: { measure, place } }
  const what = (part: string): string => whatOf(measure, place, unit, part)
  const those = (isOpen: boolean, isCome: boolean): Observation[] =>
    all.values.filter((one) => (one.isOpen ?? false) === isOpen && (one.value === 'came') === isCome)
  const cameAll = all.values.filter(({ value }) => value === 'came')
  const open = all.values.filter(({ isOpen }) => isOpen)
  const unseen = { ...about, cells: [], unseen: true as const }
  // Each column has eight of these, of which three are what others are parts of.
  const [whole, over, came] = [0, 1, 2].map((at) => 8 * column + at) as [number, number, number]
  return [
    { what: what('asked'), ...unseen, ...tally(all.values, 'asked') },
    { what: what('over'), ...about, ...tally(observed.values), cells: [...here, [rows, column]], entire: true, partOf: whole },
    { what: what('came'), ...unseen, ...tally(cameAll, 'came') },
    { what: what('open'), ...about, ...tally(open), cells: [[rows + 1, column]], partOf: whole },
    { what: what('over, came'), ...about, ...tally(those(false, true)), cells: here, partOf: over },
    { what: what('over, came'), ...about, ...tally(those(false, true)), cells: here, partOf: came },
    { what: what('over, not'), ...unseen, ...tally(those(false, false)), partOf: over },
    { what: what('open, came'), ...unseen, ...tally(those(true, true)), partOf: came },
  ]
}

/** Without the cases: they are behind no number of the figure. */
const openCell = ({ all, observed, denominator }: Column): CellResult => ({
  ...{ kind: 'n', value: all.values.length - observed.values.length },
  ...{ n: null, asked: null, denominator, cases: [] },
})

const masked = (empty: StatisticResult, denominator: number): CellResult => ({
  ...empty,
  ...{ n: null, asked: null, denominator, cases: [], masked: true as const },
})

/** What the table beneath does not show is not drawn either. */
export const responseDrawn = (figure: FigureResult): FigureResult => {
  const rows = figure.table.rows.flatMap((row) => (row.kind === 'cells' ? [row.cells] : []))
  return {
    ...figure,
    series: figure.series.map((one, at) => ({
      ...one,
      curves: (one.curves ?? []).map((curve, wave) => ({
        ...curve,
        shares: curve.shares.map((share, step) => (rows[step]?.[at * figure.waves.length + wave]?.masked ? null : share)),
      })),
    })),
  }
}
