/** How well a study was measured: each number of these tables counted once more from the export. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { isOfAnswers } from '../../instruments/score.ts'
import { statisticText } from '../../server/report/output/numbers.ts'
import type { CellResult, ReportResult, RowResult, TableResult } from '../../server/report/result.ts'
import { type Row, rowsOf } from '../export/read-export.ts'
import { readReport, tableIn } from './read-report.ts'
import { openReportStudy, type ReportStudy } from './study.ts'

const families = 20
const closing: (() => unknown)[] = []
let study: ReportStudy
let exported: string
let report: ReportResult

before(async () => {
  study = await openReportStudy({ after: (work) => void closing.push(work) }, families)
  const [ran, written] = [await study.write('export', 'export'), await study.write('report', 'report')]
  assert.deepEqual([ran.code, ran.stderr, written.code, written.stderr], [0, '', 0, ''])
  exported = ran.directory
  report = readReport(written.directory)
})
after(async () => {
  for (const work of closing.reverse()) await work()
})

const tableOf = (id: string): TableResult => tableIn(report, id)

type Cells = Extract<RowResult, { kind: 'cells' }>

/** The rows under a heading. */
const under = (table: TableResult, within: string): Cells[] =>
  table.rows.flatMap((row) => (row.kind === 'cells' && row.within?.en === within ? [row] : []))

const numberIn = (cell: CellResult | undefined): number | null => (cell && 'value' in cell ? cell.value : null)
const near = (found: number | null, expected: number, what: string): void =>
  assert.ok(found !== null && Math.abs(found - expected) < 1e-9, `${what}: ${found}, and from the export ${expected}`)

const mean = (values: number[]): number => values.reduce((total, value) => total + value, 0) / values.length
const variance = (values: number[]): number => values.reduce((total, value) => total + (value - mean(values)) ** 2, 0) / (values.length - 1)

/** Of each family the rows of a list in a wave, the first parent first. */
const byFamily = (file: string, wave: string): Map<string, Row[]> =>
  Map.groupBy(
    rowsOf(exported, file)
      .filter((row) => row.wave === wave)
      .sort((a, b) => Number(a.participant_number) - Number(b.participant_number)),
    (row) => row.case_code ?? '',
  )

/** Families that were asked a list in a wave, and those from whom one came. */
function asked(instrument: string, wave: string): { all: Set<string>; came: Set<string> } {
  const rows = rowsOf(exported, 'assignments.csv').filter((row) => row.instrument === instrument && row.wave === wave)
  const codes = (some: Row[]) => new Set(some.map((row) => row.case_code ?? ''))
  return {
    all: codes(rows.filter(({ state, opens_at }) => state === 'completed' || (opens_at ?? '') <= report.madeAt)),
    came: codes(rows.filter(({ state }) => state === 'completed')),
  }
}

test('response per wave is that of families who were asked', () => {
  const rows = under(tableOf('measurement-1'), 'Parenting support (VEO), parents')
  for (const [at, wave] of ['T0', 'FU3', 'FU9'].entries()) {
    const { all, came } = asked('veo', wave)
    assert.deepEqual(
      rows.map(({ cells }) => numberIn(cells[at])),
      [came.size, all.size - came.size, all.size],
    )
  }
  const figure = under(tableOf('measurement-9'), 'Parenting support (VEO), parents')
  assert.deepEqual(
    figure.map(({ cells }) => cells.map(numberIn)),
    rows.map(({ cells }) => cells.map(numberIn)),
  )
})

test('response over time is by the week in which the first list of a family came, of those whose time is over, and ends at the response of the wave', () => {
  const table = tableOf('measurement-10')
  const rows = table.rows.flatMap((row) => (row.kind === 'cells' ? [row] : []))
  const day = (moment: string | undefined): number =>
    Date.parse(new Date(moment ?? '').toLocaleDateString('sv', { timeZone: 'Europe/Amsterdam' })) / 86_400_000
  const files = rowsOf(exported, 'assignments.csv')
  for (const [at, wave] of ['T0', 'FU3', 'FU9'].entries()) {
    const open = new Set(
      files
        .filter((row) => row.instrument === 'veo' && row.wave === wave && (row.closes_at ?? '') > report.madeAt)
        .map(({ case_code }) => case_code ?? ''),
    )
    const [all, came] = [asked('veo', wave).all, asked('veo', wave).came].map((one) => one.difference(open)) as [Set<string>, Set<string>]
    const weeks = [...came].map((code) =>
      Math.min(
        ...files
          .filter((row) => row.instrument === 'veo' && row.wave === wave && row.case_code === code && row.state === 'completed')
          .map((row) => Math.floor((day(row.submitted_at) - day(row.opens_at)) / 7)),
      ),
    )
    for (const [week, { title, cells }] of rows.slice(0, -2).entries()) {
      assert.equal(title.en, week === 0 ? 'Within 1 week' : `Within ${week + 1} weeks`)
      assert.equal(numberIn(cells[at]), weeks.filter((one) => one <= week).length, `${wave} ${title.en}`)
    }
    assert.deepEqual(
      rows.slice(-3).map(({ cells }) => numberIn(cells[at])),
      [came.size, all.size, asked('veo', wave).all.size - all.size],
    )
  }
})

test('who answered and who did not are apart, and are compared on what they said at the start', () => {
  const table = tableOf('measurement-0')
  const { all, came } = asked('veo', 'FU3')
  const groups = [came, all.difference(came)]
  assert.ok(groups.every((group) => group.size > 1))
  const rows = under(table, 'Number of problems (FREK)')
  const frek = byFamily('long_frek.csv', 'T0')
  const samples = groups.map((group) =>
    [...group].flatMap((code) => {
      const value = frek.get(code)?.[0]?.problems_number_raw
      return value ? [Number(value)] : []
    }),
  )
  for (const [at, sample] of samples.entries()) {
    assert.equal(numberIn(rows[0]?.cells[at]), sample.length)
    const cell = rows[1]?.cells[at]
    assert.ok(cell?.kind === 'mean-sd')
    near(cell.mean, mean(sample), 'mean')
    near(cell.sd, Math.sqrt(variance(sample)), 'sd')
  }
  const welch = table.tests.find(({ title }) => title.en === 'Number of different problems')?.outcome
  assert.ok(welch && !('refused' in welch))
  const [one, other] = samples as [number[], number[]]
  near(welch.value, (mean(one) - mean(other)) / Math.sqrt(variance(one) / one.length + variance(other) / other.length), 't')
  assert.deepEqual(welch.n, [one.length, other.length])
  assert.equal(welch.effect?.name, 'd')
})

test('of two groups and a yes or no the difference of their shares is told, with an interval around it', () => {
  const table = tableOf('measurement-0')
  const rows = under(table, 'Acute crisis (CVC)')
  const counts = rows.map(({ cells }) => cells.map((cell) => numberIn(cell) ?? 0))
  const [yes, no] = counts as [number[], number[]]
  const shares = [0, 1].map((at) => (100 * (yes[at] ?? 0)) / ((yes[at] ?? 0) + (no[at] ?? 0)))
  const crisis = table.tests.find(({ title }) => title.en.includes('acute crisis'))?.outcome
  assert.ok(crisis && !('refused' in crisis) && crisis.share)
  near(crisis.share.value, (shares[0] ?? 0) - (shares[1] ?? 0), 'difference')
  assert.equal(crisis.share.category.en, 'Yes')
  assert.ok(crisis.share.interval.from < crisis.share.value && crisis.share.value < crisis.share.interval.to)
  assert.ok(!table.tests.some(({ kind, outcome }) => kind === 't' && 'share' in outcome))
})

/** The answers to a scale as it scores them, of the first of each family who filled in the list; only those who answered all. */
function itemRows(instrument: string, scaleId: string, wave: string): number[][] {
  const scale = study.context.definitions.instruments.need(`${instrument}@0.1.0-standin`).scales.find(({ id }) => id === scaleId)
  assert.ok(scale && isOfAnswers(scale))
  const [low, high] = scale.itemRange
  return [...byFamily(`long_${instrument}.csv`, wave).values()].flatMap((rows) => {
    const first = rows.find((row) => row[scale.items[0] as string] !== '')
    if (!first) return []
    const values = scale.items.map((item) => ({ item, value: Number(first[item]) }))
    // Missing codes are below every answer.
    if (values.some(({ value }) => value < low)) return []
    return [values.map(({ item, value }) => (scale.reverse.includes(item) ? low + high - value : value))]
  })
}

function alphaOf(rows: number[][]): number {
  const items = rows[0]?.length ?? 0
  const ofItems = Array.from({ length: items }, (_, at) => variance(rows.map((row) => row[at] as number)))
  const ofSum = variance(rows.map((row) => row.reduce((total, value) => total + value, 0)))
  return (items / (items - 1)) * (1 - ofItems.reduce((total, value) => total + value, 0) / ofSum)
}

test('alpha of a scale per wave is that of the answers in the export, and its n is those who answered all items', () => {
  const table = tableOf('measurement-4')
  for (const [title, instrument, scale] of [
    ['Parenting support (VEO)', 'veo', 'total'],
    ['Social optimism (PUL)', 'pul', 'social_optimism'],
  ] as const)
    for (const [at, wave] of (instrument === 'veo' ? ['T0', 'FU3', 'FU9'] : ['T0', 'FU3']).entries()) {
      const row = table.rows.find((one) => one.kind === 'cells' && one.title.en === title) as Cells
      const [, alpha] = row.cells.slice(at * 3, at * 3 + 3)
      const rows = itemRows(instrument, scale, wave)
      assert.ok(rows.length > 2)
      assert.equal(alpha?.n, rows.length, `${title} ${wave}`)
      near(numberIn(alpha), alphaOf(rows), `${title} ${wave}`)
      assert.ok(alpha && statisticText(alpha, 'en')?.endsWith(`; n complete = ${rows.length})`))
    }
})

test('who changed by more than chance are those whose change is more than 1.96 standard errors', () => {
  const [start, later] = [byFamily('long_veo.csv', 'T0'), byFamily('long_veo.csv', 'FU3')]
  const firstOfEach = [...start.values()].flatMap((rows) => rows.filter((row) => row.total_z).slice(0, 1))
  const error = Math.sqrt(variance(firstOfEach.map((row) => Number(row.total_z))) * 2 * (1 - alphaOf(itemRows('veo', 'total', 'T0'))))
  const counts = { recovered: 0, improved: 0, unchanged: 0, deteriorated: 0 }
  // Of a family the first parent with a score in both waves. A low score is the bad one.
  for (const [code, rows] of later) {
    const pairs = (start.get(code) ?? []).flatMap((row) => {
      const same = rows.find((one) => one.participant_number === row.participant_number)
      return row.total_z && same?.total_z ? [[Number(row.total_z), Number(same.total_z)] as const] : []
    })
    const [pair] = pairs
    if (!pair) continue
    const [before, after] = pair
    const index = (after - before) / error
    if (index < -1.96) counts.deteriorated++
    else if (index <= 1.96) counts.unchanged++
    else if (before <= -2 && after > -2) counts.recovered++
    else counts.improved++
  }
  const rows = under(tableOf('measurement-7'), 'Parenting support (VEO)')
  const values = Object.values(counts)
  assert.deepEqual(
    rows.map(({ cells }) => numberIn(cells[0])),
    [...values, values.reduce((total, value) => total + value, 0)],
  )
  // Nobody can be that by a raw score: it has no row for it.
  assert.deepEqual(
    under(tableOf('measurement-7'), 'Care points, total (ZAP-Kort)').map(({ title }) => title.en),
    ['Better', 'No more than chance', 'Worse', 'Total with an answer (n)'],
  )
})
