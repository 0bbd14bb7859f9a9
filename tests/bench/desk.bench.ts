/**
 * Server time of every list and page of the desk in a study of 100,000 planned cases; the target is 200 ms. The number of cases
 * may be given as an argument. Beside what passed on the clock stands how long a processor worked on it, for both databases are in this
 * process: where others compute at the same moment, that is what a quiet machine would need.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
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
  await manyCases(opened, wanted, { withSummaries: true })
  const [size] = rows<{ cases: number; lists: number }>(
    'SELECT (SELECT count(*) FROM cases) AS cases, (SELECT count(*) FROM assignments) AS lists',
  )
  console.log(`${size?.cases} cases with ${size?.lists} assignments`)
  await manyDeskRows(opened)
  // As a server does once in a while, so that the planner knows which index is worth it.
  await context.stores.study.withTx(async (tx) => void tx.run('ANALYZE'))

  const pages: Pages = { ...(await pagesOfCases(opened)), ...(await pagesOfWork(opened)) }
  let slow = 0
  for (const [name, work] of Object.entries(pages)) {
    const times: Times[] = []
    for (let round = 0; round < rounds; round++) times.push(await timed(work))
    const [clock, worked] = [median(times.map(({ clock }) => clock)), median(times.map(({ worked }) => worked))]
    slow += Number(worked > target)
    console.log(`${inColumn(clock)} ms  ${inColumn(worked)} ms worked  ${name}${worked > target ? '  MORE THAN THE TARGET' : ''}`)
  }
  console.log(slow === 0 ? `All within ${target} ms.` : `${slow} above ${target} ms.`)
  await opened.close()
} finally {
  rmSync(folder, { recursive: true, force: true })
}

interface Times {
  clock: number
  worked: number
}

async function timed(work: () => Promise<unknown>): Promise<Times> {
  const [begin, before] = [performance.now(), process.cpuUsage()]
  await work()
  const { user, system } = process.cpuUsage(before)
  return { clock: performance.now() - begin, worked: (user + system) / 1000 }
}

function median(numbers: number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0
}

function inColumn(milliseconds: number): string {
  return milliseconds.toFixed(0).padStart(5)
}
