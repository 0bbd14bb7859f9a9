/**
 * The report of a study of 4,000 cases, or of as many as are given as an argument: time, processor time, memory, and how long anything else had to wait
 * meanwhile; the target is 500 MB, for 100,000 cases in the end.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { readInThread, writeInThread } from '../../server/report/kept/report-in-thread.ts'
import { openReportStudy } from '../report/study.ts'

const wanted = Number(process.argv[2] ?? 4000)
const target = 500
/** Tables in which a copy of a case has rows, and which of their columns name something of that case. */
const copied: Record<string, string[]> = {
  cases: ['id', 'code'],
  participants: ['id', 'case_id'],
  anchors: ['case_id'],
  assignments: ['id', 'case_id', 'participant_id'],
  responses: ['id', 'assignment_id'],
  scores: ['response_id'],
}

const closing: (() => unknown)[] = []
try {
  const study = await openReportStudy({ after: (work) => void closing.push(work) }, 40)
  await multiply(Math.ceil(wanted / 40) - 1)
  const [size] = study.rows<{ cases: number; responses: number }>(
    'SELECT (SELECT count(*) FROM cases) AS cases, (SELECT count(*) FROM responses) AS responses',
  )
  console.log(`${size?.cases} cases with ${size?.responses} responses`)
  const directory = join(mkdtempSync(join(tmpdir(), 'nameting-bench-')), 'report')
  closing.push(() => rmSync(join(directory, '..'), { recursive: true, force: true }))
  const request = { study: 's1', options: { percentages: 'plain', maskBelow: null }, now: study.context.clock.now() } as const
  await measured('worked out', () => readInThread({ place: study.context.place, request, directory }))
  await measured('page', () => writeInThread({ directory, language: 'nl', file: 'html' }))
  await measured('PDF', () => writeInThread({ directory, language: 'nl', file: 'pdf' }))

  async function multiply(copies: number): Promise<void> {
    await study.context.stores.study.withTx(async (tx) => {
      for (const [table, own] of Object.entries(copied)) {
        const columns = study.rows<{ name: string; pk: number; type: string }>(`SELECT name, pk, type FROM pragma_table_info('${table}')`)
        const kept = columns.filter(({ pk, type }) => !(pk === 1 && type.toLowerCase() === 'integer')).map(({ name }) => name)
        const values = kept.map((name) => (own.includes(name) ? `${name} || '-' || copy` : name))
        tx.run(
          `INSERT INTO ${table} (${kept.join(', ')}) SELECT ${values.join(', ')} FROM ${table},
           (WITH RECURSIVE n(copy) AS (SELECT 1 UNION ALL SELECT copy + 1 FROM n WHERE copy < ${copies}) SELECT copy FROM n)`,
        )
      }
    })
  }
} finally {
  for (const work of closing.reverse()) await work()
}

async function measured(what: string, work: () => Promise<unknown>): Promise<void> {
  const before = process.memoryUsage().rss
  let most = before
  const sampled = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss)
  }, 50)
  const delay = monitorEventLoopDelay({ resolution: 5 })
  delay.enable()
  const begin = performance.now()
  const used = process.cpuUsage()
  await work()
  const seconds = (performance.now() - begin) / 1000
  const { user, system } = process.cpuUsage(used)
  delay.disable()
  clearInterval(sampled)
  const [own, all] = [most - before, most].map((bytes) => Math.round(bytes / 2 ** 20))
  const tooMuch = (own ?? 0) > target ? `  MORE THAN ${target} MB` : ''
  console.log(
    `${seconds.toFixed(1)} s (${((user + system) / 1e6).toFixed(1)} of a processor), ${own} MB more (${all} MB in all), others waited ${Math.round(delay.max / 1e6)} ms at most: ${what}${tooMuch}`,
  )
}
