/** Works out one figure: the numbers that are drawn, and the same in a table beneath it. */
import type { Localized } from '../../../instruments/definition.ts'
import { type Place, placeOf } from '../../../protocols/report-places.ts'
import type { ListedCategory, ReportFigure, ReportTable } from '../../../protocols/report-schema.ts'
import { ownCategories } from '../categories.ts'
import { instrumentsOf, type ReportContext } from '../context.ts'
import type { Amount } from '../masking/amounts.ts'
import { observe } from '../observe.ts'
import type { CellResult, FigureResult, SeriesResult } from '../result.ts'
import { samePeople, unitOfPeople } from '../same-people.ts'
import { standInsBehindFigure } from '../stand-ins.ts'
import { buildTable } from '../table.ts'
import { titleOfColumn, titleOfMeasure, waveTitle } from '../titles.ts'
import { agreementDrawn, agreementFigure } from './agreement-figure.ts'
import { responseDrawn, responseFigure } from './response-figure.ts'
import { transitionsTable } from './transitions-table.ts'

export interface BuiltFigure {
  figure: FigureResult
  amounts: Amount[]
}

export function buildFigure(context: ReportContext, definition: ReportFigure): BuiltFigure {
  if (definition.kind === 'agreement') return agreementFigure(context, definition)
  if (definition.kind === 'response') return responseFigure(context, definition)
  const { id, title, kind, note, waves, series } = definition
  const places = series.map((column) => placeOf(definition.of, column.of))
  const categories = kind === 'bars' || kind === 'transitions' ? ownCategories(context, definition.measure, places) : []
  const { table, amounts } =
    kind === 'transitions' ? transitionsTable(context, definition) : buildTable(context, asTable(context, definition, categories))
  const [place] = places as [Place]
  return {
    amounts,
    figure: {
      id,
      title,
      kind,
      measure: { title: titleOfMeasure(context, definition.measure, place), range: rangeOf(context, definition, place) },
      waves: waves.map((wave) => ({ id: wave, title: titleOfWave(context, wave) })),
      categories: categories.map(({ title: name, values }) => ({ value: values[0] as number | string, title: name })),
      series: series.map((column) => ({
        title: titleOfColumn(context, column),
        points: [],
        bars: [],
        lines: kind === 'trajectories' ? trajectories(context, definition, column.of) : [],
        flows: [],
      })),
      denominators: table.denominators,
      notes: note ? [note] : [],
      warnings: table.warnings,
      standIns: standInsBehindFigure(context, definition),
      table,
    },
  }
}

const titleOfWave = (context: ReportContext, wave: string): Localized => waveTitle(context, { wave }) ?? { nl: wave, en: wave }

/** The table beneath: a row per series and a column per wave; of bars a block per series, each with all `categories`. */
function asTable(
  context: ReportContext,
  { id, title, of, unit, denominator, kind, measure, series, waves, interval = 'interval' }: ReportFigure,
  categories: ListedCategory[],
): ReportTable {
  return {
    id,
    title,
    of,
    unit,
    ...(denominator ? { denominator } : {}),
    columns: waves.map((wave) => ({ of: { wave } })),
    ...(kind === 'bars' ? {} : { statistics: ['n', 'mean', 'sd', interval] }),
    rows: series.map((column) => {
      const about = { title: titleOfColumn(context, column), of: column.of }
      return kind === 'bars' ? { ...about, count: measure, categories, missing: 'left-out' } : { ...about, describe: measure }
    }),
    tests: [],
  }
}

/** Of a score as it can be; of a standard score there are no ends. */
function rangeOf(context: ReportContext, { measure }: ReportFigure, { instruments }: Place): [number, number] | null {
  if (!('scale' in measure) || measure.part !== 'raw' || measure.since !== undefined) return null
  const scales = instrumentsOf(context, instruments).flatMap(({ latest }) => latest.scales.filter(({ id }) => id === measure.scale))
  return scales[0]?.range ?? null
}

/** A line per person with a value in two waves at least, without saying in files whose it is. */
function trajectories(context: ReportContext, { of, measure, unit, waves }: ReportFigure, own: ReportFigure['of']): SeriesResult['lines'] {
  const at = unitOfPeople(measure, unit)
  const byWave = waves.map((wave) => observe(context, { measure, place: placeOf(of, own, { wave }), unit: at }).values)
  return samePeople(unit, byWave).flatMap((row) => {
    const [one, other] = row.filter((value) => value !== null)
    if (!one || !other) return []
    const { id, code } = one.of
    return [{ case: { id, code }, values: row.map((value) => (value === null ? null : Number(value.value))) }]
  })
}

/** Fills in what is drawn from the cells of the table, as they are shown: what is masked there is masked in the drawing. */
export function drawn(figure: FigureResult, isMasked: boolean): FigureResult {
  if (figure.kind === 'agreement') return agreementDrawn(figure, isMasked)
  if (figure.kind === 'response') return responseDrawn(figure)
  const { kind, table, waves, series } = figure
  const rows = table.rows.flatMap((row) => (row.kind === 'cells' ? [row.cells] : []))
  return {
    ...figure,
    series: series.map((one, index) => ({
      ...one,
      points:
        kind === 'lines' || kind === 'trajectories' || kind === 'intervals'
          ? waves.map(({ id }, at) => pointOf(id, (rows[index] ?? []).slice(at * 4, at * 4 + 4)))
          : [],
      bars: kind === 'bars' ? barsOf(figure, blockOf(figure, rows, index)) : [],
      // A line is what one person answered, and one is fewer than few.
      lines: isMasked ? [] : one.lines,
      flows: kind === 'transitions' ? flowsOf(figure, rows, index) : [],
    })),
  }
}

/** From the cells n, mean, sd, interval. */
function pointOf(wave: string, [n, mean, , interval]: CellResult[]): SeriesResult['points'][number] {
  return {
    wave,
    n: n?.n ?? null,
    value: mean?.kind === 'mean' ? mean.value : null,
    low: interval && 'low' in interval ? interval.low : null,
    high: interval && 'high' in interval ? interval.high : null,
    ...(mean?.masked ? { masked: true } : {}),
  }
}

/** The rows of one series: its categories, and one with n. */
const blockOf = ({ categories }: FigureResult, rows: CellResult[][], index: number): CellResult[][] =>
  rows.slice(index * (categories.length + 1), index * (categories.length + 1) + categories.length)

const barsOf = ({ categories, waves }: FigureResult, block: CellResult[][]): SeriesResult['bars'] =>
  waves.flatMap(({ id }, at) =>
    categories.map(({ value }, row) => {
      const cell = block[row]?.[at]
      const counted = cell?.kind === 'count' ? cell : undefined
      return {
        wave: id,
        category: value,
        count: counted?.value ?? null,
        percent: counted?.percent ?? null,
        ...(cell?.masked ? { masked: true } : {}),
      }
    }),
  )

/** The rows of one series: of each pair of waves a row per category before; the last column is n. */
function flowsOf({ categories, waves }: FigureResult, rows: CellResult[][], index: number): SeriesResult['flows'] {
  const pairs = waves.slice(1).map(({ id }, at) => ({ from: waves[at]?.id ?? '', to: id }))
  return pairs.flatMap(({ from, to }, pair) =>
    categories.flatMap((before, at) => {
      const row = rows[(index * pairs.length + pair) * categories.length + at] ?? []
      return categories.map((after, column) => {
        const cell = row[column]
        return { from, to, before: before.value, after: after.value, count: cell?.kind === 'count' ? cell.value : null }
      })
    }),
  )
}
