/**
 * De familie aan zet (Wijnen-Lunenburg, 2008) from data: families with the printed figures between them, entered one by one through the doors
 * that staff and families use, come out as the flow and the tables that were printed.
 */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import type { StudyFlow } from '../../server/workflow/study-flow.ts'
import { type Row, rowsOf } from '../export/read-export.ts'
import { nameting } from '../harness/command.ts'
import { completeProtocol } from '../harness/complete-protocol.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { enterPublishedStudy } from '../report/published/entering.ts'
import { rawScore } from '../report/published/figures.ts'
import { assertFamilies, assertFiles, assertLists, assertSameInExport } from '../report/published/flow.ts'
import { lines, zLines } from '../report/published/published.ts'
import type { Wanted } from '../report/published/wanted.ts'

test('113 families, entered one by one, come out as the flow and the figures that were printed', async (t) => {
  const folder = temporaryFolder(t)
  const { server, wanted } = await enterPublishedStudy(t, folder, completeProtocol)
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
})

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
