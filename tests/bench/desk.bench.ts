/**
 * Server time of every list and page of the desk in a study of 100,000 planned cases; the target is 200 ms. The number of cases
 * may be given as an argument.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Group } from '../../server/queries/response-counts.ts'
import { flowOfFamilies } from '../../server/workflow/flow-of-families.ts'
import { type CasePage, listCases } from '../../server/workflow/list-cases.ts'
import { refreshSummaries } from '../../server/workflow/refresh-summaries.ts'
import { responseTable } from '../../server/workflow/response-table.ts'
import { whatNeedsSomebody } from '../../server/workflow/today.ts'
import { openTestStudy } from '../harness/test-study.ts'
import { manyCases } from './many-cases.ts'

const wanted = Number(process.argv[2] ?? 100_000)
const rounds = 5
const target = 200
const folder = mkdtempSync(join(tmpdir(), 'nameting-bench-'))
try {
  const opened = await openTestStudy({ folder, now: '2026-03-02T09:00:00Z' })
  const { context, rows } = opened
  await manyCases(opened, wanted)
  const [size] = rows<{ cases: number; lists: number }>(
    'SELECT (SELECT count(*) FROM cases) AS cases, (SELECT count(*) FROM assignments) AS lists',
  )
  console.log(`${size?.cases} cases with ${size?.lists} assignments`)
  const [begin] = [performance.now()]
  await refreshSummaries(context)
  console.log(`${((performance.now() - begin) / wanted).toFixed(2)} ms to make the summary of a case`)
  // As a server does once in a while, so that the planner knows which index is worth it.
  await context.stores.study.withTx(async (tx) => void tx.run('ANALYZE'))

  const here: Group = { studyId: opened.study.id, within: 'everywhere' }
  const page: CasePage = { sort: 'registered', turned: false, limit: 60 }
  const list =
    (filter: object = {}, more: Partial<CasePage> = {}) =>
    () =>
      listCases(context, { ...here, ...filter }, { ...page, ...more })
  const { next } = await list({}, { sort: 'code', limit: 200 })()
  const pages: Record<string, () => Promise<unknown>> = {
    'cases, newest first': list(),
    'cases by code': list({}, { sort: 'code' }),
    'cases by next date': list({}, { sort: 'next' }),
    'cases by latest event': list({}, { sort: 'last' }),
    'a later page by code': list({}, { sort: 'code', after: next ?? undefined }),
    'search for a code': list({ search: 'f-123' }),
    'search that finds nothing': list({ search: 'nowhere' }),
    'one region': list({ region: 'Drenthe' }),
    'one state': list({ state: 'answering' }),
    'a region of two within reach': list({ within: ['Drenthe', 'Utrecht'] }),
    'a date is missing': list({ undated: true }),
    'open in a wave': list({ list: { wave: 'FU3', figure: 'open' } }),
    'behind a figure: completed': list({ list: { wave: 'T0', role: 'parent', instrument: 'nosik', figure: 'completed' } }),
    'behind a figure: missed': list({ list: { wave: 'FU9', role: 'informant', instrument: 'succint-informant', figure: 'missed' } }),
    'behind a figure, by next date': list({ list: { wave: 'FU3', role: 'parent', instrument: 'veo', figure: 'sent' } }, { sort: 'next' }),
    today: () => whatNeedsSomebody(context, here.studyId, () => 'everywhere'),
    'today in one region': () => whatNeedsSomebody(context, here.studyId, () => ['Drenthe']),
    response: () => responseTable(context, here),
    'response of an arm and region': () => responseTable(context, { ...here, arm: 'conference', region: 'Drenthe' }),
    'flow of families': () => flowOfFamilies(context, here),
  }
  let slow = 0
  for (const [name, work] of Object.entries(pages)) {
    const times: number[] = []
    for (let round = 0; round < rounds; round++) times.push(await timed(work))
    const median = times.toSorted((a, b) => a - b)[Math.floor(rounds / 2)] ?? 0
    slow += Number(median > target)
    console.log(`${median.toFixed(0).padStart(5)} ms  ${name}${median > target ? '  MORE THAN THE TARGET' : ''}`)
  }
  console.log(slow === 0 ? `All within ${target} ms.` : `${slow} above ${target} ms.`)
  await opened.close()
} finally {
  rmSync(folder, { recursive: true, force: true })
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begin = performance.now()
  await work()
  return performance.now() - begin
}
