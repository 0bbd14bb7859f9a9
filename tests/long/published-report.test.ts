/**
 * De familie aan zet (Wijnen-Lunenburg, 2008) from data: families with the printed figures between them, entered one by one through the doors
 * that staff and families use, come out as the flow and the tables that were printed.
 */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { ReportResult } from '../../server/report/result.ts'
import type { StudyFlow } from '../../server/workflow/study-flow.ts'
import { type Row, rowsOf } from '../export/read-export.ts'
import { nameting } from '../harness/command.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { cellsOf, rounded } from '../report/published/cells.ts'
import { enterPublishedStudy } from '../report/published/entering.ts'
import { rawScore } from '../report/published/figures.ts'
import { assertFamilies, assertFiles, assertLists, assertSameInExport } from '../report/published/flow.ts'
import { asOnPage, figureInText, tablesOfPage } from '../report/published/page.ts'
import { lines, published, zLines } from '../report/published/published.ts'
import { findFigure } from '../report/published/reading.ts'
import type { Wanted } from '../report/published/wanted.ts'

test('113 families, entered one by one, come out as the flow and the figures that were printed', async (t) => {
  const folder = temporaryFolder(t)
  const { server, wanted } = await enterPublishedStudy(t, folder, 'familie-aan-zet@0.3.0-standin')
  const run = async (...words: string[]): Promise<string> => {
    const { stdout, stderr, code } = await nameting(server.environment, ...words, '--study', 's1')
    assert.equal(code, 0, stderr)
    return stdout
  }
  const out = join(folder, 'export')
  await run('export', '--out', out)

  await t.test('the flow of families, counted by the platform and counted again in the file that researchers get', async () => {
    const flow = JSON.parse(await run('study', 'flow', '--json')) as StudyFlow
    assertFamilies(flow)
    assertFiles(flow)
    assertLists(flow)
    assertSameInExport(flow, rowsOf(out, 'assignments.csv'))
    const text = await run('study', 'flow')
    assert.match(text, /all +113 +2 +9 +52 +50\n/)
    assert.match(text, /zap-kort +113 +15 +0 +98 +79 +0 +0 +19 +0\n/)
    assert.match(text, /zap-kort +no-file-access +13\n +file-not-found +3\n +moved-province +2\n +file-archived +1\n/)
  })

  await t.test('the scores of each list in the export are those that were meant', () => assertScores(out, wanted))

  await t.test('the report has every printed figure, or the one that docs/published-figures.md has in its place', async () => {
    const made = join(folder, 'report')
    await run('report', '--out', made, '--language', 'en')
    const report = JSON.parse(readFileSync(join(made, 'report.json'), 'utf8')) as ReportResult
    const { definitions } = server.context
    const cells = cellsOf(definitions, wanted)
    assert.equal(cells.length, 388)
    const page = readFileSync(join(made, 'report.html'), 'utf8')
    const onPage = tablesOfPage(page)
    for (const cell of cells) {
      const { figure, row, column } = findFigure(report, definitions, cell)
      assert.equal(rounded(figure ?? assert.fail(JSON.stringify(cell)), 2), cell.ours, JSON.stringify(cell))
      const text = onPage.get(cell.table)?.[row]?.[column] ?? assert.fail(`not on the page: ${JSON.stringify(cell)}`)
      assert.equal(figureInText(text, cell.statistic), asOnPage(cell.ours, text), `"${text}": ${JSON.stringify(cell)}`)
    }
    assertPrinted(page)
    assertTests(report)
  })
})

/** The page has them as they were printed; of table 6.1 here the rows of both groups. */
function assertPrinted(page: string): void {
  const text = page.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ')
  for (const printed of [
    'Conference 61 2.67 (1.93) 0 – 8 37 1.68 (1.89) 0 – 7 42 1.71 (1.84) 0 – 5',
    'No conference 15 3.47 (2.26) 0 – 9 11 3.18 (2.44) 0 – 6 12 2.42 (2.19) 0 – 6',
    published['3.3'].test,
  ])
    assert.ok(text.includes(printed), printed)
  assert.ok(!text.includes('X²(6)'))
}

/** Between waves of the same people there is no chi-square, and none of a table comes out as the 22.00 that was printed of 7.3. */
function assertTests(report: ReportResult): void {
  const tables = report.sections.flatMap((section) => section.tables)
  const chiSquares = tables.flatMap(({ id, tests }) =>
    tests.flatMap(({ kind, between }) => (kind === 'chi-square' ? [{ id, between }] : [])),
  )
  assert.ok(chiSquares.length > 0)
  for (const { id, between } of chiSquares) assert.ok(!between.some(({ en }) => /Start|months/.test(en)), id)
  assert.deepEqual(tables.find(({ id }) => id === '7.3')?.tests, [])
}

/** Of every scale and wave that something is printed of, and of every list that came in. */
function assertScores(out: string, wanted: readonly Wanted[]): void {
  const places = new Map([...lines, ...zLines].map((line) => [`${line.instrument} ${line.of} ${line.wave}`, line]))
  assert.ok(places.size > 30)
  for (const [where, { instrument, of, wave }] of places) {
    const rows = rowsOf(out, `long_${instrument.replaceAll('-', '_')}.csv`).filter((row) => row.state === 'completed' && row.wave === wave)
    const lists = wanted.filter((list) => list.instrument === instrument && list.wave === wave)
    assert.deepEqual(
      rows.map((row) => `${row.case_code} ${rawIn(row, of)}`).sort(),
      lists.map((list) => `${list.code} ${rawScore(list, of) ?? ''}`).sort(),
      where,
    )
  }
}

/** A list with one scale calls its column so alone. */
const rawIn = (row: Row, scale: string): string | undefined => row[`${scale}_raw`] ?? row.raw
