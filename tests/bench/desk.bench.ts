/**
 * Server time of every list and page of the desk in a study of 100,000 planned cases; the target is 200 ms. The number of cases
 * may be given as an argument.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { refreshSummaries } from '../../server/workflow/refresh-summaries.ts'
import { openTestStudy } from '../harness/test-study.ts'
import { type Pages, pagesOfCases, pagesOfWork } from './desk-pages.ts'
import { manyCases } from './many-cases.ts'
import { manyDeskRows } from './many-desk-rows.ts'

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
  await manyDeskRows(opened)
  // As a server does once in a while, so that the planner knows which index is worth it.
  await context.stores.study.withTx(async (tx) => void tx.run('ANALYZE'))

  const pages: Pages = { ...(await pagesOfCases(opened)), ...(await pagesOfWork(opened)) }
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
