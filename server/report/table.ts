/** Works out one table of a report. */
import type { Localized } from '../../instruments/definition.ts'
import { type Place, placesOfRow } from '../../protocols/report-places.ts'
import type { Measure, ReportRow, ReportTable, Statistic } from '../../protocols/report-schema.ts'
import type { ReportContext } from './context.ts'
import { countBlock } from './count-block.ts'
import { cell, type Making, type Seen, seenAt, whatOf } from './making.ts'
import type { Amount } from './masking/amounts.ts'
import { countsOfTest } from './masking/in-rows.ts'
import { middleIn } from './masking/spread.ts'
import { spreadAt, spreadsOfTest } from './masking/spread-of.ts'
import { tally } from './masking/tally.ts'
import { type Tested, testedIn } from './masking/tested.ts'
import type { Observation } from './observe.ts'
import type { ReportCase } from './report-case.ts'
import type { CellResult, HeadCell, ReportWarning, TableResult } from './result.ts'
import { completeOf, reliabilityOf } from './scale-items.ts'
import { standInsBehind } from './stand-ins.ts'
import { statisticOf } from './statistic-of.ts'
import { testsOf } from './test-result.ts'
import { plainHead, titleOfColumn, titleOfMeasure } from './titles.ts'
import { statisticTitles } from './words.ts'

/** A table, with what masking has to know of it. */
export interface BuiltTable {
  table: TableResult
  amounts: Amount[]
  /** Of whom its tests tell, one for each. */
  tested: Tested[]
}

export function buildTable(context: ReportContext, definition: ReportTable): BuiltTable {
  const making: Making = {
    context,
    definition,
    rows: [],
    amounts: [],
    denominators: [],
    warnings: [],
    left: new Set(),
    hasValues: false,
  }
  const blocks = definition.rows.filter((row) => !('heading' in row)).length
  for (const row of definition.rows) addRow(making, row, blocks)
  const { id, title, note } = definition
  return {
    amounts: making.amounts,
    tested: testedIn(definition).map((one, at) => ({ ...one, ...behindTest(context, definition, at) })),
    table: {
      id,
      title,
      ...headOf(making),
      rows: making.rows,
      denominators: making.denominators,
      notes: note ? [note] : [],
      tests: testsOf(context, definition),
      warnings: warningsOf(making),
      standIns: standInsBehind(context, definition),
    },
  }
}

function addRow(making: Making, row: ReportRow, blocks: number): void {
  if ('heading' in row) making.rows.push({ kind: 'heading', title: row.heading })
  else if ('count' in row) countBlock(making, row, blocks)
  else describeRow(making, row)
}

type Placed = Seen & { place: Place }

type DescribeRow = Extract<ReportRow, { describe: unknown }>

/** One row with the table's statistics in columns, or a row for each statistic of its own. */
function describeRow(making: Making, { describe, title: given, of, statistics }: DescribeRow): void {
  const { context, definition, rows, amounts } = making
  const places = placesOfRow(definition, { of })
  const title = given ?? titleOfMeasure(context, describe, places[0] as Place)
  const seen: Placed[] = places.map((place) => ({ place, ...seenAt(making, describe, place) }))
  const down = statistics ?? []
  const lines: { title: Localized; within: Localized | null; cells: CellResult[] }[] =
    down.length === 0
      ? [
          {
            title,
            within: null,
            cells: seen.flatMap((one) => (definition.statistics ?? []).map((kind) => cellOf(making, kind, describe, one))),
          },
        ]
      : down.map((kind) => ({
          title: down.length > 1 ? statisticTitles[kind] : joined(title, statisticTitles[kind]),
          within: down.length > 1 ? title : null,
          cells: seen.map((one) => cellOf(making, kind, describe, one)),
        }))
  if (down.length > 1) rows.push({ kind: 'heading', title })
  const first = rows.length
  rows.push(...lines.map((line) => ({ kind: 'cells' as const, ...line })))
  const width = down.length === 0 ? (definition.statistics?.length ?? 0) : 1
  for (const [column, one] of seen.entries()) {
    const total = amounts.length
    const { place, observed } = one
    const cells = lines.flatMap(({ cells: line }, at) =>
      line
        .slice(column * width, (column + 1) * width)
        .map((its, statistic) => ({ its, where: [first + at, column * width + statistic] as const })),
    )
    const about = { groups: place.groups, of: { measure: describe, place } }
    const what = (part: unknown): string => whatOf(describe, place, definition.unit, part)
    amounts.push({ what: what('n'), ...about, ...tally(observed.values, 'valid'), cells: cells.map(({ where: [row, at] }) => [row, at]) })
    const ofMean = cells.filter(({ its }) => isOfMean(its.kind))
    if (ofMean.length > 0 && context.options.maskBelow !== null) {
      const beside = { range: cells.some(({ its }) => its.kind === 'range'), median: cells.some(({ its }) => its.kind === 'median') }
      amounts.push({
        ...{ what: what('spread'), groups: place.groups, ...tally(observed.values), within: total },
        cells: ofMean.map(({ where: [row, at] }) => [row, at]),
        spread: { ...spreadAt(context, describe, place, definition.unit), ...beside },
      })
    }
    for (const { its, where } of cells) {
      if (its.kind === 'range') amounts.push(...endsOf(observed.values, 'ends', what('ends'), place.groups, where))
      if (its.kind === 'median') amounts.push(...endsOf(observed.values, 'middle', what('middle'), place.groups, where))
      if (its.kind !== 'alpha' && its.kind !== 'omega') continue
      // Fewer answered all items than have a score; both n are shown.
      const split = its.kind
      const complete = completeOf(context, { measure: describe, place, unit: definition.unit })
      const [all, lack] = [tally(complete), lackingOf(observed.values, complete)]
      amounts.push({ what: what([split, 'complete']), ...about, ...all, cells: [[...where]], partOf: total, split })
      amounts.push({ what: what([split, 'not complete']), ...about, ...lack, cells: [], unseen: true, partOf: total, split })
    }
  }
}

/** How many have a score and not all items, and of how many families: of one with several lists some can be whole and others not. */
function lackingOf(values: readonly Observation[], complete: readonly { of: ReportCase }[]): Pick<Amount, 'count' | 'families'> {
  const whole = Map.groupBy(complete, ({ of }) => of.id)
  const scored = Map.groupBy(values, ({ of }) => of.id)
  const lacking = [...scored].filter(([id, those]) => those.length > (whole.get(id)?.length ?? 0))
  return { count: values.length - complete.length, families: lacking.length }
}

/** All that is worked out from the sum or the squares of the values; and the range: beside a mean that is left out it would say why. */
const isOfMean = (kind: CellResult['kind']): boolean =>
  ['mean', 'sd', 'mean-sd', 'range', 'median', 'sum', 'interval', 'bootstrap-interval'].includes(kind)

const behindTest = (context: ReportContext, table: ReportTable, at: number): Pick<Tested, 'spreads' | 'counts'> => {
  const test = table.tests[at]
  if (!test || context.options.maskBelow === null) return {}
  return { spreads: spreadsOfTest(context, table, test), counts: countsOfTest(context, table, test) }
}

/** Who has the lowest value and who the highest, or those in the middle: where these are few, a range or a median says what they answered. */
function endsOf(
  values: readonly Observation[],
  which: 'ends' | 'middle',
  what: string,
  groups: readonly string[],
  [row, column]: readonly [number, number],
): Amount[] {
  const numbers = values.map(({ value }) => Number(value))
  const counts = [...Map.groupBy(numbers, (value) => value)].map(([value, those]) => [value, those.length] as const)
  const sorted = counts.sort(([a], [b]) => a - b)
  const [low, high] = which === 'ends' ? [sorted[0]?.[0], sorted.at(-1)?.[0]] : middleIn(sorted)
  const at = (end: number | undefined): Observation[] => values.filter(({ value }) => Number(value) === end)
  return [low, high].map((end, place) => ({
    what: `${what} ${place} ${row} ${column}`,
    groups,
    ...tally(at(end)),
    among: new Set(values.map(({ of }) => of)).size,
    cells: [[row, column]],
  }))
}

const joined = (one: Localized, other: Localized): Localized => ({ nl: `${one.nl}: ${other.nl}`, en: `${one.en}: ${other.en}` })

function cellOf({ context, definition }: Making, kind: Statistic, measure: Measure, { place, observed, denominator }: Placed): CellResult {
  if (kind !== 'alpha' && kind !== 'omega') return cell(statisticOf(kind, observed.values), { observed, denominator }, observed.values)
  const { n, ...statistic } = reliabilityOf(context, kind, { measure, place, unit: definition.unit })
  return { ...cell(statistic, { observed, denominator }, observed.values), n }
}

function headOf({ context, definition }: Making): Pick<TableResult, 'head' | 'columns'> {
  const titles = definition.columns.map((column) => titleOfColumn(context, column))
  const { statistics } = definition
  if (!statistics) return plainHead(titles)
  const under: HeadCell[] = titles.flatMap(() => statistics.map((kind) => ({ text: statisticTitles[kind], span: 1 })))
  return {
    head: [titles.map((text) => ({ text, span: statistics.length })), under],
    columns: titles.flatMap((title) => statistics.map((kind) => ({ title: joined(title, statisticTitles[kind]), statistic: kind }))),
  }
}

function warningsOf({ warnings, left, hasValues }: Making): ReportWarning[] {
  const byList = Map.groupBy([...left].sort(), (reference) => reference.slice(0, reference.indexOf('@')))
  return [
    ...warnings,
    ...[...byList].map(([instrument, versions]): ReportWarning => ({ code: 'other-versions', instrument, left: versions })),
    ...(hasValues ? [] : [{ code: 'no-data' } as const]),
  ]
}
