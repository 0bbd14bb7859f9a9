/** Checks the report of a protocol: all that it names exists, each cell says enough, and each test may be done. */
import { type Mistake, parseReference } from '../instruments/definition.ts'
import { checkMeasure, type NamedInReport, pathFrom, type Use } from './check-measure.ts'
import { checkTest } from './check-report-test.ts'
import { checkCondition, notThere } from './check-schedule.ts'
import { type Place, placeOf, placesOfRow } from './report-places.ts'
import type { ReportDefinition, ReportFigure, ReportGroup, ReportPlace, ReportRow, ReportTable, Statistic } from './report-schema.ts'
import type { Protocol } from './schema.ts'

export function checkReport(protocol: Protocol, named: NamedInReport): Mistake[] {
  const { report } = protocol
  if (!report) return []
  const found = [
    ...checkGroups(report, protocol, named),
    ...checkNames(report),
    ...report.sections.flatMap(({ tables, figures }, index) => [
      ...tables.flatMap((table, at) => within(`/sections/${index}/tables/${at}`, checkTable(table, protocol, named))),
      ...figures.flatMap((figure, at) => within(`/sections/${index}/figures/${at}`, checkFigure(figure, protocol, named))),
    ]),
  ]
  // What is wrong with a row is wrong in each of its columns.
  const once = new Map(found.map((mistake) => [`${mistake.path} ${mistake.reason}`, mistake]))
  return within('/report', [...once.values()])
}

const within = (path: string, mistakes: Mistake[]): Mistake[] =>
  mistakes.map((mistake) => ({ path: `${path}${mistake.path}`, reason: mistake.reason }))

function checkGroups(
  { groups }: ReportDefinition,
  { arms, cohorts, schedule, consents }: Protocol,
  { instruments }: NamedInReport,
): Mistake[] {
  const purposes = Object.fromEntries(consents.map(({ purpose }) => [purpose, true]))
  return Object.entries(groups).flatMap(([name, group]) => {
    const { answers, list, together, consent } = group
    const alone = !(group.arms || group.cohorts || answers || list || consent)
    const lists = schedule.filter(({ instrument }) => parseReference(instrument).id === answers?.instrument)
    return within(`/groups/${name}`, [
      ...(group.arms ?? []).flatMap((arm, at) => known(`/arms/${at}`, 'arm', arm, arms)),
      ...(group.cohorts ?? []).flatMap((cohort, at) => known(`/cohorts/${at}`, 'cohort', cohort, cohorts)),
      ...(together ?? []).flatMap((other, at) =>
        groups[other]?.together
          ? [{ path: `/together/${at}`, reason: `${other} is made of other groups: name those` }]
          : known(`/together/${at}`, 'group', other, groups),
      ),
      ...(together && !alone
        ? [{ path: '/together', reason: 'it is the cases of these groups, so it takes no arms, cohorts, answers, list or consent' }]
        : []),
      ...(!together && alone
        ? [{ path: '', reason: 'it says of nobody that they are in it: name arms, cohorts, answers, a list or consent' }]
        : []),
      ...(list ? checkListOf(list, schedule) : []),
      ...(consent === undefined ? [] : known('/consent', 'consent', consent, purposes)),
      ...(answers && lists.length === 0
        ? [{ path: '/answers/instrument', reason: `the schedule does not ask ${answers.instrument}` }]
        : []),
      ...(answers?.wave !== undefined && lists.length > 0 && !lists.some(({ waves }) => waves.includes(answers.wave as string))
        ? [{ path: '/answers/wave', reason: `${answers.instrument} is not asked in wave ${answers.wave}` }]
        : []),
      ...(answers && lists.length > 0
        ? checkCondition('/answers/condition', answers.condition, [...new Set(lists.map(({ instrument }) => instrument))], instruments)
        : []),
    ])
  })
}

/** A list that is asked, then and of them: else everybody would be in neither group. */
function checkListOf({ instrument, wave, role }: NonNullable<ReportGroup['list']>, schedule: Protocol['schedule']): Mistake[] {
  const rows = schedule.filter((row) => parseReference(row.instrument).id === instrument && (role === undefined || row.role === role))
  if (rows.length === 0)
    return [
      { path: '/list/instrument', reason: `the schedule does not ask ${instrument}${role === undefined ? '' : ` of the role ${role}`}` },
    ]
  return rows.some(({ waves }) => waves.includes(wave))
    ? []
    : [{ path: '/list/wave', reason: `${instrument} is not asked in wave ${wave}` }]
}

const known = (path: string, noun: string, name: string, all: Record<string, unknown>): Mistake[] =>
  Object.hasOwn(all, name) ? [] : [{ path, reason: notThere(noun, name, all) }]

/** Tables and figures are called by their ids, in files too. */
function checkNames({ sections }: ReportDefinition): Mistake[] {
  const seen = new Set<string>()
  const once = (path: string, id: string): Mistake[] => {
    const twice = seen.has(id)
    seen.add(id)
    return twice ? [{ path, reason: `something else in this report is called ${id}` }] : []
  }
  return sections.flatMap(({ id, tables, figures }, index) => [
    ...once(`/sections/${index}/id`, `section ${id}`),
    ...[...tables.map((table) => ({ at: 'tables', id: table.id })), ...figures.map((figure) => ({ at: 'figures', id: figure.id }))].flatMap(
      (one) => once(`/sections/${index}/${one.at}`, one.id),
    ),
  ])
}

function checkTable(table: ReportTable, protocol: Protocol, named: NamedInReport): Mistake[] {
  return [
    ...checkPlace('/of', table.of, protocol),
    ...table.columns.flatMap((column, at) => checkPlace(`/columns/${at}/of`, column.of, protocol)),
    ...table.rows.flatMap((row, at) => within(`/rows/${at}`, checkRow(row, table, protocol, named))),
    ...checkWeights(table.unit, protocol, placesIn(table)),
    ...table.tests.flatMap((test, at) => within(`/tests/${at}`, checkTest(test, table, protocol, named))),
  ]
}

const placesIn = (table: ReportTable): Place[] => table.rows.flatMap((row) => ('heading' in row ? [] : placesOfRow(table, row)))

function checkRow(row: ReportRow, table: ReportTable, protocol: Protocol, named: NamedInReport): Mistake[] {
  if ('heading' in row) return []
  const measured = (path: string, use: Use, measure: Parameters<typeof checkMeasure>[0]): Mistake[] =>
    placesOfRow(table, row)
      .flatMap((place) => checkMeasure(measure, place, use, protocol, named))
      .map((mistake) => ({ ...mistake, path: pathFrom(path, mistake.path) }))
  const place = row.of ? checkPlace('/of', row.of, protocol) : []
  if ('count' in row)
    return [
      ...place,
      ...(table.statistics
        ? [{ path: '/count', reason: 'the columns of this table are statistics of numbers: count in a table without' }]
        : []),
      ...measured('/count', { as: 'categories', categories: row.categories, unknown: row.unknown, unit: table.unit }, row.count),
    ]
  return [
    ...place,
    ...(row.statistics && table.statistics ? [{ path: '/statistics', reason: 'the columns of this table have them already' }] : []),
    ...(row.statistics || table.statistics ? [] : [{ path: '', reason: 'neither this row nor the table says which statistics' }]),
    ...measured('/describe', { as: 'number', unit: table.unit, ofItems: isOfItems(row.statistics ?? table.statistics) }, row.describe),
    ...(isOfItems(row.statistics ?? table.statistics) && !('scale' in row.describe)
      ? [{ path: '/describe', reason: 'alpha and omega are of a scale' }]
      : []),
    ...checkWeighable(row.statistics ?? table.statistics ?? [], placesOfRow(table, row)),
  ]
}

/** Whether any of them is worked out of the items of a scale. */
const isOfItems = (statistics: Statistic[] = []): boolean => statistics.some((one) => one === 'alpha' || one === 'omega')

/** Of weighted lists there is a mean and an sd; the rest would be of lists that count alike. */
const checkWeighable = (statistics: Statistic[], places: Place[]): Mistake[] =>
  places.some(({ weight }) => weight !== undefined)
    ? statistics
        .filter((one) => ['median', 'sum', 'interval', 'bootstrap-interval', 'alpha', 'omega'].includes(one))
        .map((one) => ({ path: '/statistics', reason: `${one} is not worked out of weighted lists` }))
    : []

function checkFigure(figure: ReportFigure, protocol: Protocol, named: NamedInReport): Mistake[] {
  const use: Use = {
    as: figure.kind === 'bars' || figure.kind === 'transitions' || figure.kind === 'response' ? 'categories' : 'number',
    unit: figure.unit,
  }
  const places = figure.series.flatMap(({ of }) => figure.waves.map((wave) => placeOf(figure.of, of, { wave })))
  const statistics: Statistic[] = use.as === 'number' ? ['interval'] : []
  return [
    ...checkKind(figure),
    ...checkWeighable(statistics, places).map(({ reason }) => ({ path: '/kind', reason })),
    ...checkPlace('/of', figure.of, protocol),
    ...figure.series.flatMap(({ of }, at) => checkPlace(`/series/${at}/of`, of, protocol)),
    ...figure.waves.flatMap((wave, at) => checkPlace(`/waves/${at}`, { wave }, protocol)),
    ...within(
      '/measure',
      places.flatMap((place) => checkMeasure(figure.measure, place, use, protocol, named)),
    ),
    ...checkWeights(figure.unit, protocol, places),
  ]
}

/** What a kind of figure takes that others do not. */
function checkKind({ kind, series, unit, interval, step, measure }: ReportFigure): Mistake[] {
  const hasMeans = kind === 'lines' || kind === 'trajectories' || kind === 'intervals'
  return [
    ...(interval && !hasMeans ? [{ path: '/interval', reason: `${kind} has no means with an interval` }] : []),
    ...(kind === 'agreement' && series.length !== 2 ? [{ path: '/series', reason: 'agreement is of two sources: name two' }] : []),
    ...(step && kind !== 'response' ? [{ path: '/step', reason: `${kind} does not go by the day or the week` }] : []),
    ...(kind === 'response' && !('list' in measure)
      ? [{ path: '/measure', reason: 'response tells how fast lists come in: give the measure { "list": "came" }' }]
      : []),
    ...(kind === 'agreement' && unit !== 'case' ? [{ path: '/unit', reason: 'two sources agree about a case: count cases' }] : []),
  ]
}

/** A place that names what is there. */
export function checkPlace(path: string, { group, wave, role }: ReportPlace, { report, waves, roles }: Protocol): Mistake[] {
  return [
    ...(group === undefined ? [] : known(path, 'group', group, report?.groups ?? {})),
    ...(wave === undefined ? [] : known(path, 'wave', wave, Object.fromEntries(waves.map(({ id }) => [id, true])))),
    ...(role === undefined ? [] : known(path, 'role', role, roles)),
  ]
}

function checkWeights(unit: ReportTable['unit'], { weights }: Protocol, places: Place[]): Mistake[] {
  return places.flatMap(({ weight, instruments = [] }) => {
    if (weight === undefined) return []
    const use = weights[weight]
    if (!use) return [{ path: '', reason: notThere('weight', weight, weights) }]
    const others = instruments.filter((id) => !use.instruments.includes(id))
    return [
      ...others.map((id) => ({ path: '', reason: `${weight} weighs no ${id}` })),
      ...(unit === 'case' ? [{ path: '/unit', reason: 'one list of each case needs no weight: count lists' }] : []),
    ]
  })
}
