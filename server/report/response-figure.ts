/** Response over time: of the lists that were asked, how many had come so many days or weeks after their window opened. */
import type { Localized } from '../../instruments/definition.ts'
import { placeOf } from '../../protocols/report-places.ts'
import type { ReportFigure } from '../../protocols/report-schema.ts'
import type { ReportContext } from './context.ts'
import type { BuiltFigure } from './figure.ts'
import { cell } from './making.ts'
import { besideHidden } from './masked-table.ts'
import { observe } from './observe.ts'
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
      const observed = observe(context, { measure, place, unit })
      denominators.push(denominatorOf(context, definition, measure, place))
      const came = observed.values.map(({ days }) => (days === undefined ? null : Math.floor(days / daysIn[step])))
      return { wave, column, observed, came, title: titleOfWave(context, wave), denominator: denominators.length - 1 }
    }),
  )
  const last = columns.flatMap(({ came }) => came).reduce<number>((most, place) => Math.max(most, place ?? -1), -1)
  const reached = columns.map(({ came }) => cumulative(came, last + 1, context.options.maskBelow))
  const isMasked = reached.some(({ counts, isWholeTold }) => !isWholeTold || counts.includes(null))
  const rows: RowResult[] = Array.from({ length: last + 1 }, (_, place) => ({
    kind: 'cells',
    title: withinTitle(step, place + 1),
    within: null,
    cells: columns.map((one, at) => cellAt(one, reached[at] as Reached, place)),
  }))
  rows.push({
    kind: 'cells',
    title: { nl: 'Gevraagd (n)', en: 'Asked (n)' },
    within: null,
    cells: columns.map((one, at) => askedCell(one, reached[at] as Reached)),
  })
  const titles = columns.map(({ column, title: wave }) => (wanted.length === 1 ? wave : joined(titleOfColumn(context, column), wave)))
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
    notes: [],
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

const words = {
  day: { nl: ['dag', 'dagen'], en: ['day', 'days'] },
  week: { nl: ['week', 'weken'], en: ['week', 'weeks'] },
}
const withinTitle = (step: 'day' | 'week', count: number): Localized => ({
  nl: `Binnen ${count} ${words[step].nl[count === 1 ? 0 : 1]}`,
  en: `Within ${count} ${words[step].en[count === 1 ? 0 : 1]}`,
})

interface Column {
  observed: ReturnType<typeof observe>
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

const masked = (empty: StatisticResult, denominator: number): CellResult => ({
  ...empty,
  ...{ n: null, asked: null, denominator, cases: [], masked: true as const },
})
