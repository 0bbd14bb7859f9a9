/** A report of a study, held beside its export: each number is counted once more from the CSV files. */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { CellResult, ReportResult, TableResult } from '../../server/report/result.ts'
import { type Row, rowsOf } from '../export/read-export.ts'
import { nameting } from '../harness/command.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { openTestStudy } from '../harness/test-study.ts'
import { cellsOf, readReport, tableIn, tablesOf } from './read-report.ts'
import { codeOf, openReportStudy, type ReportStudy } from './study.ts'

const families = 22
const closing: (() => unknown)[] = []
let study: ReportStudy
let exported: string
let directory: string
let report: ReportResult
/** The same with small numbers masked, and in Dutch with per cent that add up to 100. */
let masked: Awaited<ReturnType<ReportStudy['write']>>
let adjusted: Awaited<ReturnType<ReportStudy['write']>>

before(async () => {
  study = await openReportStudy({ after: (work) => void closing.push(work) }, families)
  const [ran, written] = [await study.write('export', 'export'), await study.write('report', 'report', '--language', 'en')]
  assert.deepEqual([ran.code, ran.stderr, written.code, written.stderr], [0, '', 0, ''])
  exported = ran.directory
  directory = written.directory
  report = readReport(directory)
  masked = await study.write('report', 'masked', '--mask-small-cells', '--language', 'en')
  adjusted = await study.write('report', 'adjusted', '--percentages', 'adds-to-100')
})
after(async () => {
  for (const work of closing.reverse()) await work()
})

const tableOf = (id: string, from = report): TableResult => tableIn(from, id)

/** A cell without what it is made from. */
const shown = ({ n, asked, denominator, cases, ...statistic }: CellResult) => statistic

const round = (value: number): number => Number(value.toFixed(9))

/** n, mean, sd with n - 1, lowest and highest of the cells that hold a number. */
function described(cells: (string | undefined)[]): { n: number; mean: number; sd: number; low: number; high: number } {
  const values = cells.filter((cell) => cell !== '' && cell !== undefined).map(Number)
  const mean = values.reduce((total, value) => total + value, 0) / values.length
  const squares = values.reduce((total, value) => total + (value - mean) ** 2, 0)
  return {
    n: values.length,
    mean: round(mean),
    sd: round(Math.sqrt(squares / (values.length - 1))),
    low: Math.min(...values),
    high: Math.max(...values),
  }
}

/** Of each family the list of the first parent with a value in this column. */
function oneOfEach(rows: Row[], column: string): string[] {
  const valid = rows.filter((row) => (row[column] ?? '') !== '').sort((a, b) => Number(a.participant_number) - Number(b.participant_number))
  return [...Map.groupBy(valid, (row) => row.case_code).values()].map(([first]) => first?.[column] ?? '')
}

const countOf = (values: string[], wanted: string): number => values.filter((value) => value === wanted).length

describe('each number is that of the export', () => {
  test('n, mean, sd and range per group (3.3), with the t test of these groups', () => {
    const rows = rowsOf(exported, 'long_frek.csv')
    const table = tableOf('3.3')
    for (const [title, arm] of [
      ['No conference', 'non-conference'],
      ['Conference', 'conference'],
    ] as const) {
      const { n, mean, sd, low, high } = described(rows.filter((row) => row.arm === arm).map((row) => row.problems_number_raw))
      const found = cellsOf(table, title).map(shown)
      assert.deepEqual(found[0], { kind: 'n', value: n })
      assert.deepEqual(
        [found[1], found[2]].map((cell) => ('value' in (cell ?? {}) ? round((cell as { value: number }).value) : null)),
        [mean, sd],
      )
      assert.deepEqual(found[3], { kind: 'range', low, high })
    }
    const [outcome] = table.tests.map((one) => one.outcome)
    assert.ok(outcome && !('refused' in outcome))
    const groups = ['non-conference', 'conference'].map((arm) =>
      described(rows.filter((row) => row.arm === arm).map((row) => row.problems_number_raw)),
    )
    const [first, second] = groups as [(typeof groups)[number], (typeof groups)[number]]
    const pooled = ((first.n - 1) * first.sd ** 2 + (second.n - 1) * second.sd ** 2) / (first.n + second.n - 2)
    assert.equal(
      round(outcome.value).toFixed(6),
      ((first.mean - second.mean) / Math.sqrt(pooled * (1 / first.n + 1 / second.n))).toFixed(6),
    )
    assert.deepEqual(outcome.df, [first.n + second.n - 2])
  })

  test('bands at a wave, one list of each family (3.6, 3.8 and 7.1)', () => {
    for (const [id, file, wave, column] of [
      ['3.6', 'long_nosik.csv', 'T0', 0],
      ['3.8', 'long_veo.csv', 'T0', 0],
      ['7.1', 'long_veo.csv', 'FU3', 1],
    ] as const) {
      const bands = oneOfEach(
        rowsOf(exported, file).filter((row) => row.wave === wave),
        'band',
      )
      for (const [title, band] of [
        ['none', 'none'],
        ['moderate', 'moderate'],
        ['very serious', 'very_serious'],
      ] as const) {
        const value = countOf(bands, band)
        const percent = Math.floor((200 * value + bands.length) / (2 * bands.length))
        assert.deepEqual(
          shown(cellsOf(tableOf(id), title)[column] as CellResult),
          { kind: 'count', value, weight: value, percent },
          `${id} ${band}`,
        )
      }
    }
  })

  test('per group and wave, and their total (6.1)', () => {
    const rows = rowsOf(exported, 'long_zap_kort.csv')
    for (const [title, arms] of [
      ['Conference', ['conference']],
      ['No conference', ['non-conference']],
      ['Total', ['conference', 'non-conference']],
    ] as const) {
      const cells = cellsOf(tableOf('6.1'), title)
      for (const [index, wave] of ['T0', 'FU3', 'FU9'].entries()) {
        const own = rows.filter((row) => row.wave === wave && arms.some((arm) => arm === row.arm)).map((row) => row.child_raw)
        const { n, mean, sd, low, high } = described(own)
        const [count, centre, range] = cells.slice(index * 3, index * 3 + 3)
        assert.equal(count?.kind === 'n' && count.value, n)
        assert.ok(centre?.kind === 'mean-sd')
        assert.deepEqual([round(centre.mean as number), round(centre.sd as number)], [mean, sd])
        assert.deepEqual(range?.kind === 'range' && [range.low, range.high], [low, high])
      }
    }
  })

  test('answers of a list with two waves (6.5), and boxes that were ticked (3.2)', () => {
    const residence = rowsOf(exported, 'long_succint_referrer.csv')
    const cells = cellsOf(tableOf('6.5'), 'Somewhat more favourable')
    for (const [index, wave] of ['FU3', 'FU9'].entries())
      assert.equal(
        'value' in (cells[index] as CellResult) && (cells[index] as { value: number }).value,
        residence.filter((row) => row.wave === wave && row.succint_residence === '3').length,
      )
    const frek = rowsOf(exported, 'long_frek.csv').filter((row) => row.state === 'completed')
    const table = tableOf('3.2')
    const total = cellsOf(table, 'Alcohol, drugs or gambling', 'Problems').at(-1)
    assert.equal(total?.kind === 'count' && total.value, frek.filter((row) => row.problems___6 === '1').length)
    assert.deepEqual(
      table.warnings.map(({ code }) => code),
      ['several-answers'],
    )
  })

  test('change is of the same families only', () => {
    const rows = rowsOf(exported, 'long_zap_kort.csv').filter((row) => row.total_raw !== '')
    const at = (wave: string) => new Map(rows.filter((row) => row.wave === wave).map((row) => [row.case_code, Number(row.total_raw)]))
    const [before, later] = [at('T0'), at('FU3')]
    const changes = [...later].flatMap(([code, value]) => (before.has(code) ? [String(value - Number(before.get(code)))] : []))
    const cells = cellsOf(tableOf('change-1'), 'After 3 months, difference from the start').map(shown)
    const { n, mean } = described(changes)
    assert.ok(n > 3 && n < later.size)
    assert.deepEqual(cells[0], { kind: 'n', value: n })
    assert.equal(cells[1]?.kind === 'mean' && round(cells[1].value as number), mean)
  })

  test('how many were asked is how many assignments there were', () => {
    const asked = rowsOf(exported, 'assignments.csv').filter(({ instrument }) => instrument === 'frek')
    const cells = cellsOf(tableOf('3.3'), 'Conference')
    assert.equal(cells[0]?.asked, asked.filter(({ arm }) => arm === 'conference').length)
  })
})

/** Rows of counts under one heading, without the row of n, and that row. */
function blocksOf(table: TableResult): { counts: CellResult[][]; n: CellResult[] }[] {
  const rows = table.rows.flatMap((row) => (row.kind === 'cells' ? [row] : []))
  const blocks = [...Map.groupBy(rows, (row) => row.within?.en ?? '').values()].map((block) => block.map(({ cells }) => cells))
  return blocks.flatMap((block) => {
    const counts = block.filter(([cell]) => cell?.kind === 'count')
    const n = block.find(([cell]) => cell?.kind === 'n')
    return counts.length > 0 && n ? [{ counts, n }] : []
  })
}

const value = (cell: CellResult | undefined): number => (cell && 'value' in cell ? (cell.value as number) : Number.NaN)
/** Tables of counts, without those in which several answers could be given, and those of response over time, which count on. */
const ofOneAnswer = (from: ReportResult): TableResult[] =>
  tablesOf(from).filter(({ id, warnings }) => !/^measurement-1[01]$/.test(id) && !warnings.some(({ code }) => code === 'several-answers'))

describe('what should add up', () => {
  test('categories make their n, and groups their total', () => {
    let sums = 0
    for (const table of ofOneAnswer(report))
      for (const { counts, n } of blocksOf(table))
        for (const [column, cell] of n.entries()) {
          assert.equal(
            counts.reduce((total, row) => total + value(row[column]), 0),
            value(cell),
            `${table.id}, column ${column}`,
          )
          sums++
        }
    assert.ok(sums > 60)
    for (const { counts, n } of ['3.1', '3.2', '3.10'].flatMap((id) => blocksOf(tableOf(id))))
      for (const row of [...counts, n]) assert.equal(value(row[0]) + value(row[1]), value(row[2]))
  })

  test('of masked counts never one alone is missing from a sum that is shown', () => {
    const without = readReport(masked.directory)
    let looked = 0
    for (const table of ofOneAnswer(without))
      for (const { counts, n } of blocksOf(table))
        for (const [column, cell] of n.entries()) {
          if (cell.masked) continue
          assert.notEqual(counts.filter((row) => row[column]?.masked).length, 1, `${table.id}, column ${column}`)
          looked++
        }
    for (const { counts, n } of ['3.1', '3.2', '3.10'].flatMap((id) => blocksOf(tableOf(id, without))))
      for (const row of [...counts, n]) assert.notEqual(row.filter(({ masked }) => masked).length, 1)
    assert.ok(looked > 20)
  })
})

test('what is masked in one table is masked in each: whether lists came, and bands of all beside bands of groups', () => {
  const without = readReport(masked.directory)
  const starsOf = (id: string) =>
    tableOf(id, without).rows.map((row) => (row.kind === 'cells' ? row.cells.map((cell) => cell.masked ?? false) : []))
  assert.deepEqual(starsOf('measurement-1'), starsOf('measurement-9'))
  const blocks = starsOf('bands-1').filter((cells) => cells.length > 0)
  const all = starsOf('7.1').filter((cells) => cells.length > 0)
  assert.equal(blocks.length, 2 * all.length)
  let hidden = 0
  for (const [row, cells] of all.entries())
    for (const [column, isMasked] of cells.entries()) {
      // Of a total and its two parts never one alone is left out.
      const three = [isMasked, blocks[row]?.[column], blocks[row + all.length]?.[column]]
      assert.notEqual(three.filter((one) => one).length, 1, `row ${row}, column ${column}`)
      hidden += isMasked ? 1 : 0
    }
  assert.ok(hidden > 0)
})

describe('the folder', () => {
  test('has a file per table, and a manifest with the checksum of each', () => {
    const manifest = JSON.parse(readFileSync(join(directory, 'manifest.json'), 'utf8'))
    const ids = tablesOf(report).map(({ id }) => id)
    assert.deepEqual(
      readdirSync(directory).sort(),
      ['manifest.json', 'report.html', 'report.json', 'report.pdf', ...ids.map((id) => `table-${id}.csv`)].sort(),
    )
    for (const { name, sha256 } of manifest.files)
      assert.equal(
        createHash('sha256')
          .update(readFileSync(join(directory, name)))
          .digest('hex'),
        sha256,
        name,
      )
    assert.match(manifest.warning, /STAND-IN/)
    for (const id of ['3.1', '3.10', '4.1', '5.1', '6.6', '7.4', '8.3', '9.4', 'figure-1']) assert.ok(ids.includes(id), id)
  })

  test('has the same numbers in CSV as in JSON', () => {
    const rows = rowsOf(directory, 'table-6.1.csv')
    const cells = tableOf('6.1').rows.flatMap((row) => (row.kind === 'cells' ? row.cells : []))
    assert.deepEqual(
      rows.map((row) => Number(row.n)),
      cells.map(({ n }) => n),
    )
    const means = cells.flatMap((cell) => (cell.kind === 'mean-sd' ? [cell.mean] : []))
    assert.deepEqual(
      rows.filter(({ statistic }) => statistic === 'mean-sd').map((row) => Number(row.value)),
      means,
    )
  })

  test('names no case', () => {
    // The PDF says what the page says, in streams whose bytes may spell anything.
    for (const name of readdirSync(directory).filter((one) => !one.endsWith('.pdf'))) {
      const text = readFileSync(join(directory, name), 'utf8')
      for (let index = 0; index < families; index++)
        assert.ok(!new RegExp(`\\b${codeOf(index)}\\b`).test(text), `${name} has ${codeOf(index)}`)
    }
  })

  test('is registered with its cases, as an export is', () => {
    const [row] = study.rows<{ cases: number; layouts: string; via: string }>(
      'SELECT cases, layouts, via FROM exports ORDER BY made_at DESC',
    )
    assert.deepEqual({ ...row }, { cases: families, layouts: '["report"]', via: 'command' })
  })

  test('is left as it was when it is there already', async () => {
    const again = await study.write('report', 'report')
    assert.equal(again.code, 1)
    assert.match(again.stderr, /is not empty/)
  })

  test('has a page whose tables have captions, heads with a scope, and no script or style from elsewhere', () => {
    const html = readFileSync(join(directory, 'report.html'), 'utf8').replaceAll('&#39;', "'")
    const tables = html.match(/<table>/g)?.length
    assert.equal(tables, tablesOf(report).length)
    assert.equal(html.match(/<caption class="unseen">\S/g)?.length, tables)
    assert.doesNotMatch(html, /<th>|<script|style="|<link|src=/)
    const local = new Date(report.madeAt).toLocaleTimeString('en-GB', { timeZone: 'Europe/Amsterdam', timeStyle: 'short' })
    assert.match(html, new RegExp(`${local} \\(Europe/Amsterdam\\)`))
    assert.doesNotMatch(html, / UTC/)
    assert.match(html, /Content-Security-Policy" content="default-src 'none'; style-src 'sha256-/)
    const [, policy, css] = /style-src '(sha256-[^']+)'[\s\S]*<style>([\s\S]*?)<\/style>/.exec(html) ?? []
    assert.equal(
      policy,
      `sha256-${createHash('sha256')
        .update(css ?? '')
        .digest('base64')}`,
    )
  })
})

describe('options', () => {
  test('per cent add up to 100 when that is asked for, and none is a point off', () => {
    const [plain, rounded] = [tableOf('7.1'), tableOf('7.1', readReport(adjusted.directory))]
    const columns = (table: TableResult) =>
      [0, 1, 2].map((at) => table.rows.flatMap((row) => (row.kind === 'cells' && row.cells[at]?.kind === 'count' ? [row.cells[at]] : [])))
    for (const cells of columns(rounded)) {
      const n = cells.reduce((total, cell) => total + (cell?.kind === 'count' ? (cell.value as number) : 0), 0)
      assert.equal(
        cells.reduce((total, cell) => total + (cell?.kind === 'count' ? (cell.percent as number) : 0), 0),
        100,
      )
      for (const cell of cells)
        assert.ok(cell?.kind === 'count' && Math.abs((cell.percent as number) - (100 * (cell.value as number)) / n) < 1)
    }
    assert.deepEqual(
      columns(plain).map((cells) => cells.map((cell) => cell?.kind === 'count' && cell.value)),
      columns(rounded).map((cells) => cells.map((cell) => cell?.kind === 'count' && cell.value)),
    )
  })

  test('with small numbers masked per cent are rounded each by themselves, also when they were to add up, and the page says so', async () => {
    const both = await study.write('report', 'both', '--mask-small-cells', '--percentages', 'adds-to-100', '--language', 'en')
    const numbers = (directory: string) => readReport(directory).sections.map(({ tables, figures }) => ({ tables, figures }))
    assert.deepEqual(numbers(both.directory), numbers(masked.directory))
    assert.match(readFileSync(join(both.directory, 'report.html'), 'utf8'), /since 100 together would tell of numbers that are not shown/)
  })

  test('no number that tells of one to four is in any file when small ones are masked', () => {
    const { directory: other, manifest } = masked
    const without = readReport(other)
    assert.equal(manifest.options.maskBelow, 5)
    let hidden = 0
    for (const table of tablesOf(without))
      for (const row of table.rows.flatMap((one) => (one.kind === 'cells' ? one.cells : []))) {
        hidden += row.masked ? 1 : 0
        if (row.kind === 'count' || row.kind === 'n' || row.kind === 'missing')
          assert.ok(!(Number(row.value) > 0 && Number(row.value) < 5), table.id)
        if (!['count', 'n', 'missing'].includes(row.kind) && row.n !== null) assert.ok(row.n === 0 || row.n >= 5, table.id)
        if (row.masked) assert.deepEqual([row.n, row.asked, row.cases.length], [null, null, 0])
      }
    assert.ok(hidden > 50)
    let beside = 0
    for (const table of tablesOf(without)) {
      const rows = rowsOf(other, `table-${table.id}.csv`)
      for (const row of rows) if (row.masked === '1') assert.deepEqual([row.n, row.value, row.percent, row.low], ['', '', '', ''])
      // The n that is hidden at the end of a block stands beside none of its rows.
      for (const [end, total] of rows.entries()) {
        if (total.statistic !== 'n' || total.masked !== '1') continue
        const block = rows.slice(0, end).filter(({ block: within, column }) => within === total.block && column === total.column)
        for (const row of block.filter(({ statistic }) => statistic === 'count' || statistic === 'missing')) {
          assert.deepEqual([row.n, row.asked, row.percent], ['', '', ''], `${table.id}: ${row.row}, ${row.column}`)
          beside++
        }
      }
    }
    assert.ok(beside > 20, `${beside}`)
    assert.deepEqual(
      without.sections.flatMap(({ figures }) => figures.flatMap(({ series }) => series.flatMap(({ lines }) => lines))),
      [],
    )
    assert.match(readFileSync(join(other, 'report.html'), 'utf8'), /not shown/)
  })

  test('the page and the CSV are in Dutch unless asked otherwise', () => {
    const dutch = adjusted.directory
    const html = readFileSync(join(dutch, 'report.html'), 'utf8')
    assert.match(html, /<html lang="nl">[\s\S]*Geen conferentie/)
    assert.match(html, /t\(\d+\) = -?\d+,\d\d; p = ,\d{3}/)
    assert.equal(rowsOf(dutch, 'table-3.3.csv')[0]?.row, 'Geen conferentie')
  })
})

test('a study whose protocol has no tables is told which version has them', async (t) => {
  const folder = temporaryFolder(t)
  const other = await openTestStudy({ folder: join(folder, 'data') })
  t.after(other.close)
  const { code, stderr } = await nameting(other.environment, 'report', '--study', 's1', '--out', join(folder, 'out'))
  assert.equal(code, 1)
  assert.match(stderr, /familie-aan-zet@0\.1\.0-standin has no report; familie-aan-zet@[0-9.]+-standin has one/)
})
