/** Two sources about the same cases, such as referrer and informant: how far they differ (Bland and Altman), and how alike they are. */
import type { Localized } from '../../../instruments/definition.ts'
import { placeOf } from '../../../protocols/report-places.ts'
import type { ReportColumn, ReportFigure } from '../../../protocols/report-schema.ts'
import type { ReportContext } from '../context.ts'
import { cell, whatOf } from '../making.ts'
import type { Amount } from '../masking/amounts.ts'
import { tally } from '../masking/tally.ts'
import { type Observation, observe } from '../observe.ts'
import type { FigureResult, RowResult, SeriesResult, StatisticResult } from '../result.ts'
import { standInsBehindFigure } from '../stand-ins.ts'
import { level } from '../statistic-of.ts'
import { intraclass, limitsOfAgreement } from '../statistics/agreement.ts'
import { isRefused } from '../statistics/outcome.ts'
import { denominatorOf, plainHead, titleOfColumn, titleOfMeasure, waveTitle } from '../titles.ts'
import { statisticTitles } from '../words.ts'
import type { BuiltFigure } from './figure.ts'

const columns: Localized[] = [
  statisticTitles.n,
  { nl: 'Gemiddeld verschil', en: 'Mean difference' },
  { nl: 'sd van de verschillen', en: 'sd of the differences' },
  { nl: '95%-interval van het verschil', en: '95% interval of the difference' },
  { nl: '95% van de verschillen', en: '95% of the differences' },
  { nl: 'ICC(A,1)', en: 'ICC(A,1)' },
  { nl: '95%-interval van de ICC', en: '95% interval of the ICC' },
]

/** A row and a panel per wave. */
export function agreementFigure(context: ReportContext, definition: ReportFigure): BuiltFigure {
  const { id, title, note, waves, measure, of, unit } = definition
  const sources = definition.series as [ReportColumn, ReportColumn]
  const titles = sources.map((column) => titleOfColumn(context, column)) as [Localized, Localized]
  const amounts: Amount[] = []
  const rows: RowResult[] = []
  const denominators: Localized[] = []
  const series = waves.map((wave, at): SeriesResult => {
    const places = sources.map((column) => placeOf(of, column.of, { wave }))
    const [first, second] = places.map((place) => observe(context, { measure, place, unit }).values) as [Observation[], Observation[]]
    const other = new Map(second.map((one) => [one.of.id, one]))
    const both = first.flatMap((one) => {
      const its = other.get(one.of.id)
      return its ? [{ of: one.of, values: [Number(one.value), Number(its.value)] as [number, number] }] : []
    })
    const own = placeOf(of, { wave })
    denominators.push(pairsIn(denominatorOf(context, definition, measure, own), titles))
    const found = agreementOf(both.map(({ values }) => values))
    const observed = {
      values: both.map(({ of: whose }) => ({ of: whose, who: whose.id, value: 0, weight: 1 })),
      missing: [],
      asked: null,
      left: [],
    }
    const waveName = waveTitle(context, { wave }) ?? { nl: wave, en: wave }
    rows.push({
      kind: 'cells',
      title: waveName,
      within: null,
      cells: found.cells.map((statistic) => cell(statistic, { observed, denominator: at }, both)),
    })
    amounts.push({
      what: whatOf(measure, own, unit, ['pairs', sources]),
      groups: own.groups,
      ...tally(both, 'valid'),
      cells: columns.map((_, column): [number, number] => [at, column]),
    })
    const total = amounts.length - 1
    const [low, high] = [first, second]
      .flat()
      .reduce<[number, number]>(([least, last], { value }) => [Math.min(least, Number(value)), Math.max(last, Number(value))], [0, 0])
    amounts.push({
      ...{ what: whatOf(measure, own, unit, ['spread', sources]), groups: own.groups, ...tally(both), within: total },
      cells: columns.slice(1).map((_, column): [number, number] => [at, column + 1]),
      spread: {
        of: JSON.stringify([measure, wave, unit, sources]),
        values: both.map(({ of: whose, values: [one, two] }) => ({ of: whose, who: whose.id, value: one - two })),
        limits: [low - high, high - low],
      },
    })
    const pairs = both.map(({ values }) => values).sort((a, b) => a[0] - b[0] || a[1] - b[1])
    return { title: waveName, points: [], bars: [], lines: [], flows: [], pairs, limits: found.limits }
  })
  const place = placeOf(of, sources[0].of)
  const standIns = standInsBehindFigure(context, definition)
  const warnings = amounts.every(({ count }) => count === 0) ? [{ code: 'no-data' as const }] : []
  return {
    amounts,
    figure: {
      id,
      title,
      kind: 'agreement',
      measure: { title: titleOfMeasure(context, measure, place), range: null },
      waves: waves.map((wave) => ({ id: wave, title: waveTitle(context, { wave }) ?? { nl: wave, en: wave } })),
      categories: titles.map((name, value) => ({ value, title: name })),
      series,
      denominators,
      notes: note ? [note] : [],
      warnings,
      standIns,
      table: {
        id,
        title,
        ...plainHead(columns),
        rows,
        denominators,
        notes: [],
        tests: [],
        warnings,
        standIns,
      },
    },
  }
}

const pairsIn = (who: Localized, [first, second]: [Localized, Localized]): Localized => ({
  nl: `${who.nl}; van beide: ${first.nl} en ${second.nl}`,
  en: `${who.en}; of both: ${first.en} and ${second.en}`,
})

function agreementOf(pairs: readonly [number, number][]): { cells: StatisticResult[]; limits: SeriesResult['limits'] } {
  const [first, second] = [pairs.map(([one]) => one), pairs.map(([, other]) => other)]
  const [limits, alike] = [limitsOfAgreement(first, second, level), intraclass(first, second, level)]
  const known = isRefused(limits) ? null : limits
  const icc = isRefused(alike) ? null : alike
  const interval = (from: number | undefined, to: number | undefined): StatisticResult => ({
    kind: 'interval',
    level,
    low: from ?? null,
    high: to ?? null,
  })
  return {
    cells: [
      { kind: 'n', value: pairs.length },
      { kind: 'mean', value: known?.bias.estimate ?? null },
      { kind: 'sd', value: known?.sd ?? null },
      interval(known?.bias.interval.from, known?.bias.interval.to),
      interval(known?.lower.estimate, known?.upper.estimate),
      { kind: 'mean', value: icc?.estimate ?? null },
      interval(icc?.interval?.from, icc?.interval?.to),
    ],
    limits: known && { bias: known.bias.estimate, low: known.lower.estimate, high: known.upper.estimate },
  }
}

/** What is masked in the table is not drawn either, and a point is one case: with small numbers left out there are none. */
export const agreementDrawn = (figure: FigureResult, isMasked: boolean): FigureResult => ({
  ...figure,
  series: figure.series.map((one, at) => {
    const row = figure.table.rows[at]
    const isHidden = row?.kind === 'cells' && row.cells.some(({ masked }) => masked)
    return { ...one, pairs: isMasked ? [] : (one.pairs ?? []), limits: isHidden ? null : ((isMasked ? limitsIn(row) : one.limits) ?? null) }
  }),
})

/** As the table has them. */
function limitsIn(row: RowResult | undefined): SeriesResult['limits'] {
  const [, mean, , , between] = row?.kind === 'cells' ? row.cells : []
  if (mean?.kind !== 'mean' || between?.kind !== 'interval') return null
  const { value: bias } = mean
  const { low, high } = between
  return bias === null || low === null || high === null ? null : { bias, low, high }
}
